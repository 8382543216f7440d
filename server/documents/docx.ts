/**
 * Why this file exists: a document for Word, as somebody would write it there: styles for headings, lists that go on
 * numbering, tables with a head, the language set; so that it can be gone on with and read aloud.
 */
import {
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TabStopType,
  TextRun,
  VerticalMergeType,
  WidthType,
} from 'docx';
import type { Block, Inline } from '#shared/document/blocks.ts';
import { headingLevel, headSpans, type Part, type Print } from '#shared/document/print.ts';
import { docxNumbering, docxStyles, LIST_LEVELS, LIST_STEP, TEXT_WIDTH } from './docx-look.ts';
import { settledDocx } from './docx-settled.ts';

interface Drawing {
  made: string;
  /** Level of the heading the blocks stand under. */
  under: number;
  /** Each ordered list counts by itself, from where it says. */
  lists: { reference: string; start: number }[];
  depth: number;
}

const HEADINGS = {
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
  5: HeadingLevel.HEADING_5,
  6: HeadingLevel.HEADING_6,
} as const;

/** The file's bytes: the same for the same document. */
export async function docxFile(print: Print): Promise<Uint8Array> {
  const drawing: Drawing = { made: print.made, under: 2, lists: [], depth: 0 };
  const children: (Paragraph | Table | TableOfContents)[] = [
    new Paragraph({ text: print.title, heading: HeadingLevel.HEADING_1 }),
    ...print.lead
      .filter((inlines) => inlines.length > 0)
      .map((inlines) => new Paragraph({ style: 'About', children: runs(inlines) })),
  ];
  if (print.contents !== null)
    children.push(
      new Paragraph({ text: print.contents, style: 'ContentsHeading' }),
      new TableOfContents(print.contents, { hyperlink: true, headingStyleRange: '2-4' }),
    );
  children.push(...print.parts.flatMap((part) => drawPart(part, drawing)));
  const document = new Document({
    title: print.title,
    creator: print.author,
    lastModifiedBy: print.author,
    description: print.about,
    hyphenation: { autoHyphenation: true },
    features: { updateFields: print.contents !== null },
    styles: docxStyles(print.language),
    numbering: docxNumbering(drawing.lists),
    sections: [{ children, ...around(print) }],
  });
  return settledDocx(new Uint8Array(await Packer.toBuffer(document)), print.at);
}

/** What is at the top and the foot of every page. */
function around({ running: { left, right }, foot, seal = '', page }: Print) {
  const tabStops = [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }];
  const [before = '', between = '', after = ''] = page('\0', '\0').split('\0');
  const number = [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after].filter((part) => part !== '');
  return {
    ...(left === '' && right === ''
      ? {}
      : {
          headers: {
            default: new Header({
              children: [
                new Paragraph({
                  style: 'Running',
                  tabStops,
                  children: [new TextRun({ text: left, bold: true }), new TextRun({ children: [new Tab(), right] })],
                }),
              ],
            }),
          },
        }),
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            style: 'About',
            tabStops,
            children: [new TextRun(foot), new TextRun({ children: [new Tab(), ...number] })],
          }),
          ...(seal === '' ? [] : [new Paragraph({ style: 'About', children: [new TextRun(seal)] })]),
        ],
      }),
    },
  };
}

function drawPart(part: Part, drawing: Drawing): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'heading': {
      const text = part.number === '' ? part.text : `${part.number}\u2002${part.text}`;
      return [new Paragraph({ text, heading: HEADINGS[part.level], keepNext: true })];
    }
    case 'blocks':
      return draw(part.blocks, { ...drawing, under: part.under });
    case 'paragraph':
      return [new Paragraph({ style: 'Words', children: runs(part.inlines) })];
    case 'note':
      return [new Paragraph({ style: 'About', children: runs(part.inlines) })];
    case 'list': {
      if (part.style === 'plain')
        return part.entries.map((entry) => new Paragraph({ style: 'Entry', children: runs(entry) }));
      const reference = `list-${drawing.lists.length + 1}`;
      drawing.lists.push({ reference, start: 1 });
      return part.entries.map(
        (entry) => new Paragraph({ style: 'About', numbering: { reference, level: 0 }, children: runs(entry) }),
      );
    }
    case 'facts':
      return part.rows.map(
        ({ term, words }) =>
          new Paragraph({
            style: 'Fact',
            tabStops: [{ type: TabStopType.LEFT, position: 2000 }],
            children: [new TextRun({ text: term, bold: true }), new TextRun({ children: [new Tab(), words] })],
          }),
      );
    case 'table':
      return listTable(part);
    case 'frame':
      return part.parts.flatMap((one) => framed(one, drawing));
    case 'signatures':
      return signatures(part.rows);
  }
}

/**
 * A line for each hand, who signs below it, all of them on one page. The room for the hand is a paragraph of its own:
 * Word draws one line for neighbours that look alike.
 */
const signatures = (rows: Extract<Part, { kind: 'signatures' }>['rows']): Paragraph[] =>
  rows.flatMap(({ name, about, signed }, n) => [
    new Paragraph({ style: 'SignatureRoom', keepNext: true, text: '' }),
    new Paragraph({
      style: 'Signature',
      keepNext: n < rows.length - 1,
      children: [
        new TextRun({ text: name, bold: true }),
        new TextRun({ text: [about, signed].filter((text) => text !== '').join('. '), break: 1 }),
      ],
    }),
  ]);

