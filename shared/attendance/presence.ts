/** Why this file exists: who is there at a moment, at an item, and when something is decided. */
import type { Id } from '../ids.ts';
import { type AttendanceEntry, attends, type EntryKind, type TimeKind } from './attendance.ts';
import { type AttendanceFrame, toMinute, withHolders } from './frame.ts';
import { lineOf, type Piece, pieceAt, saidOf } from './line.ts';

/** Somebody who sits in the room, and as what. */
export interface PresentOne {
  personId: Id;
  kind: 'present' | 'substitute' | 'guest';
  /** Whom a substitute serves for. */
  forPersonId: Id | null;
}

/** What is said of a person at a moment; `null` when nothing is. */
export function statusAt(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  at: number,
): Piece | null {
  return pieceAt(lineOf(frame, saidOf(entries, personId)), at);
}

/** What is said of a person at an item itself, or at the one it stands under. */
export function saidOfItem(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  itemId: Id,
): AttendanceEntry | null {
  const said = saidOf(entries, personId);
  for (const id of withHolders(frame, itemId)) {
    const entry = said.findLast((one) => one.itemId === id);
    if (entry) return entry;
  }
  return null;
}

/**
 * Who sits in the room when something is decided at a moment in an item (`null`: in no item). What is said of the item goes
 * before what is said of the time; who has a conflict of interest is not among them.
 */
export function presentAt(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  people: readonly Id[],
  { at, itemId }: { at: number; itemId: Id | null },
): PresentOne[] {
  return people.flatMap((personId): PresentOne[] => {
    const ofItem = itemId === null ? null : saidOfItem(frame, entries, personId, itemId);
    const said: { kind: EntryKind; forPersonId: Id | null } | null = ofItem ?? statusAt(frame, entries, personId, at);
    if (!said || !attends(said.kind)) return [];
    return [{ personId, kind: said.kind as PresentOne['kind'], forPersonId: said.forPersonId }];
  });
}

/**
 * How a person took part in an item: by what is said of it, else by when it was treated. `part` came or went while it was;
 * `null` when it has not been treated and nothing is said.
 */
export function atItem(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  itemId: Id,
): EntryKind | 'part' | 'away' | null {
  const said = saidOfItem(frame, entries, personId, itemId);
  if (said) return said.kind;
  const visits = (frame.items.get(itemId)?.visits ?? [])
    .map(({ from, to }) => ({ from: toMinute(from), to: toMinute(to ?? Math.max(frame.now, from)) }))
    // Opened by mistake and left at once: it was not treated then.
    .filter(({ from, to }, index, all) => to > from || all.length === index + 1);
  if (visits.length === 0) return null;
  const line = lineOf(frame, saidOf(entries, personId));
  const there = visits.map(({ from, to }) => coverOf(line, from, to));
  if (there.every(({ covered }) => covered === 0)) return there[0]?.kind ?? 'away';
  return there.every(({ covered, whole }) => covered >= whole) ? (there[0]?.kind ?? 'present') : 'part';
}

function coverOf(
  line: readonly Piece[],
  from: number,
  to: number,
): { covered: number; whole: number; kind: TimeKind | null } {
  const here = line.filter((piece) => piece.to > from && piece.from < Math.max(to, from + 1));
  const there = here.filter((piece) => attends(piece.kind));
  const last = Math.max(to, from + 1);
  const covered = there.reduce((sum, piece) => sum + Math.min(piece.to, last) - Math.max(piece.from, from), 0);
  return { covered, whole: last - from, kind: (there[0] ?? here[0])?.kind ?? null };
}
