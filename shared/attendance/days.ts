/**
 * Why this file exists: what somebody's line amounts to in each sitting, in whole minutes: what of the time it was held they
 * sat in the room, and what they missed. The sentences of the minutes are made from this.
 */
import { type AttendanceEntry, attends } from './attendance.ts';
import { type AttendanceFrame, type SittingSpan, toMinute } from './frame.ts';
import { lineOf, type Piece } from './line.ts';

/** From until before, in milliseconds on whole minutes. */
export interface Run {
  from: number;
  to: number;
}

export interface DayOf {
  sitting: SittingSpan;
  /** The time it was held, or is expected to be. */
  held: Run;
  /** What of it is missed, in order, not touching one another. */
  missed: Run[];
  /** Nothing of it is attended. */
  whole: boolean;
}

function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.from - b.from)) {
    if (run.from >= run.to) continue;
    const last = result.at(-1);
    if (last && run.from <= last.to) last.to = Math.max(last.to, run.to);
    else result.push({ ...run });
  }
  return result;
}

/** What of `whole` is in none of `runs`. */
export function without(whole: Run, runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  let from = whole.from;
  for (const run of joined(runs)) {
    if (run.from > from) result.push({ from, to: Math.min(run.from, whole.to) });
    from = Math.max(from, run.to);
  }
  if (from < whole.to) result.push({ from, to: whole.to });
  return joined(result.filter((run) => run.from < run.to));
}

/** The parts of a line of which `wanted` is true, within a sitting's time. */
export function runsOf(line: readonly Piece[], held: Run, wanted: (piece: Piece) => boolean): Run[] {
  return joined(
    line.filter(wanted).map((piece) => ({
      from: Math.max(held.from, piece.from === Number.NEGATIVE_INFINITY ? held.from : toMinute(piece.from)),
      to: Math.min(held.to, piece.to === Number.POSITIVE_INFINITY ? held.to : toMinute(piece.to)),
    })),
  );
}

/** The minutes a sitting was held; at least one, so that nobody is there and away at once. */
export function heldOf(sitting: SittingSpan): Run {
  const from = toMinute(sitting.heldFrom);
  return { from, to: Math.max(toMinute(sitting.heldTo), from + 60_000) };
}

/**
 * One person's days. In a sitting that has not begun only what was announced is missed: nobody is away from tomorrow because
 * nothing has been said of it.
 */
export function daysOf(frame: AttendanceFrame, said: readonly AttendanceEntry[]): DayOf[] {
  const line = lineOf(frame, said);
  return frame.sittings.map((sitting) => {
    const held = heldOf(sitting);
    const here = line.filter((piece) => piece.sittingId === sitting.id);
    const there = runsOf(here, held, (piece) => attends(piece.kind));
    const missed = frame.now < held.from ? runsOf(here, held, (piece) => !attends(piece.kind)) : without(held, there);
    const only = missed[0];
    return { sitting, held, missed, whole: only !== undefined && only.from <= held.from && only.to >= held.to };
  });
}
