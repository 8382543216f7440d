/**
 * Why this file exists: whenever the demo is started, its retreat must be in full swing: the first day is today, it began
 * a few hours ago, and the point being discussed was opened some minutes ago, a little behind the plan.
 */

export const TIME_ZONE = 'Europe/Stockholm';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long the point under discussion has been open. */
export const OPEN_FOR = 11 * MINUTE;

/** Date `YYYY-MM-DD` and clock `HH:MM` of a moment, as a clock on the wall of the meeting shows them. */
export function wallTime(at: number): { date: string; clock: string } {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: TIME_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { date: `${get('year')}-${get('month')}-${get('day')}`, clock: `${get('hour')}:${get('minute')}` };
}

/** A date so many days from a moment, in the meeting's calendar; the clock's change in spring and autumn does not shift it. */
export function dateIn(days: number, now: number): string {
  const noon = Date.parse(`${wallTime(now).date}T12:00:00Z`);
  return new Date(noon + days * DAY).toISOString().slice(0, 10);
}

/** How far the day has come at least: what is written in the demo takes so long. */
const EARLIEST = 3 * 60;

/** How long it is, milliseconds, until a retreat that begins today can be in full swing; 0 from three in the morning. */
export function untilInFullSwing(at: number): number {
  return Math.max(0, EARLIEST - minutesOf(wallTime(at).clock)) * MINUTE;
}

export interface Timetable {
  /** When the first sitting began. */
  start: number;
  /** Clock times of the first sitting. */
  startClock: string;
  endClock: string;
  /** Minutes to plan for the dialogue, so that the plan of the point under discussion lies just before its opening. */
  dialogueMinutes: number;
  /** When the points before and including the current one were opened, in the order given. */
  openings: number[];
}

/**
 * The first day, seen from `now`. `planned` are the minutes of the points before the current one, in order; the entry
 * that is `null` is the dialogue, whose length is found here.
 */
export function timetable(now: number, planned: (number | null)[]): Timetable {
  const midnight = now - (minutesOf(wallTime(now).clock) * MINUTE + (now % MINUTE));
  const wanted = now - 150 * MINUTE;
  const start = Math.max(midnight, wanted - (minutesSince(midnight, wanted) % 30) * MINUTE - (wanted % MINUTE));
  const elapsed = now - start;
  const opened = now - Math.min(OPEN_FOR, elapsed / 2);
  const others = planned.reduce<number>((sum, minutes) => sum + (minutes ?? 0), 0);
  const dialogueMinutes = Math.max(30, Math.floor(((opened - start) / MINUTE - others - 4) / 5) * 5);
  const total = others + dialogueMinutes;
  const openings: number[] = [];
  let before = 0;
  for (const minutes of [...planned, 0]) {
    // Everything took a little longer than planned, in proportion; the last one ends when the current one begins.
    openings.push(Math.round(start + ((opened - start) * before) / total));
    before += minutes ?? dialogueMinutes;
  }
  const end = Math.min(minutesOf(wallTime(start).clock) + 7 * 60, 23 * 60 + 45);
  return { start, startClock: wallTime(start).clock, endClock: clockOf(end), dialogueMinutes, openings };
}

function minutesSince(from: number, to: number): number {
  return Math.floor((to - from) / MINUTE);
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
