/** Why this file exists: a new meeting is proposed for days people work, and a day that cannot be is found before it is sent. */
import { expect, test } from 'vitest';
import type { Sitting } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { dayAfter, dayFaults, proposedDate } from '../../client/meeting/setup/days.ts';

test('the day after crosses months, years and the change of clocks', () => {
  expect(dayAfter('2026-11-30')).toBe('2026-12-01');
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  expect(dayAfter('2028-02-28')).toBe('2028-02-29');
  expect(dayAfter('2026-03-29')).toBe('2026-03-30');
  expect(dayAfter('2026-10-25')).toBe('2026-10-26');
});

test('a single day is proposed a week ahead, never at a week-end', () => {
  expect(proposedDate('2026-11-12', 1)).toBe('2026-11-19');
  expect(proposedDate('2026-11-14', 1)).toBe('2026-11-23');
  expect(proposedDate('2026-11-15', 1)).toBe('2026-11-23');
});

test('two days in a row both are working days', () => {
  expect(proposedDate('2026-11-12', 2)).toBe('2026-11-19');
  expect(proposedDate('2026-11-13', 2)).toBe('2026-11-23');
  expect(proposedDate('2026-12-25', 5)).toBe('2027-01-04');
});

const sitting = (more: Partial<Sitting>): Sitting => ({
  id: newId(),
  date: '2026-11-12',
  start: '09:00',
  end: '12:00',
  venue: '',
  room: '',
  address: '',
  link: '',
  ...more,
});

test('a day must end after it begins', () => {
  const backwards = sitting({ start: '13:00' });
  const empty = sitting({ start: '12:00' });
  expect([...dayFaults([sitting({}), backwards, empty])]).toEqual([
    [`${backwards.id}.end`, 'ends-before'],
    [`${empty.id}.end`, 'ends-before'],
  ]);
  expect(dayFaults([sitting({ end: '' })]).size).toBe(0);
});

test('a link is a web address or nothing', () => {
  const file = sitting({ link: 'ftp://mote.example/rum' });
  const script = sitting({ link: 'javascript:alert(1)' });
  const web = sitting({ link: 'HTTPS://mote.example/rum' });
  expect([...dayFaults([file, script, web]).keys()]).toEqual([`${file.id}.link`, `${script.id}.link`]);
});
