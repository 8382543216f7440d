/** Why this file exists: what people wrote comes back out of a Word file as what it was: headings, lists, tables. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, inlineText } from '#shared/document/blocks.ts';
import type { Print } from '#shared/document/print.ts';
import { cut } from '#shared/imports/pieces.ts';
import { docxFile } from '../../server/documents/docx.ts';
import { fileOf } from '../../server/documents/job.ts';
import { createReadWord } from '../../server/imports/docx-process.ts';
import { readDocx } from '../../server/imports/read-docx.ts';
import { sampleMinutes } from '../documents/sample.ts';
import { documentXml, heading, paragraph, word } from './hostile.ts';

const print = (blocks: Block[]): Print => ({
  language: 'sv',
  title: 'Rubriken',
  author: '',
  about: '',
  lead: [],
  contents: null,
  parts: [{ kind: 'blocks', under: 1, blocks }],
  running: { left: '', right: '' },
  foot: '',
  page: (n, of) => `${n} (${of})`,
  made: '',
  at: 0,
});

const text = fc.string({ unit: fc.constantFrom(...'abcåäö <&">§𝒳'), minLength: 0, maxLength: 12 }).map((s) => `x${s}x`);
const inlines = fc.array(
  fc.oneof(
    fc.record({ text }),
    fc.record({ text, bold: fc.constant(true as const) }),
    fc.record({ text, href: fc.constant('https://exempel.se/a?b=1') }),
  ),
  { minLength: 1, maxLength: 3 },
);
const bare = { id: '', sources: [] as string[] };
const para = inlines.map((words): Block => ({ ...bare, kind: 'paragraph', inlines: words }));
const list = (depth: number): fc.Arbitrary<Block> =>
  fc
    .record({
      style: fc.constantFrom('bullet' as const, 'ordered' as const, 'task' as const),
      items: fc.array(
        fc.tuple(para, fc.boolean(), depth < 2 ? fc.option(list(depth + 1), { freq: 3 }) : fc.constant(null)),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ style, items }) => ({
      ...bare,
      kind: 'list',
      style,
      start: 1,
      items: items.map(([first, checked, below]) => ({
        ...bare,
        checked: style === 'task' ? checked : null,
        blocks: below ? [first, below] : [first],
      })),
    }));
const table = fc.integer({ min: 1, max: 3 }).chain((width) =>
  fc.array(fc.array(para, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 4 }).map(
    (rows): Block => ({
      ...bare,
      kind: 'table',
      rows: rows.map((cells, n) => ({ ...bare, cells: cells.map((one) => ({ header: n === 0, blocks: [one] })) })),
    }),
  ),
);
const head = fc
  .tuple(fc.constantFrom(2 as const, 3 as const, 4 as const), text)
  .map(([level, words]): Block => ({ ...bare, kind: 'heading', level, inlines: [{ text: words }] }));
const quote = fc
  .array(para, { minLength: 1, maxLength: 2 })
  .map((blocks): Block => ({ ...bare, kind: 'quote', blocks }));
const written = fc.array(fc.oneof(para, head, list(0), table, quote), { maxLength: 6 }).map((blocks) =>
  // Two lists or quotes in a row are one to Word: something stands between.
  blocks.flatMap((block, n) =>
    n === 0 ? [block] : [{ ...bare, kind: 'paragraph', inlines: [{ text: `mellan ${n}` }] } as Block, block],
  ),
);

/** What a text is, in lines: what must be kept. */
function outline(blocks: readonly Block[], indent = ''): string[] {
  return blocks.flatMap((block) => linesOf(block, indent));
}
function linesOf(block: Block, indent: string): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [`${indent}p ${wordsOf(block.inlines)}`];
    case 'heading':
      return [`h${block.level} ${inlineText(block.inlines).trim()}`];
    case 'quote':
      return outline(block.blocks, `${indent}>`);
    case 'list':
      return block.items.flatMap(({ checked, blocks: inner }) => [
        `${indent}${block.style} ${checked}`,
        ...outline(inner, `${indent}  `),
      ]);
    case 'table':
      return block.rows.flatMap(({ cells }) => [
        'row',
        ...cells.flatMap(({ header, blocks: inner }) => [`cell ${header}`, ...outline(inner)]),
      ]);
  }
}
const wordsOf = (words: Extract<Block, { kind: 'paragraph' }>['inlines']): string =>
  words
    .map((one) => ('break' in one ? '/' : `${one.text}${one.bold ? '*' : ''}${one.href ?? ''}`))
    .join('')
    .replaceAll('**', '*');
/** Marks that meet are one run: compared by letters, each with its marks. */
const letters = (blocks: readonly Block[]): Block[] =>
  JSON.parse(JSON.stringify(blocks), (_, value: unknown) => {
    if (!Array.isArray(value) || !value.every((one) => typeof one?.text === 'string')) return value;
    return value.flatMap(({ text: words, ...marks }: { text: string }) =>
      [...words].map((letter) => ({ text: letter, ...marks })),
    );
  }) as Block[];