/** A decision: its paragraphs have a rule at their left and stay together. */
function framed(part: Part, drawing: Drawing): (Paragraph | Table)[] {
  const border = { left: { style: BorderStyle.SINGLE, size: 12, space: 10, color: '1d1f21' } };
  if (part.kind === 'heading')
    return [
      new Paragraph({ text: part.text, heading: HEADINGS[part.level], keepNext: true, border, indent: { left: 240 } }),
    ];
  if (part.kind === 'paragraph')
    return [new Paragraph({ style: 'Decision', keepLines: true, border, children: runs(part.inlines) })];
  return drawPart(part, drawing);
}

function listTable({ caption, head, widths, rowHeads, rows }: Extract<Part, { kind: 'table' }>): (Paragraph | Table)[] {
  const spans = rowHeads ? headSpans(rows) : [];
  const total = widths.reduce((sum, width) => sum + width, 0);
  const columnWidths = widths.map((width) => Math.round((TEXT_WIDTH * width) / total));
  const line = { style: BorderStyle.SINGLE, size: 4, color: 'c9c3b8' };
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const cellOf = (lines: readonly string[], i: number, bold: boolean, merge?: 'restart' | 'continue') =>
    new TableCell({
      width: { size: columnWidths[i] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, right: 120 },
      ...(merge ? { verticalMerge: merge === 'restart' ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE } : {}),
      children: (lines.length === 0 ? [''] : lines).map(
        (text) => new Paragraph({ style: 'Cell', children: [new TextRun({ text, bold })] }),
      ),
    });
  return [
    // A head that stands alone above is read with the table by nobody: the caption keeps with it.
    ...(caption === '' ? [] : [new Paragraph({ text: caption, style: 'TableCaption', keepNext: true })]),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths,
      borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: line, insideVertical: none },
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: head.map((text, i) => cellOf([text], i, true)) }),
        ...rows.map((row, n) => {
          const span = spans[n] ?? 1;
          const merge = span > 1 ? 'restart' : span === 0 ? 'continue' : undefined;
          return new TableRow({
            cantSplit: true,
            children: row.map((cell, i) => cellOf(cell, i, false, i === 0 ? merge : undefined)),
          });
        }),
      ],
    }),
    new Paragraph({ text: '', style: 'Cell' }),
  ];
}

type Around = { style?: string; numbering?: { reference: string; level: number } };

function draw(blocks: readonly Block[], drawing: Drawing, around: Around = {}): (Paragraph | Table)[] {
  return blocks.flatMap((block, i) => {
    // Only the first paragraph of an entry has its mark.
    const { numbering, ...rest } = around;
    return [...one(block, drawing, i === 0 ? around : rest, numbering?.level), ...origin(block.sources, drawing)];
  });
}

function origin(sources: readonly string[], { made }: Drawing): Paragraph[] {
  return sources.length === 0 ? [] : [new Paragraph({ text: `${made} ${sources.join(', ')}`, style: 'About' })];
}

function one(block: Block, drawing: Drawing, around: Around, level?: number): (Paragraph | Table)[] {
  const indent = around.numbering || level === undefined ? {} : { indent: { left: LIST_STEP * (level + 1) } };
  switch (block.kind) {
    case 'paragraph':
      return [new Paragraph({ style: 'Words', ...indent, ...around, children: runs(block.inlines) })];
    case 'heading':
      return [
        new Paragraph({ heading: HEADINGS[headingLevel(block.level, drawing.under)], children: runs(block.inlines) }),
      ];
    case 'quote':
      return draw(block.blocks, drawing, { ...around, style: 'Quotation' });
    case 'list':
      return list(block, drawing);
    case 'table':
      return table(block, drawing);
  }
}

function list(block: Extract<Block, { kind: 'list' }>, drawing: Drawing): (Paragraph | Table)[] {
  const level = Math.min(drawing.depth, LIST_LEVELS - 1);
  let reference = 'bullets';
  if (block.style === 'ordered') {
    reference = `list-${drawing.lists.length + 1}`;
    drawing.lists.push({ reference, start: block.start });
  }
  const deeper = { ...drawing, depth: drawing.depth + 1 };
  return block.items.flatMap((item) => {
    const [first, ...more] = item.blocks;
    const box = item.checked === null ? '' : item.checked ? '☑ ' : '☐ ';
    const marked: Block[] =
      box !== '' && first?.kind === 'paragraph'
        ? [{ ...first, inlines: [{ text: box }, ...first.inlines] }, ...more]
        : item.blocks;
    return [...draw(marked, deeper, { numbering: { reference, level } }), ...origin(item.sources, drawing)];
  });
}

function table({ rows }: Extract<Block, { kind: 'table' }>, drawing: Drawing): Table[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  if (width === 0) return [];
  const inside = { ...drawing, depth: 0 };
  return [
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: rows.map(
        ({ cells, sources }, n) =>
          new TableRow({
            tableHeader: n === 0 && rows.length > 1 && cells.some(({ header }) => header),
            cantSplit: true,
            children: Array.from({ length: width }, (_, i) => {
              const style = cells[i]?.header ? 'CellHead' : 'CellWords';
              const drawn = draw(cells[i]?.blocks ?? [], inside, { style });
              if (i === width - 1) drawn.push(...origin(sources, inside));
              return new TableCell({ children: drawn.length > 0 ? drawn : [new Paragraph('')] });
            }),
          }),
      ),
    }),
  ];
}

function runs(inlines: readonly Inline[]): ParagraphChild[] {
  return inlines.map((inline) => {
    if ('break' in inline) return new TextRun({ break: 1 });
    const run = new TextRun({
      text: inline.text,
      ...(inline.bold ? { bold: true } : {}),
      ...(inline.italic ? { italics: true } : {}),
      ...(inline.href ? { style: 'Hyperlink' } : {}),
    });
    return inline.href ? new ExternalHyperlink({ link: inline.href, children: [run] }) : run;
  });
}
