/**
 * Why this file exists: any meeting's protocol goes out as a Word file and comes in again with its headings, lists and tables, and
 * any protocol of which something was taken out holds no trace of it, in no kind of file, nor in what is packed within.
 * (Out as JSON and in as a meeting: tests/imports/minutes.test.ts.)
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, inlineText } from '#shared/document/blocks.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { Part } from '#shared/document/print.ts';
import type { Flow } from '#shared/imports/flow.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { minutesPrint } from '#shared/minutes/print.ts';
import { NO_REDACTION, redacted } from '#shared/signoff/redact.ts';
import { fileOf, type Job } from '../../server/documents/job.ts';
import { readDocx } from '../../server/imports/read-docx.ts';
import { anyMinutes } from '../minutes/arbitrary.ts';
import { everythingIn } from './everything-in.ts';
import { everywhere } from './everywhere.ts';

/** What must be kept, without its spaces: they are the page's business. */
interface Shape {
  headings: string[];
  /** Each entry with how deep it stands. */
  entries: string[];
  /** The filled cells of each, in the order of reading. */
  tables: string[][];
}
const bare = (words: string): string => words.replaceAll(/\s+/gu, '');
const filled = (texts: string[]): string[] => texts.map(bare).filter((text) => text !== '');
const wordsIn = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => (block.kind === 'paragraph' || block.kind === 'heading' ? inlineText(block.inlines) : ''))
    .join('');

function add(shape: Shape, blocks: readonly Block[], depth = 0): void {
  for (const block of blocks)
    switch (block.kind) {
      case 'paragraph':
        break;
      case 'heading':
        shape.headings.push(inlineText(block.inlines));
        break;
      case 'quote':
        add(shape, block.blocks, depth);
        break;
      case 'list':
        for (const { blocks: inner } of block.items) {
          shape.entries.push(`${depth} ${bare(wordsIn(inner.slice(0, 1)))}`);
          add(shape, inner, depth + 1);
        }
        break;
      case 'table':
        shape.tables.push(filled(block.rows.flatMap(({ cells }) => cells.map((cell) => wordsIn(cell.blocks)))));
    }
}
function written(parts: readonly Part[], shape: Shape): Shape {
  for (const part of parts) {
    if (part.kind === 'heading') shape.headings.push(part.number + part.text);
    else if (part.kind === 'blocks') add(shape, part.blocks);
    else if (part.kind === 'frame') written(part.parts, shape);
    else if (part.kind === 'table')
      shape.tables.push(filled([part.head, ...part.rows.map((row) => row.map((cell) => cell.join('')))].flat()));
  }
  return shape;
}
function read(flow: readonly Flow[], shape: Shape): Shape {
  for (const one of flow)
    if (one.kind === 'heading') shape.headings.push(inlineText(one.inlines));
    else add(shape, [one.block]);
  return shape;
}
const tidy = ({ headings, entries, tables }: Shape): Shape => ({
  headings: filled(headings),
  entries,
  tables: tables.filter((cells) => cells.length > 0),
});
const empty = (): Shape => ({ headings: [], entries: [], tables: [] });

describe('any meeting', () => {
  it('goes out as a Word file and comes in with its headings, lists and tables', async () => {
    await fc.assert(
      fc.asyncProperty(anyMinutes, async (document) => {
        const print = minutesPrint(document);
        const expected = written(print.parts, { ...empty(), headings: [print.title] });
        const { title, flow } = await readDocx(await fileOf({ of: 'minutes', format: 'docx', document }));
        expect(tidy(read(flow, { ...empty(), headings: [title] }))).toEqual(tidy(expected));
      }),
      { numRuns: 60, seed: 21 },
    );
  }, 240_000);

  it('of which something was taken out has no trace of it in any file, nor in what is packed within', async () => {
    const canaries = ['Kanariefågel', 'rut.lind@exempel.se', '070-123 45 67'] as const;
    const said = `${canaries[0]} (${canaries[1]}, tel. ${canaries[2]})`;
    const profile = { ...NO_REDACTION, email: true, phone: true, words: [canaries[0]] };
    const packed = async (document: MinutesDocument): Promise<string[]> => {
      const seal = { sha256: 'a'.repeat(64), of: 'published' as const };
      const jobs: Job[] = [
        ...EXPORT_FORMATS.map((format): Job => ({ of: 'sealed', format, document, seal })),
        {
          of: 'package',
          format: 'zip',
          input: { document, seal, sealed: { at: 1, by: '' }, corrections: [], attachments: [] },
        },
      ];
      const texts: string[] = [];
      // One after the other, as in a thread of its own: the typesetter does one thing at a time.
      for (const job of jobs) texts.push(await everythingIn(await fileOf(job), job.format));
      return texts;
    };
    let found = 0;
    await fc.assert(
      fc.asyncProperty(anyMinutes, async (any) => {
        const document = everywhere(any, said);
        for (const text of await packed(redacted(document, profile, [])))
          for (const canary of [...canaries, '0701234567', 'rut.lind'])
            expect(text.includes(canary), canary).toBe(false);
        // The same search finds them where nothing is hidden.
        if (found++ === 0) for (const text of await packed(document)) expect(text.includes(canaries[0])).toBe(true);
      }),
      // A failure is told as it is: each try makes six files.
      { numRuns: 12, seed: 22, endOnFailure: true },
    );
  }, 240_000);
});
