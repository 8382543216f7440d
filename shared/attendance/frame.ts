/**
 * Why this file exists: presence is said in relation to the meeting's days and items, so this is the meeting as presence sees
 * it: when each sitting was planned and really held, and when each item was treated. Each moment belongs to exactly one
 * sitting: what comes early or late belongs to the nearest. Milliseconds since 1970.
 */
import { momentOf } from '../agenda-time.ts';
import { type Agenda, bySittingTime } from '../agenda-tree.ts';
import type { ItemState, Sitting } from '../api.ts';
import type { Id } from '../ids.ts';

const DAY = 24 * 60 * 60_000;
/** Opened this much later than planned, the meeting began when it was opened; later than that, nobody minded the clock. */
const LATE_OPENING_MS = 30 * 60_000;

export interface SittingSpan {
  /** `null` for a meeting without sittings, which is one span without edges. */
  id: Id | null;
  /** 1 for the first: "dag 1". */
  day: number;
  /** The hours of the notice. */
  from: number;
  to: number;
  /** When it was really held, as far as is known at `now`. */
  heldFrom: number;
  heldTo: number;
  /** Every moment from `begins` until before `ends` belongs to this sitting. */
  begins: number;
  ends: number;
}

export interface FrameItem {
  id: Id;
  /** "6", "6.1", or '' for what has no number. */
  number: string;
  title: string;
  /** The item or section it stands under, or ''. */
  parent: Id | '';
  presenters: readonly Id[];
  visits: readonly { from: number; to: number | null }[];
}

export interface AttendanceFrame {
  timeZone: string;
  /** In the order of time; never empty. */
  sittings: readonly SittingSpan[];
  /** In the order of the agenda. */
  items: ReadonlyMap<Id, FrameItem>;
  now: number;
}

/** What of a meeting presence depends on. */
export interface FramedMeeting {
  timeZone: string;
  sittings: readonly Pick<Sitting, 'id' | 'date' | 'start' | 'end'>[];
  items: readonly Pick<ItemState, 'itemId' | 'visits'>[];
}

type Visit = { from: number; to: number | null };

/** Without an agenda the items have neither numbers nor presenters. */
export function frameOf(meeting: FramedMeeting, agenda: Agenda | null, now: number): AttendanceFrame {
  const visits = new Map(meeting.items.map(({ itemId, visits: of }) => [itemId, of]));
  const items = new Map<Id, FrameItem>();
  for (const { item, number, parent } of agenda?.rows ?? [])
    items.set(item.id, {
      id: item.id,
      number,
      title: item.title,
      parent,
      presenters: item.presenters.flatMap(({ personId }) => (personId === null ? [] : [personId])),
      visits: visits.get(item.id) ?? [],
    });
  // What was treated and then left the agenda was treated all the same.
  for (const [id, of] of visits)
    if (!items.has(id) && of.length > 0)
      items.set(id, { id, number: '', title: '', parent: '', presenters: [], visits: of });
  return {
    timeZone: meeting.timeZone,
    sittings: spansOf(meeting, [...visits.values()].flat(), now),
    items,
    now,
  };
}

function spansOf(meeting: FramedMeeting, visits: readonly Visit[], now: number): SittingSpan[] {
  const planned = [...meeting.sittings].sort(bySittingTime).flatMap(({ id, date, start, end }) => {
    const from = momentOf(date, start, meeting.timeZone);
    const to = momentOf(date, end, meeting.timeZone);
    if (from === null || to === null) return [];
    // Ends at an earlier clock time than it starts: after midnight.
    return [{ id, from, to: to < from ? to + DAY : to }];
  });
  if (planned.length === 0) return [withoutSittings(visits, now)];
  return planned.map(({ id, from, to }, index) => {
    const before = planned[index - 1];
    const after = planned[index + 1];
    const begins = before ? between(before.to, from) : Number.NEGATIVE_INFINITY;
    const ends = after ? between(to, after.from) : Number.POSITIVE_INFINITY;
    const here = visits.filter((visit) => visit.from >= begins && visit.from < ends);
    return { id, day: index + 1, from, to, begins, ends, ...heldOf({ from, to }, here, now) };
  });
}

/** Where one sitting's time ends and the next one's begins: the middle of what lies between them. */
function between(end: number, start: number): number {
  return end < start ? end + Math.floor((start - end) / 2) : start;
}

function heldOf(
  { from, to }: { from: number; to: number },
  visits: readonly Visit[],
  now: number,
): { heldFrom: number; heldTo: number } {
  if (visits.length === 0) return { heldFrom: from, heldTo: to };
  const opened = Math.min(...visits.map((visit) => visit.from));
  const closed = Math.max(...visits.map((visit) => visit.to ?? Math.max(now, visit.from)));
  const heldFrom = opened > from && opened - from <= LATE_OPENING_MS ? opened : from;
  const over = now >= to && visits.every((visit) => visit.to !== null);
  return { heldFrom, heldTo: Math.max(heldFrom, over ? closed : Math.max(to, closed)) };
}

function withoutSittings(visits: readonly Visit[], now: number): SittingSpan {
  const [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const heldFrom = visits.length === 0 ? now : Math.min(...visits.map((visit) => visit.from));
  const heldTo = visits.length === 0 ? now : Math.max(...visits.map((visit) => visit.to ?? Math.max(now, visit.from)));
  return { id: null, day: 1, from, to, begins: from, ends: to, heldFrom, heldTo };
}

/** Presence is said in whole minutes: that is what a clock on a wall shows. */
export const toMinute = (at: number): number => Math.floor(at / 60_000) * 60_000;

/** The sitting a moment belongs to. */
export function sittingAt(frame: AttendanceFrame, at: number): SittingSpan {
  return frame.sittings.find(({ begins, ends }) => at >= begins && at < ends) ?? frame.sittings.at(-1)!;
}

/** An item and those it stands under: who is not there for 6 is not there for 6.1. */
export function withHolders(frame: AttendanceFrame, itemId: Id): Id[] {
  const ids: Id[] = [itemId];
  for (let at = frame.items.get(itemId)?.parent; at && !ids.includes(at); at = frame.items.get(at)?.parent)
    ids.push(at);
  return ids;
}
