/**
 * Why this file exists: a document as a tagged PDF: headings, lists and tables that a screen reader knows as such, the
 * language set, bookmarks. Typst draws it, from a template that is ours and data that is never source. Runs in a thread of
 * its own (file-worker.ts): drawing holds it for as long as it takes.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTypstCompiler, loadFonts } from '@myriaddreamin/typst.ts';
import { CompileFormatEnum } from '@myriaddreamin/typst.ts/compiler';
import { type Block, inlineText } from '#shared/document/blocks.ts';
import { headSpans, type Part, type Print } from '#shared/document/print.ts';
import { withTitleShown } from './pdf-settled.ts';
import { boundedWasm } from './wasm-bound.ts';

const FONTS = [
  'source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  'source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf',
  'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
  'source-serif-4/700Bold/SourceSerif4_700Bold.ttf',
  'source-serif-4/700Bold_Italic/SourceSerif4_700Bold_Italic.ttf',
  'source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  'source-sans-3/700Bold/SourceSans3_700Bold.ttf',
];
const bytesOf = (module: string): Uint8Array =>
  new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve(module))));

/** More words than this and a decision may go over a page: a whole page kept together would leave one empty. */
const MOST_KEPT = 1_500;

/** A table, or a row of one, is kept on one page when it is no longer than this: about half a page. */
const LINES_TOGETHER = 20;
const LETTERS_IN_LINE = 72;

/** Quotes, lists and tables within each other in a PDF; the typesetter gives up some levels further in. */
const DEEPEST = 8;

/** What the typesetter may hold, bytes; a protocol of a hundred items takes a fifth of it. */
const MOST_MEMORY = 320 * 1024 * 1024;

/**
 * The file's bytes: the same for the same document. Throws when it cannot be drawn, with a WebAssembly.RuntimeError when it
 * would take more memory than there is for it.
 */
export async function pdfFile(print: Print): Promise<Uint8Array> {
  const compiler = createTypstCompiler();
  await compiler.init({
    getModule: () => boundedWasm(bytesOf('@myriaddreamin/typst-ts-web-compiler/wasm'), MOST_MEMORY),
    beforeBuild: [
      loadFonts(
        FONTS.map((name) => bytesOf(`@expo-google-fonts/${name}`)),
        { assets: false },
      ),
    ],
  });
  compiler.addSource('/main.typ', readFileSync(new URL('./document.typ', import.meta.url), 'utf8'));
  compiler.mapShadow('/data.json', new TextEncoder().encode(JSON.stringify(dataOf(print))));
  const { result, diagnostics } = await compiler.compile({
    mainFilePath: '/main.typ',
    format: CompileFormatEnum.pdf,
    diagnostics: 'full',
    inputs: {},
  });
  if (!result) throw new Error(`Typst: ${diagnostics?.map(({ message }) => message).join('; ') ?? 'no result'}`);
  return withTitleShown(result);
}

/** What the template reads. */
function dataOf(print: Print): unknown {
  const made = new Date(print.at);
  return {
    title: print.title,
    author: print.author,
    about: print.about,
    running: print.running,
    foot: print.foot,
    seal: print.seal ?? '',
    lead: print.lead,
    contents: print.contents ?? '',
    made: print.made,
    lang: print.language,
    region: print.language === 'sv' ? 'SE' : 'GB',
    date: { year: made.getUTCFullYear(), month: made.getUTCMonth() + 1, day: made.getUTCDate() },
    page: print.page('\0', '\0').split('\0'),
    parts: print.parts.map(partData),
  };
}

function partData(part: Part): unknown {
  if (part.kind === 'blocks') return { ...part, blocks: blocksData(part.blocks, 0) };
  if (part.kind === 'table') return { ...part, spans: headSpans(part.rows) };
  if (part.kind !== 'frame') return part;
  const breakable = JSON.stringify(part.parts).length > MOST_KEPT;
  return { ...part, breakable, parts: part.parts.map(partData) };
}

/** Within each other further than the typesetter can go, and than a page is wide, everything stands side by side. */
const blocksData = (blocks: readonly Block[], depth: number): unknown[] =>
  blocks.flatMap((block) => (depth < DEEPEST ? [blockData(block, depth + 1)] : leavesOf(block)));

function leavesOf(block: Block): Block[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return [block];
    case 'quote':
      return block.blocks.flatMap(leavesOf);
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(leavesOf));
    case 'table':
      return block.rows.flatMap(({ cells }) => cells.flatMap(({ blocks }) => blocks.flatMap(leavesOf)));
  }
}

/** About how many lines a row of equally wide cells takes. */
function height(cells: readonly { blocks: readonly Block[] }[], width: number): number {
  const lines = cells.map(({ blocks }) =>
    blocks
      .flatMap(leavesOf)
      .reduce((sum, leaf) => sum + Math.ceil(((wordsOf(leaf).length + 1) * width) / LETTERS_IN_LINE), 0),
  );
  return Math.max(1, ...lines);
}
const wordsOf = (leaf: Block): string => ('inlines' in leaf ? inlineText(leaf.inlines) : '');

function blockData(block: Block, depth: number): unknown {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return block;
    case 'quote':
      return { ...block, blocks: blocksData(block.blocks, depth) };
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, blocks: blocksData(item.blocks, depth) })) };
    case 'table': {
      const width = Math.max(0, ...block.rows.map(({ cells }) => cells.length));
      const origin = (sources: readonly string[]): unknown[] =>
        sources.length === 0 ? [] : [{ kind: 'paragraph', inlines: [], sources }];
      return {
        ...block,
        width,
        head: block.rows.length > 1 && (block.rows[0]?.cells.some(({ header }) => header) ?? false),
        together: block.rows.reduce((lines, { cells }) => lines + height(cells, width), 0) <= LINES_TOGETHER,
        rows: block.rows.map(({ cells, sources }) => ({
          breakable: height(cells, width) > LINES_TOGETHER,
          cells: Array.from({ length: width }, (_, i) => ({
            header: cells[i]?.header ?? false,
            blocks: [...blocksData(cells[i]?.blocks ?? [], depth), ...(i === width - 1 ? origin(sources) : [])],
          })),
        })),
      };
    }
  }
}
