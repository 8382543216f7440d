/**
 * Why this file exists: who was there, as it is kept (närvarolinjen). What is kept is what somebody said: this person, this
 * status, from then until then, or at this item. What it means at a moment is read in line.ts; the sentences of the minutes
 * are made in phrases.ts. Times are milliseconds since 1970 by the server's clock.
 */
import type { Id } from '../ids.ts';

/**
 * närvarande, förhinder (anmält), frånvarande (utan anmälan), tjänstgörande ersättare, gäst, jäv. Conflict of interest holds
 * for an item and never for a time.
 */
export const ENTRY_KINDS = ['present', 'excused', 'absent', 'substitute', 'guest', 'conflict'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What can be said of a time. */
export const TIME_KINDS = [
  'present',
  'excused',
  'absent',
  'substitute',
  'guest',
] as const satisfies readonly EntryKind[];
export type TimeKind = (typeof TIME_KINDS)[number];

/** What can be said of an item: not there, not to decide, there for it alone, serving for somebody at it. */
export const ITEM_ENTRY_KINDS = [
  'conflict',
  'excused',
  'absent',
  'guest',
  'substitute',
] as const satisfies readonly EntryKind[];
export type ItemEntryKind = (typeof ITEM_ENTRY_KINDS)[number];

/** Those kinds that mean: sits in the room. */
export const ATTENDING: readonly EntryKind[] = ['present', 'substitute', 'guest'];

/** Whether this kind means that somebody sits in the room. */
export const attends = (kind: EntryKind): boolean => ATTENDING.includes(kind);

/** What is said; an entry without who said it and when. */
export interface EntryDraft {
  kind: EntryKind;
  /** `null` from the sitting's start, or of the meeting when there is no sitting. */
  from: number | null;
  /** `null` until its end. */
  to: number | null;
  /** `null` for every sitting, and for an item. */
  sittingId: Id | null;
  /** An item's entry has no times and no sitting. */
  itemId: Id | null;
  /** Whom a substitute serves for. */
  forPersonId: Id | null;
  note: string;
}

export interface AttendanceEntry extends EntryDraft {
  /** Empty for what was announced before the meeting and not recorded by anybody; see announced.ts. */
  id: Id | '';
  personId: Id;
  at: number;
  /** Who said it; empty for what was announced. */
  by: Id | '';
}

export interface Attendance {
  entries: readonly AttendanceEntry[];
  version: number;
}

export const NOBODY_YET: Attendance = { entries: [], version: 0 };

/** How much can be said of one person, and of a whole meeting; far beyond what anybody records. */
export const MAX_ENTRIES_OF_PERSON = 100;
export const MAX_ENTRIES = 5_000;
export const MAX_NOTE = 200;

/** The same thing said, whoever said it and when. */
export function saysTheSame(a: EntryDraft, b: EntryDraft): boolean {
  return (
    a.kind === b.kind &&
    a.from === b.from &&
    a.to === b.to &&
    a.sittingId === b.sittingId &&
    a.itemId === b.itemId &&
    a.forPersonId === b.forPersonId &&
    a.note === b.note
  );
}
