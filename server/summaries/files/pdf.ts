/**
 * Why this file exists: a summary as a tagged PDF: headings, lists and tables that a screen reader knows as such, the
 * language set. Typst draws it, from a template that is ours and data that is never source. Runs in a thread of its own
 * (file-worker.ts): drawing holds it for as long as it takes.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTypstCompiler, loadFonts } from '@myriaddreamin/typst.ts';
import { CompileFormatEnum } from '@myriaddreamin/typst.ts/compiler';
import type { Block } from '#shared/document/blocks.ts';
import { type FileInput, madeFrom, numbered } from './file.ts';
import { frameOf, wordsIn } from './words.ts';

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

/** The file's bytes. Throws when it cannot be drawn. */
export async function pdfFile(input: FileInput): Promise<Uint8Array> {
  const compiler = createTypstCompiler();
  await compiler.init({
    getModule: () => bytesOf('@myriaddreamin/typst-ts-web-compiler/wasm'),
    beforeBuild: [
      loadFonts(
        FONTS.map((name) => bytesOf(`@expo-google-fonts/${name}`)),
        { assets: false },
      ),
    ],
  });
  compiler.addSource('/main.typ', readFileSync(new URL('./summary.typ', import.meta.url), 'utf8'));
  compiler.mapShadow('/data.json', new TextEncoder().encode(JSON.stringify(dataOf(input))));
  const { result, diagnostics } = await compiler.compile({
    mainFilePath: '/main.typ',
    format: CompileFormatEnum.pdf,
    diagnostics: 'full',
    inputs: {},
  });
  if (!result) throw new Error(`Typst: ${diagnostics?.map(({ message }) => message).join('; ') ?? 'no result'}`);
  return result;
}

/** What the template reads. */
function dataOf(input: FileInput): unknown {
  const words = wordsIn(input.language);
  const frame = frameOf(input.document, input.language);
  const sources = numbered(input.sources);
  const made = new Date(input.document.at);
  const drawn = (blocks: readonly Block[]): unknown[] =>
    blocks.map((block) => {
      const own = { ...block, origin: madeFrom(block.sources, sources) };
      if (block.kind === 'quote') return { ...own, blocks: drawn(block.blocks) };
      if (block.kind === 'list')
        return {
          ...own,
          items: block.items.map((item) => ({
            checked: item.checked,
            blocks: drawn(item.blocks),
            origin: madeFrom(item.sources, sources),
          })),
        };
      if (block.kind === 'table') {
        const width = Math.max(0, ...block.rows.map(({ cells }) => cells.length));
        return {
          ...own,
          width,
          head: block.rows.length > 1 && (block.rows[0]?.cells.some(({ header }) => header) ?? false),
          rows: block.rows.map(({ cells, sources: keys }) => ({
            cells: Array.from({ length: width }, (_, i) => ({
              header: cells[i]?.header ?? false,
              blocks: [
                ...drawn(cells[i]?.blocks ?? []),
                ...(i === width - 1 ? [{ kind: 'origin', origin: madeFrom(keys, sources) }] : []),
              ],
            })),
          })),
        };
      }
      return own;
    });
  return {
    ...frame,
    author: input.document.by,
    lang: input.language,
    region: input.language === 'sv' ? 'SE' : 'GB',
    date: { year: made.getUTCFullYear(), month: made.getUTCMonth() + 1, day: made.getUTCDate() },
    words: { made: words.made, noText: words.noText, origins: words.origins, page: words.page('\0', '\0').split('\0') },
    sections: input.document.sections.map(({ heading, blocks }) => ({ heading, blocks: drawn(blocks) })),
    origins: [...sources.values()].map(({ group, prompt, text, authors }) => ({
      text,
      who: [group, prompt, authors.join(', ')].filter((part) => part !== '').join(' · '),
    })),
    sha256: input.sha256 ?? '',
  };
}
