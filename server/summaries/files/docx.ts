/**
 * Why this file exists: a summary for Word, as somebody would write it there: styles for headings, lists that go on
 * numbering, tables with a head, the language set; so that it can be gone on with and read aloud.
 */
import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  type INumberingOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Inline } from '#shared/document/blocks.ts';
import { type FileInput, madeFrom, type Numbered, numbered } from './file.ts';
import { frameOf, languageTag, wordsIn } from './words.ts';

const LEVELS = 9;
const BULLETS = ['–', '•', '◦'];
/** What a list is set in by, twentieths of a point. */
const STEP = 360;

interface Drawing {
  sources: ReadonlyMap<string, Numbered>;
  made: string;
  /** Each ordered list counts by itself, from where it says. */
  lists: { reference: string; start: number }[];
  depth: number;
}

const HEADINGS = { 2: HeadingLevel.HEADING_3, 3: HeadingLevel.HEADING_4, 4: HeadingLevel.HEADING_5 } as const;

/** The file's bytes. */
export async function docxFile(input: FileInput): Promise<Uint8Array> {
  const words = wordsIn(input.language);
  const frame = frameOf(input.document, input.language);
  const drawing: Drawing = { sources: numbered(input.sources), made: words.made, lists: [], depth: 0 };
  const children: (Paragraph | Table)[] = [
    new Paragraph({ text: frame.title, heading: HeadingLevel.HEADING_1 }),
    new Paragraph({ text: frame.meeting, style: 'About' }),
    new Paragraph({
      style: 'About',
      children: [new TextRun({ text: `${frame.standing}. `, bold: true }), new TextRun(frame.about)],
    }),
  ];
  for (const { heading, blocks } of input.document.sections) {
    children.push(new Paragraph({ text: heading, heading: HeadingLevel.HEADING_2 }));
    children.push(...(blocks.length > 0 ? draw(blocks, drawing) : [new Paragraph(words.noText)]));
  }
  if (drawing.sources.size > 0) {
    children.push(new Paragraph({ text: words.origins, heading: HeadingLevel.HEADING_2 }));
    for (const { number, group, prompt, text, authors } of drawing.sources.values()) {
      const who = [group, prompt, authors.join(', ')].filter((part) => part !== '').join(' · ');
      children.push(
        new Paragraph({
          style: 'About',
          children: [
            new TextRun({ text: `[${number}] `, bold: true }),
            new TextRun(text === '' ? who : text),
            ...(text === '' ? [] : [new TextRun({ text: who, break: 1, italics: true })]),
          ],
        }),
      );
    }
  }
  if (input.sha256 !== null) children.push(new Paragraph({ text: `SHA-256 ${input.sha256}`, style: 'About' }));
  const document = new Document({
    title: frame.title,
    subject: frame.meeting,
    creator: input.document.by || frame.meeting,
    description: `${frame.standing}. ${frame.about}`,
    styles: {
      default: {
        document: { run: { font: 'Source Serif 4', size: 23, language: { value: languageTag(input.language) } } },
        heading1: { run: { size: 40, bold: true, color: '1d1f21' }, paragraph: { spacing: { after: 120 } } },
        heading2: {
          run: { size: 28, bold: true, color: '1d1f21' },
          paragraph: { spacing: { before: 360, after: 80 } },
        },
        heading3: {
          run: { size: 25, bold: true, color: '1d1f21' },
          paragraph: { spacing: { before: 240, after: 60 } },
        },
        heading4: {
          run: { size: 23, bold: true, color: '1d1f21' },
          paragraph: { spacing: { before: 200, after: 40 } },
        },
        heading5: { run: { size: 23, bold: true, italics: true, color: '1d1f21' } },
      },
      paragraphStyles: [
        { id: 'Words', name: 'Words', basedOn: 'Normal', paragraph: { spacing: { after: 120, line: 300 } } },
        {
          id: 'About',
          name: 'About',
          basedOn: 'Normal',
          run: { size: 18, color: '5c6066' },
          paragraph: { spacing: { after: 80 } },
        },
        { id: 'Quotation', name: 'Quotation', basedOn: 'Words', paragraph: { indent: { left: 480 } } },
      ],
    },
    numbering: numberingOf(drawing),
    sections: [
      {
        children,
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.END,
                style: 'About',
                children: [new TextRun({ children: pageWords(words.page) })],
              }),
            ],
          }),
        },
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** "Sida 1 av 2" with Word's own numbers in it. */
function pageWords(
  page: (at: string, of: string) => string,
): (string | (typeof PageNumber)[keyof typeof PageNumber])[] {
  const [before = '', between = '', after = ''] = page('\0', '\0').split('\0');
  return [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after].filter((part) => part !== '');
}

function numberingOf({ lists }: Drawing): INumberingOptions {
  const levels = (
    format: (level: number) => { format: (typeof LevelFormat)[keyof typeof LevelFormat]; text: string; start: number },
  ) =>
    Array.from({ length: LEVELS }, (_, level) => ({
      level,
      alignment: AlignmentType.LEFT,
      style: { paragraph: { indent: { left: STEP * (level + 1), hanging: STEP } } },
      ...format(level),
    }));
  return {
    config: [
      {
        reference: 'bullets',
        levels: levels((level) => ({ format: LevelFormat.BULLET, text: BULLETS[level % 3] ?? '–', start: 1 })),
      },
      ...lists.map(({ reference, start }) => ({
        reference,
        levels: levels((level) => ({ format: LevelFormat.DECIMAL, text: `%${level + 1}.`, start })),
      })),
    ],
  };
}

type Around = { style?: string; numbering?: { reference: string; level: number } };

function draw(blocks: readonly Block[], drawing: Drawing, around: Around = {}): (Paragraph | Table)[] {
  return blocks.flatMap((block, i) => {
    // Only the first paragraph of an entry has its mark.
    const { numbering, ...rest } = around;
    return [...one(block, drawing, i === 0 ? around : rest, numbering?.level), ...origin(block.sources, drawing)];
  });
}

function origin(keys: readonly string[], { sources, made }: Drawing): Paragraph[] {
  const from = madeFrom(keys, sources);
  return from === '' ? [] : [new Paragraph({ text: `${made} ${from}`, style: 'About' })];
}

function one(block: Block, drawing: Drawing, around: Around, level?: number): (Paragraph | Table)[] {
  const indent = around.numbering || level === undefined ? {} : { indent: { left: STEP * (level + 1) } };
  switch (block.kind) {
    case 'paragraph':
      return [new Paragraph({ style: 'Words', ...indent, ...around, children: runs(block.inlines) })];
    case 'heading':
      return [new Paragraph({ heading: HEADINGS[block.level], children: runs(block.inlines) })];
    case 'quote':
      return draw(block.blocks, drawing, { ...around, style: 'Quotation' });
    case 'list':
      return list(block, drawing);
    case 'table':
      return table(block, drawing);
  }
}

function list(block: Extract<Block, { kind: 'list' }>, drawing: Drawing): (Paragraph | Table)[] {
  const level = Math.min(drawing.depth, LEVELS - 1);
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
            tableHeader: n === 0 && cells.some(({ header }) => header),
            children: Array.from({ length: width }, (_, i) => {
              const drawn = draw(cells[i]?.blocks ?? [], inside);
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
