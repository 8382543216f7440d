/** Why this file exists: dates, weeks and clock times are read by people who plan their days by them. */
import { describe, expect, test } from 'vitest';
import { capitalised, clock, clockText, dateAt, dayText, isoWeek, spanText } from '../../client/ui/dates.ts';

describe('dates the Swedish way and the English way', () => {
  test('a day', () => {
    expect(capitalised(dayText('2026-11-12', 'sv'))).toBe('Torsdag 12 november');
    expect(dayText('2026-11-12', 'en')).toBe('Thursday 12 November');
    expect(dayText('2026-11-13', 'sv', { short: true })).toBe('fre 13 nov');
  });

  test.each([
    ['2026-11-12', 46],
    ['2026-01-01', 1],
    ['2027-01-01', 53],
    ['2024-12-30', 1],
    ['2021-01-03', 53],
    ['2021-01-04', 1],
  ])('%s is in week %i', (date, week) => expect(isoWeek(date)).toBe(week));

  test('a clock time, in the zone of the meeting', () => {
    const at = Date.parse('2026-11-12T12:32:00Z');
    expect(clock(at, 'sv', 'Europe/Stockholm')).toBe('13.32');
    expect(clock(at, 'en', 'Europe/Stockholm')).toBe('13:32');
    expect(clockText('08:30', 'sv')).toBe('08.30');
    expect(clockText('08:30', 'en')).toBe('08:30');
  });

  test('the date is that of the zone', () => {
    const at = Date.parse('2026-11-12T23:30:00Z');
    expect(dateAt(at, 'Europe/Stockholm')).toBe('2026-11-13');
    expect(dateAt(at, 'UTC')).toBe('2026-11-12');
  });

  test('the days of a meeting, in any order', () => {
    expect(spanText([], 'sv')).toBe('');
    expect(spanText(['2026-11-12'], 'sv')).toBe('12 november');
    expect(spanText(['2026-11-13', '2026-11-12'], 'sv')).toBe('12–13 november');
    expect(spanText(['2026-11-30', '2026-12-01'], 'sv')).toBe('30 november–1 december');
  });
});
