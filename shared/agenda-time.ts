/**
 * Why this file exists: nobody writes clock times into an agenda. They follow from when the sitting starts and how many
 * minutes each row is given, so a row that moves carries its time along; and what really happened is measured against
 * that plan. All moments are milliseconds since 1970 and all durations whole minutes unless a name says otherwise.
 */
import { parseDateTime, toZoned } from '@internationalized/date';
import type { Agenda, AgendaNode } from './agenda-tree.ts';
import type { Sitting } from './api.ts';
import type { Id } from './ids.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The hours of a sitting; other fields play no part here. */
export type SittingHours = Pick<Sitting, 'id' | 'date' | 'start' | 'end'>;

/** A row's planned time. `start` and `end` are `null` when the meeting has no sitting to count from. */
export interface Planned {
  start: number | null;
  end: number | null;
  minutes: number;
}

/** A sitting's plan as a whole. */
export interface SittingPlan {
  sitting: Id;
  start: number;
  /** When the last row would end. */
  end: number;
  /** When it is to end according to its own hours. */
  closes: number;
  minutes: number;
  /** Minutes planned beyond `closes`; negative when there is time to spare. */
  overrun: number;
}

export interface Plan {
  rows: ReadonlyMap<Id, Planned>;
  sittings: readonly SittingPlan[];
}

/**
 * The moment of a clock time in a zone. A time that does not exist (the clock is put forward) becomes the one an hour
 * later; one that occurs twice is the first. An unknown zone counts as UTC, a date that does not parse gives `null`.
 */
export function momentOf(date: string, clock: string, timeZone: string): number | null {
  try {
    const local = parseDateTime(`${date}T${clock}`);
    return toZoned(local, isTimeZone(timeZone) ? timeZone : 'UTC', 'compatible')
      .toDate()
      .getTime();
  } catch {
    return null;
  }
}

const knownZones = new Map<string, boolean>();

function isTimeZone(name: string): boolean {
  let known = knownZones.get(name);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      known = true;
    } catch {
      known = false;
    }
    knownZones.set(name, known);
  }
  return known;
}

/**
 * How long a row takes: its own minutes or the sum of the rows below it, whichever is more. A section of 60 minutes
 * with items of 20 and 20 takes 60 (the rest is at its end); with items of 40 and 40 it takes 80.
 */
export function durationOf(node: AgendaNode): number {
  const below = node.children.reduce((sum, child) => sum + durationOf(child), 0);
  return Math.max(node.item.minutes, below);
}

/** Planned times of every row and sitting. Rows below another start when it starts and follow one another. */
export function planOf(agenda: Agenda, sittings: readonly SittingHours[], timeZone: string): Plan {
  const rows = new Map<Id, Planned>();
  const lay = (nodes: readonly AgendaNode[], from: number | null): number => {
    let passed = 0;
    for (const node of nodes) {
      const minutes = durationOf(node);
      const start = from === null ? null : from + passed * MINUTE;
      rows.set(node.item.id, { start, end: start === null ? null : start + minutes * MINUTE, minutes });
      lay(node.children, start);
      passed += minutes;
    }
    return passed;
  };
  const plans: SittingPlan[] = [];
  for (const group of agenda.groups) {
    const sitting = sittings.find((one) => one.id === group.sitting);
    const start = sitting ? momentOf(sitting.date, sitting.start, timeZone) : null;
    const minutes = lay(group.nodes, start);
    if (!sitting || start === null) continue;
    let closes = momentOf(sitting.date, sitting.end, timeZone) ?? start;
    // A sitting that ends at an earlier clock time than it starts ends after midnight.
    if (closes < start) closes += DAY;
    const end = start + minutes * MINUTE;
    plans.push({ sitting: sitting.id, start, end, closes, minutes, overrun: Math.round((end - closes) / MINUTE) });
  }
  return { rows, sittings: plans };
}

/** What really happened to an item. */
export interface Actual {
  opened: number | null;
  /** When it was left for the last time; `null` while it is open, or when it never was. */
  closed: number | null;
  open: boolean;
  /** Milliseconds it has been the current item, pauses between its visits left out. */
  elapsed: number;
}

/** Adds up an item's visits; overlapping ones count once. `now` closes an open visit for the count. */
export function actualOf(visits: readonly { from: number; to: number | null }[], now: number): Actual {
  const sorted = [...visits].sort((a, b) => a.from - b.from);
  let elapsed = 0;
  let until = Number.NEGATIVE_INFINITY;
  let closed: number | null = null;
  let open = false;
  for (const visit of sorted) {
    const to = visit.to ?? Math.max(now, visit.from);
    if (visit.to === null) open = true;
    elapsed += Math.max(0, to - Math.max(visit.from, until));
    until = Math.max(until, to);
    closed = until;
  }
  return { opened: sorted[0]?.from ?? null, closed: open ? null : closed, open, elapsed };
}

/**
 * How many whole minutes behind the plan the meeting is while an item is open; negative when ahead, `null` when the
 * item has no planned moment. On plan means: this long into the item, this is the time it would be. Minutes beyond
 * what the item was given count as they pass; time it was open before and left again does not start it over.
 */
export function driftOf(planned: Planned | undefined, actual: Actual, now: number): number | null {
  if (!planned || planned.start === null || actual.opened === null) return null;
  const expected = planned.start + Math.min(actual.elapsed, planned.minutes * MINUTE);
  const minutes = (now - expected) / MINUTE;
  if (Math.abs(minutes) > 12 * 60) return null;
  return minutes < 0 ? Math.ceil(minutes) + 0 : Math.floor(minutes);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A moment as a clock time in the meeting's zone: "08.30" in Swedish, "08:30" in English. */
export function clockText(moment: number, timeZone: string, language: string): string {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, formatter);
  }
  const text = formatter.format(moment);
  return language.startsWith('sv') ? text.replace(':', '.') : text;
}
