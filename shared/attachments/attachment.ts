/**
 * Why this file exists: the attachments (bilagor) of a meeting as one plain value, changed whole. Their bytes lie elsewhere;
 * here is what they are called, which item they belong to and in which order they stand.
 */
import type { Id } from '../ids.ts';
import type { FileKind } from './kinds.ts';

export interface AttachmentEntry {
  id: Id;
  itemId: Id;
  /** A key between its neighbours' (fractional-indexing): where it stands among those of its item. */
  order: string;
  /** As people see it, with the ending its kind has. */
  name: string;
  /** By content; what the name says is never believed. */
  kind: FileKind;
  /** May be shown in place: a raster image, or a PDF in which nothing can act. */
  plain: boolean;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
  at: number;
  by: Id;
  /** "2.1.1", "2.1.1a": fixed, whatever becomes of item and order; `null` while it follows from them. */
  number: string | null;
  /** Set while it is taken away: nobody can open it, and it can be taken back. */
  removed: { at: number; by: Id } | null;
  /** Its bytes are gone: cleared away after it was removed, or lost. */
  gone: boolean;
}

/** Of one meeting. */
export interface Attachments {
  entries: readonly AttachmentEntry[];
  /** When the numbers were fixed; whatever comes later gets one of its own that stays. `null` before. */
  frozenAt: number | null;
  /** Counts the changes. */
  version: number;
}

export const NO_ATTACHMENTS: Attachments = { entries: [], frozenAt: null, version: 0 };

/** By key, then id. Compares code units: the same on every device. */
export function byOrder(a: AttachmentEntry, b: AttachmentEntry): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Those of an item that are not taken away, in their order. */
export function entriesOf(entries: readonly AttachmentEntry[], itemId: Id): AttachmentEntry[] {
  return entries.filter((entry) => entry.itemId === itemId && entry.removed === null).sort(byOrder);
}
