/** Why this file exists: two revisions are compared as the lines people see, with the same comparison as versions. */
import { type Block, inlineText, type ListItem } from '#shared/document/blocks.ts';
import type { Section } from '#shared/summary/document.ts';
import type { Line } from '../versions/lines.ts';

/** The lines of a summary, its headings among them. */
export function linesOfSummary(sections: readonly Section[]): Line[] {
  return sections.flatMap(({ promptId, heading, blocks }) => [
    { is: promptId, says: `# ${heading}`, text: heading, look: 'heading' as const, depth: 0 },
    ...blocks.flatMap((block) => linesOf(block, 0)),
  ]);
}

/** What a line says besides what it was made from: a source that was added changes no word. */
const saying = (depth: number, mark: string, value: unknown): string => `${depth}${mark}${JSON.stringify(value)}`;

function linesOf(block: Block, depth: number, mark = ''): Line[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading': {
      const look = block.kind === 'heading' ? 'heading' : mark === '' ? 'text' : 'point';
      const text = `${mark}${inlineText(block.inlines)}`;
      return [{ is: block.id, says: saying(depth, mark, [look, block.inlines]), text, look, depth }];
    }
    case 'quote':
      return block.blocks.flatMap((one) => linesOf(one, depth + 1));
    case 'list':
      return block.items.flatMap((item, n) =>
        linesOfItem(item, depth, block.style === 'ordered' ? block.start + n : null),
      );
    case 'table':
      return block.rows.map(({ id, cells }) => {
        const texts = cells.map((cell) =>
          cell.blocks
            .flatMap((one) => linesOf(one, 0))
            .map(({ text }) => text)
            .join(' '),
        );
        return { is: id, says: saying(depth, 'row', texts), text: texts.join(' | '), look: 'row' as const, depth };
      });
  }
}

function linesOfItem(item: ListItem, depth: number, number: number | null): Line[] {
  const mark = item.checked === null ? (number === null ? '– ' : `${number}. `) : item.checked ? '☑ ' : '☐ ';
  return item.blocks.flatMap((one, n) =>
    one.kind === 'list' ? linesOf(one, depth + 1) : linesOf(one, depth, n === 0 ? mark : '\u2003'),
  );
}
