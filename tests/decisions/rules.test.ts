/** Why this file exists: the rules of decisions and what is to be done, without a server: numbers, days, lines. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionItem, byDue, isDone, withLine } from '#shared/decisions/action.ts';
import { bodyKey } from '#shared/decisions/body.ts';
import { NUMBERING_POLICIES, nextNumber, numberLabel, seriesOf, takesNumber } from '#shared/decisions/decision.ts';
import { type Due, dueText, latestDay, parseDue, SEASONS, weeksIn } from '#shared/decisions/due.ts';

const year = fc.integer({ min: 2000, max: 2100 });
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const due: fc.Arbitrary<Due> = fc.oneof(
  fc.record({ precision: fc.constant('day' as const), date: day, before: fc.boolean() }),
  fc.record({
    precision: fc.constant('week' as const),
    year,
    week: fc.integer({ min: 1, max: 52 }),
    before: fc.boolean(),
  }),
  fc.record({
    precision: fc.constant('month' as const),
    year,
    month: fc.integer({ min: 1, max: 12 }),
    before: fc.boolean(),
  }),
  fc.record({
    precision: fc.constant('season' as const),
    year,
    season: fc.constantFrom(...SEASONS),
    before: fc.boolean(),
  }),
);

describe('when something is to be done', () => {
  it('is understood as it is said, in both languages', () => {
    fc.assert(
      fc.property(due, fc.constantFrom('sv' as const, 'en' as const), (one, language) => {
        expect(parseDue(dueText(one, language), '2026-11-12')).toEqual(one);
      }),
    );
  });

  it.each([
    ['v. 42', { precision: 'week', year: 2027, week: 42, before: false }, '2027-10-24'],
    ['v49', { precision: 'week', year: 2026, week: 49, before: false }, '2026-12-06'],
    ['före v. 49', { precision: 'week', year: 2026, week: 49, before: true }, '2026-11-29'],
    ['mars', { precision: 'month', year: 2027, month: 3, before: false }, '2027-03-31'],
    ['under våren', { precision: 'season', year: 2027, season: 'spring', before: false }, '2027-05-31'],
    ['senast 14 december', { precision: 'day', date: '2026-12-14', before: false }, '2026-12-14'],
    ['innan årsskiftet', { precision: 'day', date: '2026-12-31', before: true }, '2026-12-30'],
    ['12 nov', { precision: 'day', date: '2026-11-12', before: false }, '2026-11-12'],
  ])('"%s" on 12 November 2026', (said, meant, latest) => {
    expect(parseDue(said, '2026-11-12')).toEqual(meant);
    expect(latestDay(meant as Due)).toBe(latest);
  });

  it.each(['', 'snart', 'v. 54', '2026-02-30', '31 april', 'v. 53 2025', 'm'])('"%s" is not understood', (said) => {
    expect(parseDue(said, '2026-11-12')).toBeNull();
  });

  it('has 53 weeks in the years that have', () => {
    expect([2015, 2020, 2026, 2032].map(weeksIn)).toEqual([53, 53, 53, 53]);
    expect([2024, 2025, 2027].map(weeksIn)).toEqual([52, 52, 52]);
  });

  it('sorts by the last day, "before" always earlier than the same without', () => {
    fc.assert(
      fc.property(due, (one) => {
        expect(latestDay({ ...one, before: true }) < latestDay({ ...one, before: false })).toBe(true);
      }),
    );
    const of = (said: string | null, createdAt: number) =>
      ({ due: said && parseDue(said, '2026-11-12'), createdAt }) as Pick<ActionItem, 'due' | 'createdAt'>;
    const sorted = [of(null, 1), of('mars', 2), of('v. 49', 3), of('v. 49', 1)].sort(byDue);
    expect(sorted.map(({ createdAt }) => createdAt)).toEqual([1, 3, 2, 1]);
  });
});

describe('numbers', () => {
  it('go up by one from the first, and no two of a series are printed alike', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NUMBERING_POLICIES),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (policy, first, count) => {
          const given: number[] = [];
          for (let i = 0; i < count; i++) given.push(nextNumber(given.at(-1) ?? null, first));
          expect(given).toEqual(Array.from({ length: count }, (_, i) => first + i));
          expect(new Set(given.map((n) => numberLabel(policy, '2026-10-14', n))).size).toBe(count);
        },
      ),
    );
  });

  it('are printed as the body writes them', () => {
    expect([1, 2].map((n) => numberLabel('date', '2026-10-14', n))).toEqual([
      'Beslut 2026-10-14',
      'Beslut 2026-10-14 (2)',
    ]);
    expect(numberLabel('running', '2026-10-14', 1)).toBe('Beslut 1');
    expect(numberLabel('paragraph', '2026-10-14', 130)).toBe('§ 130');
  });

  it('begin again with the year, or the day where the day is the name', () => {
    const same = (policy: 'date' | 'running' | 'paragraph', a: string, b: string) =>
      seriesOf('Samrådet', policy, a) === seriesOf('Samrådet', policy, b);
    expect(same('paragraph', '2026-01-01', '2026-12-31')).toBe(true);
    expect(same('paragraph', '2026-12-31', '2027-01-01')).toBe(false);
    expect(same('date', '2026-10-14', '2026-10-15')).toBe(false);
    expect(seriesOf('A","b', 'running', '2026-01-01')).not.toBe(seriesOf('A', 'running', '2026-01-01'));
  });

  it('are for decisions, and for everything where paragraphs are numbered', () => {
    expect(takesNumber('running', 'noted')).toBe(false);
    expect(takesNumber('running', 'tabled')).toBe(true);
    expect(takesNumber('paragraph', 'noted')).toBe(true);
  });

  it("are a body's, however its name is spaced or composed; a meeting without a body is one by itself", () => {
    expect(bodyKey({ id: 'a', body: ' Nordälvens  samråd' })).toBe(
      bodyKey({ id: 'b', body: 'Norda\u0308lvens samråd' }),
    );
    expect(bodyKey({ id: 'a', body: ' ' })).not.toBe(bodyKey({ id: 'b', body: '' }));
  });
});

describe('what every organisation is to do', () => {
  const line = (id: string) => ({
    id,
    personId: null,
    person: '',
    organisationId: id,
    organisation: id,
    status: 'open' as const,
    answer: '',
    at: 1,
  });
  const action = { lines: [line('a'), line('b')], due: null, createdAt: 1 } as unknown as ActionItem;

  it('is a line each, and done when all of them are', () => {
    const first = withLine(action, 'a', { status: 'done' }, 5);
    expect(first.lines.map(({ status, at }) => [status, at])).toEqual([
      ['done', 5],
      ['open', 1],
    ]);
    expect(isDone(first)).toBe(false);
    expect(isDone(withLine(first, 'b', { status: 'done' }, 6))).toBe(true);
    // Another responsible person has not done anything yet.
    expect(withLine(action, 'a', { personId: 'p', person: 'P' }, 9).lines[0]?.at).toBe(1);
  });
});
