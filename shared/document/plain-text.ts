/**
 * Why this file exists: a document in a mail, for programs and people that read plain text: no marks, lines of a width
 * that can be quoted, tables as rows. What people wrote stays words.
 */
import type { Block, Inline } from './blocks.ts';
import type { Part, Print } from './print.ts';

/** Letters in a line (RFC 5322 advises 78, quoting needs some). */
const WIDTH = 72;

/** The whole text, with a line end at the end. */
export function plainText(print: Print): string {
  const parts = [
    underlined(print.title, '='),
    ...print.lead.map((line) => wrapped(words(line))),
    ...print.parts.flatMap(partText),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const underlined = (text: string, mark: string): string =>
  text === '' ? '' : `${wrapped(text)}\n${mark.repeat(Math.min(WIDTH, [...text].length))}`;

/** Breaks lines at spaces; what has no space stays whole, as an address must. `indent` stands before all but the first. */
export function wrapped(text: string, indent = ''): string {
  return text
    .split('\n')
    .map((line) => {
      const lines: string[] = [];
      let now = '';
      for (const word of line.split(/[ \t]+/)) {
        if (now !== '' && [...now].length + 1 + [...word].length > WIDTH - (lines.length === 0 ? 0 : indent.length)) {
          lines.push(now);
          now = word;
        } else now = now === '' ? word : `${now} ${word}`;
      }
      return [...lines, now].join(`\n${indent}`);
    })
    .join(`\n${indent}`);
}

/** A link says where it leads, unless that is what it says. */
const words = (inlines: readonly Inline[]): string =>
  inlines
    .map((one) => {
      if ('break' in one) return '\n';
      return one.href && one.href !== one.text ? `${one.text} <${one.href}>` : one.text;
    })
    .join('');

function partText(part: Part): string[] {
  switch (part.kind) {
    case 'heading':
      return [underlined([part.number, part.text].filter((one) => one !== '').join(' '), part.level === 2 ? '-' : '.')];
    case 'blocks':
      return part.blocks.flatMap(blockText);
    case 'paragraph':
    case 'note':
      return [wrapped(words(part.inlines))];
    case 'list':
      return [
        part.entries
          .map((entry, n) => wrapped(`${part.style === 'plain' ? '-' : `${n + 1}.`} ${words(entry)}`, '  '))
          .join('\n'),
      ];
    case 'facts':
      return [part.rows.map(({ term, words: said }) => wrapped(`${term}: ${said}`, '  ')).join('\n')];
    case 'table':
      return [
        part.caption,
        part.rows
          .map((row) => {
            const cells = row.map((cell) => cell.join('; ').trim());
            return wrapped(cells.filter((cell) => cell !== '').join(' · '), '  ');
          })
          .join('\n'),
      ];
    case 'frame':
      return part.parts.flatMap(partText);
    case 'signatures':
      return part.rows.map(({ name, about, signed }) => wrapped([name, about, signed].filter(Boolean).join(', ')));
  }
}

function blockText(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return [wrapped(words(block.inlines))];
    case 'quote':
      return [block.blocks.flatMap(blockText).join('\n\n').replaceAll(/^/gm, '> ')];
    case 'list':
      return [
        block.items
          .map((item, n) => {
            const mark = block.style === 'ordered' ? `${block.start + n}. ` : '- ';
            return (
              mark +
              item.blocks
                .flatMap(blockText)
                .join('\n')
                .replaceAll('\n', `\n${' '.repeat(mark.length)}`)
            );
          })
          .join('\n'),
      ];
    case 'table':
      return [
        block.rows
          .map(({ cells }) =>
            cells.map((cell) => cell.blocks.flatMap(blockText).join(' ').replaceAll('\n', ' ')).join(' | '),
          )
          .join('\n'),
      ];
  }
}
