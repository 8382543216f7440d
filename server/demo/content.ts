/**
 * Why this file exists: the retreat of the demo as one script: the words of both days, the people, and the times that
 * put it in full swing at `now`.
 */
import { PEOPLE } from './cast.ts';
import { DAY_ONE } from './day-one.ts';
import { DAY_TWO } from './day-two.ts';
import type { MeetingScript } from './play.ts';
import { flatten, type ScriptItem } from './script.ts';
import { dateIn, timetable } from './timetable.ts';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
const HOUSE = { venue: 'Lillvikens kursgård', address: 'Strandvägen 12, Tallmo', link: '' };

/** Key of the point under discussion: chair, facilitator, secretary and members may all write in it. */
export const CURRENT = 'points';
/** Its length gives way so that the plan fits the clock. */
const STRETCHED = 'dialogue';

function stretch(items: ScriptItem[], minutes: number): ScriptItem[] {
  return items.map((item) => ({
    ...item,
    ...(item.key === STRETCHED ? { minutes } : {}),
    ...(item.children ? { children: stretch(item.children, minutes) } : {}),
  }));
}

/** The two-day retreat: its first day is the day of `now`. */
export function retreat(now: number): MeetingScript {
  const held = flatten(DAY_ONE).filter((item) => item.kind !== 'section');
  const before = held.filter((item) => item.key !== CURRENT);
  const times = timetable(
    now,
    // A point with points under it takes as long as they do.
    before.map((item) => (item.key === STRETCHED ? null : item.children ? 0 : (item.minutes ?? 0))),
  );
  const openings = new Map([...before.map(({ key }) => key), CURRENT].map((key, n) => [key, times.openings[n] ?? now]));
  for (const [n, { children }] of before.entries()) {
    const [first, opened, next] = [children?.[0]?.key, times.openings[n + 1], times.openings[n + 2]];
    // It is opened first, and the first of those under it half-way.
    if (first && opened && next) openings.set(first, Math.round((opened + next) / 2));
  }
  const previousOpened = openings.get('previous') ?? now;
  return {
    title: 'Höstinternat: nära till det nödvändiga',
    body: 'Nordälvens samråd',
    registryNumber: 'RN 2026/181',
    template: 'blank',
    creator: 'samir',
    createdAt: now - 24 * DAY,
    startsAt: times.start,
    participants: PEOPLE.map(({ key, roles, absence }) => ({ key, roles, absence })),
    sittings: [
      {
        sitting: { ...HOUSE, date: dateIn(0, now), start: times.startClock, end: times.endClock, room: 'Stora salen' },
        items: stretch(DAY_ONE, times.dialogueMinutes),
      },
      {
        sitting: { ...HOUSE, date: dateIn(1, now), start: '08:30', end: '12:00', room: 'Stora salen' },
        items: DAY_TWO,
      },
    ],
    phases: [{ at: times.start - MINUTE, phase: 'ongoing', by: 'samir' }],
    openings,
    locks: [{ key: 'previous', at: previousOpened + 3 * MINUTE, by: 'freja', reason: 'Lagt till handlingarna' }],
    until: now,
  };
}
