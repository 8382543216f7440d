/** Why this file exists: a moment has a place along a sitting, and a place a moment. Pure; shares are 0 at the left, 1 at the right. */
import { type AttendanceFrame, type SittingSpan, toMinute } from '#shared/attendance/frame.ts';

const HOUR = 3_600_000;

/** The time a sitting's strip shows. */
export interface Axis {
  from: number;
  to: number;
}

/** The planned hours, and what was held beyond them. Never empty. */
export function axisOf(sitting: SittingSpan): Axis {
  const from = toMinute(Math.min(Number.isFinite(sitting.from) ? sitting.from : sitting.heldFrom, sitting.heldFrom));
  const to = toMinute(Math.max(Number.isFinite(sitting.to) ? sitting.to : sitting.heldTo, sitting.heldTo));
  return { from, to: Math.max(to, from + 30 * 60_000) };
}

/** Where a moment is, kept within the strip. */
export function shareOf({ from, to }: Axis, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** The minute at a share of the strip. */
export function momentAt({ from, to }: Axis, share: number): number {
  return toMinute(from + Math.min(1, Math.max(0, share)) * (to - from) + 30_000);
}

/** Clock times to write along a strip: whole hours of the place, at most `most` of them. */
export function ticksOf(axis: Axis, frame: Pick<AttendanceFrame, 'timeZone'>, most: number): number[] {
  const first = firstWholeHour(axis.from, frame.timeZone);
  const hours: number[] = [];
  for (let at = first; at <= axis.to; at += HOUR) hours.push(at);
  const step = [1, 2, 3, 4, 6, 12, 24].find((every) => Math.ceil(hours.length / every) <= most) ?? 24;
  return hours.filter((_, n) => n % step === 0);
}

function firstWholeHour(at: number, timeZone: string): number {
  const minutes = Number(new Intl.DateTimeFormat('en-GB', { minute: '2-digit', timeZone }).format(at));
  return minutes === 0 ? at : at + (60 - minutes) * 60_000;
}
