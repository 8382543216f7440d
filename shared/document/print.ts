/**
 * Why this file exists: every file is drawn from one plain value that says what stands in it and in which order, so that a
 * PDF, a Word file, a web page and Markdown of the same thing cannot say different things. A protocol and a summary are
 * each laid out into it once (shared/minutes/print.ts, server/documents/summary-print.ts); the renderers and the page know nothing else.
 */

import type { Language } from '../terms.ts';
import type { Block, Inline } from './blocks.ts';

/** The title is the only heading of level 1. */
export type HeadingLevel = 2 | 3 | 4 | 5 | 6;

/** A cell: lines below one another; empty for an empty cell. */
export type PrintCell = string[];

export type Part =
  /** `number` stands before it. `anchor` is unique in the file, of letters, digits and hyphens. `listed`: in the contents. */
  | { kind: 'heading'; level: HeadingLevel; number: string; text: string; anchor: string; listed: boolean }
  /** What people wrote; in it, `sources` are the words that say where a block came from. `under` is the heading it stands under. */
  | { kind: 'blocks'; under: number; blocks: Block[] }
  | { kind: 'paragraph'; inlines: Inline[] }
  /** About what was written rather than part of it. */
  | { kind: 'note'; inlines: Inline[] }
  | { kind: 'list'; entries: Inline[][]; style: 'plain' | 'bracketed' }
  /** Terms and what they are. */
  | { kind: 'facts'; rows: { term: string; words: string }[] }
  /** Without a caption it is what the heading above it says. The first cell of each row is its head when `rowHeads`; an empty one belongs to the head above. `widths` are shares. */
  | { kind: 'table'; caption: string; head: string[]; widths: number[]; rowHeads: boolean; rows: PrintCell[][] }
  /** Set apart by a rule: a decision. Kept together where it fits. */
  | { kind: 'frame'; parts: Part[] }
  /** `room` says that here is room for a signature; `signed` is empty as long as it is open. */
  | { kind: 'signatures'; room: string; rows: { name: string; about: string; signed: string }[] };

export interface Print {
  language: Language;
  title: string;
  author: string;
  /** A sentence for a file's properties. */
  about: string;
  /** The file's date, milliseconds since 1970 UTC: from what it says, never the moment it is made. */
  at: number;
  /** At the top of every page; in files without pages once. */
  running: { left: string; right: string };
  /** What is beside the page's number. */
  foot: string;
  /** Under the foot: what a text that will not change is known by. Left out of a draft. */
  seal?: string;
  page: (at: string, of: string) => string;
  /** Under the title. */
  lead: Inline[][];
  /** The heading of a table of contents; `null` for a file that needs none. */
  contents: string | null;
  /** "Bygger på". */
  made: string;
  parts: Part[];
}

/** Words without marks. */
export const plain = (text: string): Inline[] => (text === '' ? [] : [{ text }]);
/** Words in bold, then plain ones. */
export const marked = (bold: string, text: string): Inline[] => [{ text: bold, bold: true }, ...plain(text)];

/** A level below another one; what stands deeper than six stands at six. */
export const levelBelow = (level: number, by = 1): HeadingLevel => Math.max(2, Math.min(6, level + by)) as HeadingLevel;

/** What a part of blocks is called where a heading in it is drawn: its own level 2–4, one below what it stands under. */
export const headingLevel = (own: 2 | 3 | 4, under: number): HeadingLevel => levelBelow(under, own - 1);

/** Of a table with row heads: how many rows each head stands for, by row; 0 for a row that belongs to the head above. */
export function headSpans(rows: readonly PrintCell[][]): number[] {
  const spans: number[] = [];
  let head = 0;
  for (const [n, row] of rows.entries()) {
    const continues = n > 0 && (row[0] ?? []).every((line) => line === '');
    if (!continues) head = n;
    spans.push(continues ? 0 : 1);
    if (continues) spans[head] = (spans[head] ?? 0) + 1;
  }
  return spans;
}
