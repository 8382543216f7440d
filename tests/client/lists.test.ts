/** Why this file exists: the first screen answers what is now, what comes soon and what is left to finish. */
import { describe, expect, test } from 'vitest';
import type { MeetingSummary } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { listsOf, nextSitting } from '../../client/home/lists.ts';

const NOW = Date.parse('2026-11-12T12:32:00Z');

/** A meeting of one's own, on the given days 9–12 in Stockholm. */
function meeting(days: readonly string[], more: Partial<MeetingSummary> = {}): MeetingSummary {
  const place = { venue: 'Åsgården', room: '', address: '', link: '' };
  return {
    id: newId(),
    title: 'Samråd om badplatser',
    body: 'Sjöorternas samråd',
    phase: 'preparation',
    cancelledAt: null,
    archivedAt: null,
    timeZone: 'Europe/Stockholm',
    sittings: days.map((date) => ({ id: newId(), date, start: '09:00', end: '12:00', ...place })),
    myRoles: ['member'],
    hereNow: 0,
    currentItem: null,
    ...more,
  };
}

const listOf = (one: MeetingSummary, now = NOW) =>
  Object.entries(listsOf([one], now)).find(([, meetings]) => meetings.length > 0)?.[0];

describe('where a meeting stands', () => {
  test('one that is open is now, whatever its days say', () => {
    expect(listOf(meeting(['2026-12-24'], { phase: 'ongoing' }))).toBe('now');
  });

  test('one that is about to begin is now; tomorrow it is soon', () => {
    const tenToNine = Date.parse('2026-11-12T07:50:00Z');
    expect(listOf(meeting(['2026-11-12']), tenToNine)).toBe('now');
    expect(listOf(meeting(['2026-11-13']), tenToNine)).toBe('soon');
  });

  test('between its days a meeting comes again', () => {
    expect(listOf(meeting(['2026-11-11', '2026-11-13']))).toBe('soon');
  });

  test('without days it comes last among those that come', () => {
    const someDay = meeting([]);
    const tomorrow = meeting(['2026-11-13']);
    expect(listsOf([someDay, tomorrow], NOW).soon).toEqual([tomorrow, someDay]);
  });

  test('what is over is to finish for those who lead it', () => {
    expect(listOf(meeting(['2026-11-01'], { myRoles: ['secretary', 'member'] }))).toBe('toFinish');
    expect(listOf(meeting(['2026-11-01']))).toBe('rest');
    expect(listOf(meeting(['2026-11-01'], { phase: 'verification' }))).toBe('toFinish');
  });

  test('what is verified, cancelled or archived stands behind', () => {
    expect(listOf(meeting(['2026-11-12'], { phase: 'verified' }))).toBe('rest');
    expect(listOf(meeting(['2026-11-12'], { phase: 'ongoing', cancelledAt: NOW }))).toBe('rest');
    expect(listOf(meeting(['2026-11-12'], { phase: 'ongoing', archivedAt: NOW }))).toBe('rest');
  });

  test('the day shown is the one that runs or comes', () => {
    const three = meeting(['2026-11-14', '2026-11-11', '2026-11-13']);
    expect(nextSitting(three, NOW)?.date).toBe('2026-11-13');
    expect(nextSitting(three, Date.parse('2026-12-01T00:00:00Z'))?.date).toBe('2026-11-14');
    expect(nextSitting(meeting([]), NOW)).toBeUndefined();
  });
});
