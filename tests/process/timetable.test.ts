import { describe, expect, it } from 'vitest';
import { retreat } from '../../server/demo/content.ts';
import { dateIn, OPEN_FOR, timetable, untilInFullSwing, wallTime } from '../../server/demo/timetable.ts';

const MINUTE = 60_000;
/** A day in winter, one in summer, and one in which the clock changes. */
const DAYS = ['2026-11-12T00:00:00Z', '2027-06-30T00:07:00Z', '2027-03-27T12:00:00Z'];

describe('the demo is in full swing whenever it is started', () => {
  it.each(DAYS)('at every quarter of an hour from %s', (day) => {
    for (let n = 0; n < 96; n++) check(Date.parse(day) + n * 15 * MINUTE);
  });

  function check(now: number): void {
    const script = retreat(now);
    const times = [...script.openings.values()];
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBe(script.startsAt);
    expect(wallTime(now - OPEN_FOR).date <= wallTime(now).date).toBe(true);
    const opened = times.at(-1) ?? 0;
    expect(now - opened).toBeGreaterThanOrEqual(0);
    expect(now - opened).toBeLessThanOrEqual(OPEN_FOR);
    expect(now - script.startsAt).toBeLessThanOrEqual(181 * MINUTE);

    const [first, second] = script.sittings.map(({ sitting }) => sitting);
    expect(first?.date).toBe(wallTime(now).date);
    expect(second?.date).toBe(dateIn(1, now));
    expect((first?.start ?? '') < (first?.end ?? '')).toBe(true);
    for (const phase of script.phases) expect(phase.at).toBeGreaterThan(script.createdAt);
  }

  it('stands a little behind its plan in the daytime', () => {
    for (let hour = 8; hour < 20; hour++) {
      const now = Date.parse(`2026-11-12T${String(hour).padStart(2, '0')}:32:00Z`);
      const script = retreat(now);
      const [day] = script.sittings;
      const minutes = (day?.items ?? [])
        .flatMap((section) => section.children ?? [])
        .filter(({ key }) => key !== 'points')
        .flatMap((item) => item.children ?? [item])
        .reduce((sum, item) => sum + (item.minutes ?? 0), 0);
      const late = (script.openings.get('points') ?? 0) - (script.startsAt + minutes * MINUTE);
      expect(late / MINUTE).toBeGreaterThanOrEqual(4);
      expect(late / MINUTE).toBeLessThanOrEqual(10);
    }
  });
});

it('started in the small hours, too, its day began today and hours ago', () => {
  for (let half = 0; half < 48; half++) {
    const at = Date.parse('2026-11-23T00:01:30+01:00') + half * 30 * 60_000;
    const now = at + untilInFullSwing(at);
    const { start } = timetable(now, [30, null, 45]);
    expect([wallTime(now).date, wallTime(start).date]).toEqual(['2026-11-23', '2026-11-23']);
    expect(now - start, wallTime(at).clock).toBeGreaterThanOrEqual(150 * 60_000);
  }
});
