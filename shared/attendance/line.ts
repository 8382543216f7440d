/**
 * Why this file exists: one person's presence as a line: pieces of time that never overlap, so that nobody is ever two things
 * at once. What is said later is painted over what was said before. Kept is the line again, in the sittings' own terms, so
 * that a sitting that begins half an hour later takes its "from the start" along.
 */
import type { Id } from '../ids.ts';
import type { AttendanceEntry, EntryDraft, TimeKind } from './attendance.ts';
import type { AttendanceFrame, SittingSpan } from './frame.ts';

/** A status from `from` until before `to`; the ends may be infinite. */
export interface Piece {
  kind: TimeKind;
  from: number;
  to: number;
  sittingId: Id | null;
  forPersonId: Id | null;
  note: string;
}

/** What a moment counts as in a sitting: all that lies before it starts is its start. */
function snap(sitting: SittingSpan, at: number | null, otherwise: number): number {
  if (at === null) return otherwise;
  if (at <= sitting.from) return sitting.begins;
  return Math.min(at, sitting.ends);
}

/** What `said` means in each sitting it reaches; nothing for an item's entry, or for a sitting that is no longer there. */
export function piecesOf(frame: AttendanceFrame, said: EntryDraft): Piece[] {
  if (said.itemId !== null || said.kind === 'conflict') return [];
  const { kind, forPersonId, note } = said;
  return frame.sittings.flatMap((sitting) => {
    if (said.sittingId !== null && said.sittingId !== sitting.id) return [];
    const piece = { kind, sittingId: sitting.id, forPersonId, note };
    const from = snap(sitting, said.from === null ? null : Math.max(said.from, sitting.begins), sitting.begins);
    const to = snap(sitting, said.to, sitting.ends);
    return from < to ? [{ ...piece, from, to }] : [];
  });
}

/** `line` without the time from `from` until before `to`. */
export function erase(line: readonly Piece[], { from, to }: { from: number; to: number }): Piece[] {
  return line.flatMap((piece) => {
    if (piece.to <= from || piece.from >= to) return [piece];
    const rest: Piece[] = [];
    if (piece.from < from) rest.push({ ...piece, to: from });
    if (piece.to > to) rest.push({ ...piece, from: to });
    return rest;
  });
}

const goesOn = (a: Piece, b: Piece): boolean =>
  a.to === b.from &&
  a.kind === b.kind &&
  a.sittingId === b.sittingId &&
  a.forPersonId === b.forPersonId &&
  a.note === b.note;

/** `line` with `piece` over whatever was there; equal neighbours become one. */
export function paint(line: readonly Piece[], piece: Piece): Piece[] {
  const pieces = [...erase(line, piece), piece].sort((a, b) => a.from - b.from);
  const result: Piece[] = [];
  for (const next of pieces) {
    const last = result.at(-1);
    if (last && goesOn(last, next)) result[result.length - 1] = { ...last, to: next.to };
    else result.push(next);
  }
  return result;
}

/** The line of what was said about one person: sorted, without overlaps. */
export function lineOf(frame: AttendanceFrame, said: readonly EntryDraft[]): Piece[] {
  let line: Piece[] = [];
  for (const entry of said) for (const piece of piecesOf(frame, entry)) line = paint(line, piece);
  return line;
}

/** The line in the sittings' terms: what is kept. */
export function draftsOf(frame: AttendanceFrame, line: readonly Piece[]): EntryDraft[] {
  return line.map(({ kind, from, to, sittingId, forPersonId, note }) => {
    const sitting = frame.sittings.find(({ id }) => id === sittingId);
    return {
      kind,
      from: !sitting || from <= sitting.begins ? null : from,
      to: !sitting || to >= sitting.ends ? null : to,
      sittingId,
      itemId: null,
      forPersonId,
      note,
    };
  });
}

/** What was said about one person. */
export function saidOf(entries: readonly AttendanceEntry[], personId: Id): AttendanceEntry[] {
  return entries.filter((entry) => entry.personId === personId);
}

/** The piece at a moment, or `null` where nothing is said. */
export function pieceAt(line: readonly Piece[], at: number): Piece | null {
  return line.find((piece) => at >= piece.from && at < piece.to) ?? null;
}
