// People read clock times off the agenda and trust them, also on the days when the clocks are changed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patchItem } from '#shared/agenda.ts';
import { actualOf, clockText, driftOf, momentOf, planOf } from '#shared/agenda-time.ts';
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import { dayOf, docWith, idOf, twoDays } from './world.ts';

const zone = 'Europe/Stockholm';
const hours = twoDays.map((day) => ({ ...day, end: '10:00' }));
const MINUTE = 60_000;

function planned(minutes: Record<number, number>) {
  const doc = docWith([
    { n: 1 },
    { n: 2, kind: 'section' },
    { n: 3, parent: 2 },
    { n: 4, parent: 2 },
    { n: 5, kind: 'break' },
    { n: 6, sitting: 2 },
  ]);
  for (const [n, value] of Object.entries(minutes)) patchItem(doc, idOf(Number(n)), { minutes: value });
  const plan = planOf(readAgenda(doc, withoutNotice(twoDays)), hours, zone);
  const clock = (n: number) => clockText(plan.rows.get(idOf(n))!.start!, zone, 'sv-SE');
  return { plan, clock };
}

describe('planned times', () => {
  test('rows follow each other from the sitting’s start; a holder takes the larger of its own and its rows’ minutes', () => {
    const { plan, clock } = planned({ 1: 15, 2: 30, 3: 20, 4: 20, 5: 10, 6: 45 });
    expect([1, 2, 3, 4, 5, 6].map(clock)).toEqual(['09.00', '09.15', '09.15', '09.35', '09.55', '08.30']);
    expect(plan.sittings).toMatchObject([
      { sitting: dayOf(1), minutes: 65, overrun: 5 },
      { sitting: dayOf(2), minutes: 45, overrun: -45 },
    ]);
    const roomy = planned({ 2: 50, 3: 20, 4: 20 });
    expect([2, 4, 5].map(roomy.clock)).toEqual(['09.00', '09.20', '09.50']);
  });

  test('without sittings there are minutes but no clock', () => {
    const plan = planOf(readAgenda(docWith([{ n: 1 }]), withoutNotice([])), [], zone);
    expect(plan.rows.get(idOf(1))).toEqual({ start: null, end: null, minutes: 0 });
    expect(plan.sittings).toEqual([]);
  });

  test('the days when clocks change', () => {
    const at = (date: string, clock: string) => new Date(momentOf(date, clock, zone)!).toISOString();
    expect(at('2027-03-28', '01:30')).toBe('2027-03-28T00:30:00.000Z');
    expect(at('2027-03-28', '02:30')).toBe('2027-03-28T01:30:00.000Z');
    expect(at('2027-03-28', '03:30')).toBe('2027-03-28T01:30:00.000Z');
    expect(at('2027-10-31', '02:30')).toBe('2027-10-31T00:30:00.000Z');
    // An hour after half past one on the night of summer time it is half past three.
    expect(clockText(momentOf('2027-03-28', '01:30', zone)! + 60 * MINUTE, zone, 'sv-SE')).toBe('03.30');
    expect(clockText(momentOf('2027-03-28', '09:00', zone)!, zone, 'en-GB')).toBe('09:00');
  });

  test('a sitting over midnight, a zone nobody knows and a broken date', () => {
    const agenda = readAgenda(docWith([{ n: 1 }]), withoutNotice(twoDays));
    const night = planOf(agenda, [{ ...hours[0]!, start: '22:00', end: '01:00' }], zone).sittings[0]!;
    expect((night.closes - night.start) / MINUTE).toBe(180);
    expect(momentOf('2027-03-10', '09:00', 'Nowhere/Land')).toBe(Date.UTC(2027, 2, 10, 9));
    expect(momentOf('2027-13-10', '09:00', zone)).toBeNull();
    expect(clockText(0, 'Nowhere/Land', 'sv')).toBe('00.00');
  });

  test('the clock shows the minutes that were asked for, in any zone and on any day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(zone, 'America/New_York', 'Asia/Kathmandu', 'UTC'),
        fc.integer({ min: 0, max: 365 }),
        fc.integer({ min: 4, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (timeZone, day, hour, minute) => {
          const date = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10);
          const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
          expect(clockText(momentOf(date, clock, timeZone)!, timeZone, 'en')).toBe(clock);
        },
      ),
    );
  });
});

describe('what really happened', () => {
  test('visits add up, pauses left out and overlaps once', () => {
    const visits = [
      { from: 50, to: 70 },
      { from: 0, to: 20 },
      { from: 10, to: 30 },
    ];
    expect(actualOf(visits, 100)).toEqual({ opened: 0, closed: 70, open: false, elapsed: 50 });
    expect(actualOf([...visits, { from: 90, to: null }], 100)).toEqual({
      opened: 0,
      closed: null,
      open: true,
      elapsed: 60,
    });
    expect(actualOf([], 100)).toEqual({ opened: null, closed: null, open: false, elapsed: 0 });
  });

  test('drift: late start, then over its own time, or ahead', () => {
    const plan = { start: 100 * MINUTE, end: 120 * MINUTE, minutes: 20 };
    const drift = (from: number, now: number) =>
      driftOf(plan, actualOf([{ from: from * MINUTE, to: null }], now * MINUTE), now * MINUTE);
    expect(drift(105, 110)).toBe(5);
    expect(drift(105, 125)).toBe(5);
    expect(drift(105, 130)).toBe(10);
    expect(drift(90, 95)).toBe(-10);
    expect(drift(105, 105 + 13 * 60)).toBeNull();
    expect(driftOf(undefined, actualOf([], 0), 0)).toBeNull();
    expect(driftOf({ start: null, end: null, minutes: 5 }, actualOf([{ from: 0, to: null }], 9), 9)).toBeNull();
  });
});
