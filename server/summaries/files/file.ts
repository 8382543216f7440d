/**
 * Why this file exists: what every kind of file is made of: the document, in a language, with or without where its
 * paragraphs came from. Plain values, so that it can be handed to another thread.
 */
import type { SourceView } from '#shared/summary/api.ts';
import type { SummaryDocument } from '#shared/summary/document.ts';
import type { FileLanguage } from './words.ts';

export interface FileInput {
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

/** Name of a file in ASCII: letters, digits and hyphens, whatever the item is called. */
export function fileName(parts: readonly string[], extension: string): string {
  const plain = parts
    .join('-')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return `${plain || 'fil'}.${extension}`;
}
