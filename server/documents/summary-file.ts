/**
 * Why this file exists: what every kind of file is made of: the document, in a language, with or without where its
 * paragraphs came from. Plain values, so that it can be handed to another thread.
 */
import type { ExportFormat } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import type { SourceView } from '#shared/summary/api.ts';
import type { SummaryDocument } from '#shared/summary/document.ts';
import type { FileThreads } from './file-thread.ts';
import { FILE_TYPES, fileName, type MadeFile } from './files.ts';
import { type FileLanguage, wordsIn } from './summary-words.ts';

export interface SummaryInput {
  document: SummaryDocument;
  /** The contributions as the reader may see them; `null` to leave out where the text came from. */
  sources: SourceView[] | null;
  language: FileLanguage;
  /** SHA-256 of the document, when it is one that was kept. */
  sha256: string | null;
}

/** A contribution with its number in this file, from 1. */
export type Numbered = SourceView & { number: number };

/** Contributions by key, numbered in the order of the text. */
export function numbered(sources: readonly SourceView[] | null): Map<string, Numbered> {
  return new Map((sources ?? []).map((source, i) => [source.key, { ...source, number: i + 1 }]));
}

/** What a block was made from, in words: "Grupp 1 [1], Grupp 3 [4, 5]"; empty for nothing. */
export function madeFrom(keys: readonly string[], sources: ReadonlyMap<string, Numbered>): string {
  const groups = new Map<string, { group: string; numbers: number[] }>();
  for (const key of keys) {
    const source = sources.get(key);
    if (!source) continue;
    const known = groups.get(source.groupId) ?? { group: source.group, numbers: [] };
    known.numbers.push(source.number);
    groups.set(source.groupId, known);
  }
  return [...groups.values()].map(({ group, numbers }) => `${group} [${numbers.join(', ')}]`).join(', ');
}

/** Makes a file of a summary. */
export async function summaryFile(
  threads: FileThreads,
  format: ExportFormat,
  input: SummaryInput,
  by: Id,
): Promise<MadeFile> {
  const { file } = wordsIn(input.language);
  const { revision, item } = input.document;
  const standing = revision === 0 ? file.draft : `revision-${revision}`;
  const name = fileName([file.summary, item.title.slice(0, 60), standing], format);
  const bytes = await threads.make({ of: 'summary', format, input }, by);
  return { name, type: FILE_TYPES[format], bytes: new Uint8Array(bytes) };
}