describe('blocks → Word → blocks', () => {
  it('keeps headings, lists within lists, boxes, tables with heads, quotes, bold words and links', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (blocks) => {
        const { flow } = await readDocx(await docxFile(print(blocks)));
        const back = flow.slice(1).map((one): Block => {
          if (one.kind === 'block') return one.block;
          return { ...bare, kind: 'heading', level: one.level as 2 | 3 | 4, inlines: one.inlines };
        });
        // The renderer never skips a level; which heading stands where is what is kept.
        const levels = (lines: string[]) => lines.map((line) => line.replace(/^h\d/, 'h'));
        expect(levels(outline(letters(back)))).toEqual(levels(outline(letters(blocks))));
      }),
      { numRuns: 60, seed: 4 },
    );
  }, 120_000);

  it('leaves every cell in its column where others are merged, and believes no width', async () => {
    const cell = (words: string, more = ''): string => `<w:tc><w:tcPr>${more}</w:tcPr>${paragraph(words)}</w:tc>`;
    const rows = [
      cell('Almby', '<w:vMerge w:val="restart"/>') + cell('Kerstin'),
      cell('', '<w:vMerge/>') + cell('Jon'),
      cell('Alla', '<w:gridSpan w:val="2"/>'),
    ];
    const table = (all: string[]): string => `<w:tbl>${all.map((one) => `<w:tr>${one}</w:tr>`).join('')}</w:tbl>`;
    const read = async (body: string) => {
      const [first] = (await readDocx(word(documentXml(body)))).flow;
      return first?.kind === 'block' && first.block.kind === 'table' ? first.block.rows : [];
    };
    const words = (await read(table(rows))).map(({ cells }) => cells.map(({ blocks }) => outline(blocks).join()));
    expect(words).toEqual([
      ['p Almby', 'p Kerstin'],
      ['', 'p Jon'],
      ['p Alla', ''],
    ]);
    const [wide] = await read(table([cell('x', '<w:gridSpan w:val="2000000000"/>')]));
    expect(wide?.cells.length).toBe(64);
  });

  it('is done in a process of its own, with the same result', async () => {
    const bytes = await fileOf({ of: 'minutes', format: 'docx', document: sampleMinutes() });
    expect(await createReadWord()(bytes)).toEqual(JSON.parse(JSON.stringify(await readDocx(bytes))));
  }, 60_000);

  it('finds the points of a protocol that this house wrote', async () => {
    const { title, pieces } = cut(
      await readDocx(await fileOf({ of: 'minutes', format: 'docx', document: sampleMinutes() })),
    );
    expect(title).toBe('Nära till vården på Åsö');
    expect(pieces.map(({ number, title: words }) => `${number} ${words}`)).toContain(
      '2 Servicepunkter: ansvar och drift',
    );
  });

  it('ends a process that takes too long, and the next file is read', async () => {
    const slow = createReadWord({ mostMs: 1 });
    await expect(slow(word(documentXml(paragraph('Ord.'))))).rejects.toMatchObject({ code: 'too-large' });
    await expect(createReadWord()(word(documentXml(paragraph('Ord.'))))).resolves.toMatchObject({ flow: [{}] });
  }, 30_000);
});

describe('where a document is cut', () => {
  const cutOf = async (body: string) => cut(await readDocx(word(documentXml(body))));
  it('at its two outermost levels of headings; a lone first one is its title', async () => {
    const { title, pieces } = await cutOf(
      heading('Årsmöte') +
        paragraph('Kallelse') +
        heading('1. Öppnande', 2) +
        paragraph('A') +
        heading('2 Val', 2) +
        heading('2.1 Ordförande', 3) +
        heading('Så gick det till', 4) +
        heading('3 frågor att svara på', 2) +
        heading('2026 års budget', 2),
    );
    expect(title).toBe('Årsmöte');
    expect(pieces.map(({ number, title: words, depth, blocks }) => [number, words, depth, blocks.length])).toEqual([
      ['', '', 0, 1],
      ['1', 'Öppnande', 0, 1],
      ['2', 'Val', 0, 0],
      ['2.1', 'Ordförande', 1, 1],
      ['3', 'frågor att svara på', 0, 0],
      ['', '2026 års budget', 0, 0],
    ]);
  });
  it('at numbered paragraphs where there are no headings, and not at a lone one', async () => {
    const { pieces } = await cutOf(
      paragraph('§ 1 Öppnande') + paragraph('Mötet öppnas.') + paragraph('§ 2 Val av justerare'),
    );
    expect(pieces.map(({ number, title }) => [number, title])).toEqual([
      ['§ 1', 'Öppnande'],
      ['§ 2', 'Val av justerare'],
    ]);
    expect((await cutOf(paragraph('1. Ensam'))).pieces).toMatchObject([{ title: '', blocks: [{}] }]);
  });
});
