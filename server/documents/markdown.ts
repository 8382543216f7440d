/** Why this file exists: a document as Markdown (CommonMark with GitHub's tables and boxes). What people wrote stays words. */
import type { Block, Inline } from '#shared/document/blocks.ts';
import { headingLevel, type Part, type Print } from '#shared/document/print.ts';

/** Letters that mean something anywhere in a line. */
const escapeWords = (text: string): string => text.replace(/[\\`*_{}[\]<>|~]/g, (letter) => `\\${letter}`);
/** And those that mean something at its beginning. */
const escapeStart = (line: string): string =>
  line.replace(/^(\s*)([#+-]|=+|-{2,})/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');

/** The whole file. */
export function markdownFile(print: Print): string {
  const { left, right } = print.running;
  const parts = [
    `# ${escapeWords(print.title)}`,
    ...print.lead.map(inlinesText),
    [left, right]
      .filter((text) => text !== '')
      .map(escapeWords)
      .join(' · '),
    ...print.parts.flatMap((part) => partText(part, print.made)),
    print.seal ?? '',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function partText(part: Part, made: string): string[] {
  switch (part.kind) {
    case 'heading': {
      const text = [part.number, part.text].filter((one) => one !== '').join(' ');
      return [`${'#'.repeat(part.level)} ${escapeWords(text)}`];
    }
    case 'blocks':
      return blocksOf(part.blocks, part.under, made);
    case 'paragraph':
    case 'note':
      return [inlinesText(part.inlines)];
    case 'list':
      return [
        part.entries
          .map((entry, n) => {
            const mark = part.style === 'plain' ? '- ' : `${n + 1}. `;
            return mark + indented(inlinesText(entry), ' '.repeat(mark.length));
          })
          .join('\n'),
      ];
    case 'facts':
      return [part.rows.map(({ term, words }) => `- **${escapeWords(term)}** ${escapeWords(words)}`).join('\n')];
    case 'table': {
      const cell = (lines: readonly string[]): string => inCell(lines.map(escapeWords));
      // A cell cannot reach over rows here: each says its own head.
      let head = '';
      const rows = part.rows.map((row) => {
        const cells = row.map(cell);
        if (part.rowHeads && cells[0] === '') cells[0] = head;
        head = cells[0] ?? '';
        return cells;
      });
      return [
        part.caption === '' ? '' : `**${escapeWords(part.caption)}**`,
        tableText([part.head.map(escapeWords), ...rows]),
      ];
    }
    case 'frame':
      return [
        part.parts
          .flatMap((one) => partText(one, made))
          .join('\n\n')
          .replaceAll(/^/gm, '> '),
      ];
    case 'signatures':
      return part.rows.map(({ name, about, signed }) => {
        const line = [escapeWords(name), escapeWords(about)].filter((one) => one !== '').join(', ');
        return `${line}: ${signed === '' ? `\\_\\_\\_\\_\\_\\_\\_\\_ (${part.room})` : escapeWords(signed)}`;
      });
  }
}

function blocksOf(blocks: readonly Block[], under: number, made: string): string[] {
  return blocks.flatMap((block) => [blockText(block, under, made), originText(block.sources, made)]).filter(Boolean);
}

const originText = (sources: readonly string[], made: string): string =>
  sources.length === 0 ? '' : `*${made} ${escapeWords(sources.join(', '))}*`;

const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`).replaceAll(/^[ >]+$/gm, '');

function blockText(block: Block, under: number, made: string): string {
  switch (block.kind) {
    case 'paragraph':
      return inlinesText(block.inlines);
    case 'heading':
      return `${'#'.repeat(headingLevel(block.level, under))} ${inlinesText(block.inlines).replaceAll(/\s*\\?\n/g, ' ')}`;
    case 'quote':
      return blocksOf(block.blocks, under, made).join('\n\n').replaceAll(/^/gm, '> ');
    case 'list':
      return block.items
        .map((item, n) => {
          const mark = block.style === 'ordered' ? `${block.start + n}. ` : '- ';
          const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
          const inside = [...blocksOf(item.blocks, under, made), originText(item.sources, made)].filter(Boolean);
          return mark + box + indented(inside.join('\n\n'), ' '.repeat(mark.length));
        })
        .join('\n');
    case 'table':
      return blockTable(block, under, made);
  }
}

function blockTable({ rows }: Extract<Block, { kind: 'table' }>, under: number, made: string): string {
  const lines = rows.map(({ cells, sources }) => {
    const texts = cells.map((cell) => inCell(blocksOf(cell.blocks, under, made)));
    const origin = originText(sources, made);
    if (origin !== '' && texts.length > 0) texts[texts.length - 1] += ` ${origin}`;
    return texts;
  });
  return tableText(lines);
}

/** Lines of a cell: a cell is one line. */
const inCell = (parts: readonly string[]): string => parts.join(' ').replaceAll(/\s*\\?\n\s*/g, ' ');

/** Rows of cells that are Markdown already; the first row is the head, for Markdown has no table without one. */
function tableText(rows: readonly (readonly string[])[]): string {
  const width = Math.max(1, ...rows.map((cells) => cells.length));
  const lines = rows.map((cells) => `| ${[...cells, ...Array<string>(width - cells.length).fill('')].join(' | ')} |`);
  return [lines[0] ?? `|${' |'.repeat(width)}`, `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n');
}

function inlinesText(inlines: readonly Inline[]): string {
  const text = inlines
    .map((one) => {
      if ('break' in one) return '\\\n';
      const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(one.text) ?? [];
      if (words === '') return one.text;
      let marked = escapeWords(words);
      if (one.italic) marked = `*${marked}*`;
      if (one.bold) marked = `**${marked}**`;
      if (one.href) marked = `[${marked}](<${one.href.replace(/[<>\\]/g, encodeURIComponent)}>)`;
      return before + marked + after;
    })
    .join('');
  return inlines[0] && 'text' in inlines[0] && !inlines[0].bold && !inlines[0].italic ? escapeStart(text) : text;
}
