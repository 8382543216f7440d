/** Why this file exists: a summary as Markdown (CommonMark with GitHub's tables and boxes). What people wrote stays words. */
import type { Block, Inline } from '#shared/document/blocks.ts';
import { type FileInput, madeFrom, type Numbered, numbered } from './file.ts';
import { frameOf, wordsIn } from './words.ts';

interface Drawing {
  sources: ReadonlyMap<string, Numbered>;
  made: string;
}

/** Letters that mean something anywhere in a line. */
const escapeWords = (text: string): string => text.replace(/[\\`*_{}[\]<>|~]/g, (letter) => `\\${letter}`);
/** And those that mean something at its beginning. */
const escapeStart = (line: string): string =>
  line.replace(/^(\s*)([#+-]|=+|-{2,})/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');
const escapeText = (text: string): string => escapeStart(escapeWords(text));

/** The whole file. */
export function markdownFile(input: FileInput): string {
  const words = wordsIn(input.language);
  const frame = frameOf(input.document, input.language);
  const drawing = { sources: numbered(input.sources), made: words.made };
  const parts = [
    `# ${escapeWords(frame.title)}`,
    escapeText(frame.meeting),
    `**${frame.standing}.** ${escapeWords(frame.about)}`,
  ];
  for (const { heading, blocks } of input.document.sections)
    parts.push(`## ${escapeWords(heading)}`, ...(blocks.length > 0 ? blocksOf(blocks, drawing) : [words.noText]));
  if (drawing.sources.size > 0) {
    const items = [...drawing.sources.values()].map(({ number, group, prompt, text, authors }) => {
      const who = [group, prompt, authors.join(', ')].filter((part) => part !== '').join(' · ');
      return `${number}. ${text === '' ? '' : `${escapeText(text)}  \n   `}${escapeWords(who)}`;
    });
    parts.push(`## ${words.origins}`, items.join('\n'));
  }
  if (input.sha256 !== null) parts.push(`SHA-256 \`${input.sha256}\``);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function blocksOf(blocks: readonly Block[], drawing: Drawing): string[] {
  return blocks.flatMap((block) => [blockText(block, drawing), originText(block.sources, drawing)]).filter(Boolean);
}

function originText(keys: readonly string[], { sources, made }: Drawing): string {
  const from = madeFrom(keys, sources);
  return from === '' ? '' : `*${made} ${escapeWords(from)}*`;
}

const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`).replaceAll(/^[ >]+$/gm, '');

function blockText(block: Block, drawing: Drawing): string {
  switch (block.kind) {
    case 'paragraph':
      return inlinesText(block.inlines);
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${inlinesText(block.inlines).replaceAll(/\s*\\?\n/g, ' ')}`;
    case 'quote':
      return blocksOf(block.blocks, drawing).join('\n\n').replaceAll(/^/gm, '> ');
    case 'list':
      return block.items
        .map((item, n) => {
          const mark = block.style === 'ordered' ? `${block.start + n}. ` : '- ';
          const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
          const inside = [...blocksOf(item.blocks, drawing), originText(item.sources, drawing)].filter(Boolean);
          return mark + box + indented(inside.join('\n\n'), ' '.repeat(mark.length));
        })
        .join('\n');
    case 'table':
      return tableText(block, drawing);
  }
}

function tableText({ rows }: Extract<Block, { kind: 'table' }>, drawing: Drawing): string {
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const lines = rows.map(({ cells, sources }) => {
    const texts = cells.map((cell) =>
      blocksOf(cell.blocks, drawing)
        .join(' ')
        .replaceAll(/\s*\\?\n\s*/g, ' '),
    );
    const origin = originText(sources, drawing);
    if (origin !== '' && texts.length > 0) texts[texts.length - 1] += ` ${origin}`;
    return `| ${[...texts, ...Array<string>(width - texts.length).fill('')].join(' | ')} |`;
  });
  // Markdown has no table without a head.
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
