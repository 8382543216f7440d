/**
 * Why this file exists: a time is corrected by taking hold of its end. What touches it there gives way or follows, so that no
 * time between two statuses is left without one.
 */
import type { AttendanceEntry, EntryDraft } from './attendance.ts';
import { type AttendanceFrame, toMinute } from './frame.ts';
import { draftsOf, erase, type Piece, paint } from './line.ts';

export type Side = 'from' | 'to';

/**
 * The line with one end of one of its pieces at `at`, kept within the piece's sitting and at least a minute from its other
 * end. A neighbour that touched it there touches it still; one that is reached is cut.
 */
export function withEdgeAt(
  frame: AttendanceFrame,
  line: readonly Piece[],
  piece: Piece,
  side: Side,
  at: number,
): Piece[] {
  const sitting = frame.sittings.find(({ id }) => id === piece.sittingId);
  if (!sitting) return [...line];
  const minute = toMinute(at);
  const other = side === 'from' ? piece.to : piece.from;
  const limit = Math.max(sitting.from, Number.isFinite(other) ? other : sitting.from) + 60_000;
  const to = side === 'to' ? Math.max(limit, minute) : Math.min(Math.min(piece.to, sitting.ends) - 60_000, minute);
  const edge =
    side === 'from' && to <= sitting.from ? sitting.begins : side === 'to' && to >= sitting.ends ? sitting.ends : to;
  const moved: Piece = { ...piece, [side]: edge };
  if (moved.from >= moved.to) return [...line];
  const grows = side === 'from' ? edge <= piece.from : edge >= piece.to;
  if (grows) return paint(line, moved);
  const beside = line.find((one) =>
    side === 'from'
      ? one.to === piece.from && one.sittingId === piece.sittingId
      : one.from === piece.to && one.sittingId === piece.sittingId,
  );
  if (beside) return paint(line, side === 'from' ? { ...beside, to: edge } : { ...beside, from: edge });
  return erase(line, side === 'from' ? { from: piece.from, to: edge } : { from: edge, to: piece.to });
}

/** What to record of a person whose line has become `line`: its times, and what was said of items before. */
export function draftsWith(
  frame: AttendanceFrame,
  said: readonly AttendanceEntry[],
  line: readonly Piece[],
): EntryDraft[] {
  return [...draftsOf(frame, line), ...said.filter(({ itemId }) => itemId !== null).map(draftOf)];
}

/** An entry without who said it and when. */
export function draftOf({ kind, from, to, sittingId, itemId, forPersonId, note }: EntryDraft): EntryDraft {
  return { kind, from, to, sittingId, itemId, forPersonId, note };
}
