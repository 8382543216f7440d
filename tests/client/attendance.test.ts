// Where a moment lies on the strip, and what the fields of one person's record say.
import { describe, expect, test } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import { frameOf } from '#shared/attendance/frame.ts';
import { axisOf, momentAt, shareOf, ticksOf } from '../../client/attendance/scale.ts';
import { draftsFrom, formOf, momentIn, wholeDay, withTime } from '../../client/attendance/sheet-form.ts';
import { at, DAYS, idOf, said, world, ZONE } from '../attendance/world.ts';

const frame = world({ 1: [[1, '08:20', '17:10']] });
const [first, second] = frame.sittings as [(typeof frame.sittings)[number], (typeof frame.sittings)[number]];
const ME = idOf('p', 1);
const meeting = { sittings: DAYS } as unknown as Meeting;

describe('along the strip', () => {
  test('the planned hours and what was held beyond them', () => {
    expect(axisOf(first)).toEqual({ from: at(1, '08:30'), to: at(1, '17:10') });
    expect(axisOf(second)).toEqual({ from: at(2, '08:30'), to: at(2, '12:00') });
  });

  test('a moment has a share and a share a minute; what is outside lies at the edge', () => {
    const axis = axisOf(second);
    expect(shareOf(axis, at(2, '10:15'))).toBe(0.5);
    expect(momentAt(axis, 0.5)).toBe(at(2, '10:15'));
    expect(shareOf(axis, Number.NEGATIVE_INFINITY)).toBe(0);
    expect(shareOf(axis, Number.POSITIVE_INFINITY)).toBe(1);
    for (let minute = 0; minute <= 210; minute += 1) {
      const moment = axis.from + minute * 60_000;
      expect(momentAt(axis, shareOf(axis, moment))).toBe(moment);
    }
  });

  test('whole hours are written, as many as there is room for', () => {
    expect(ticksOf(axisOf(second), frame, 9)).toEqual(
      ['09:00', '10:00', '11:00', '12:00'].map((clock) => at(2, clock)),
    );
    expect(ticksOf(axisOf(first), frame, 3)).toEqual(['09:00', '12:00', '15:00'].map((clock) => at(1, clock)));
  });

  test('a meeting without sittings has a strip as well', () => {
    const loose = frameOf({ timeZone: ZONE, sittings: [], items: [] }, null, at(1, '10:00'));
    const axis = axisOf(loose.sittings[0]!);
    expect(axis.to - axis.from).toBe(30 * 60_000);
  });
});

describe('the fields of a record', () => {
  test('say what is recorded, and the same again', () => {
    const entries = said(
      ME,
      { sittingId: DAYS[0]!.id, from: at(1, '09:15') },
      { kind: 'excused', sittingId: DAYS[1]!.id },
      { kind: 'conflict', itemId: idOf('i', 3), note: 'styrelsen' },
    );
    const form = formOf(frame, entries);
    expect(form.times.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['present', '09:15', ''],
      ['excused', '', ''],
    ]);
    const { drafts, wrong } = draftsFrom(meeting, frame, form);
    expect(wrong).toEqual([]);
    expect(drafts).toEqual(entries.map(({ id, personId, at: when, by, ...draft }) => draft));
  });

  test('a time that ends before it begins, or before the day begins, is wrong', () => {
    const form = formOf(frame, said(ME, { sittingId: DAYS[0]!.id }));
    const [row] = form.times;
    const wrong = (from: string, to: string) =>
      draftsFrom(meeting, frame, { ...form, times: [{ ...row!, from, to }] }).wrong.length > 0;
    expect(wrong('10:00', '09:59')).toBe(true);
    expect(wrong('10:00', '10:00')).toBe(true);
    expect(wrong('', '08:30')).toBe(true);
    expect(wrong('10:00', '10:01')).toBe(false);
    expect(wrong('', '')).toBe(false);
  });

  test('a whole day is one row; one row more goes on where the last one ends', () => {
    const form = formOf(frame, said(ME, { sittingId: DAYS[0]!.id, to: at(1, '12:00') }, { sittingId: DAYS[1]!.id }));
    const more = withTime(form, DAYS[0]!.id, 'excused');
    expect(more.times.at(-1)).toMatchObject({ kind: 'excused', from: '12:00', to: '' });
    expect(new Set(more.times.map(({ key }) => key)).size).toBe(3);
    expect(wholeDay(more, DAYS[0]!.id, 'absent').times.map(({ kind, sittingId }) => [kind, sittingId])).toEqual([
      ['present', DAYS[1]!.id],
      ['absent', DAYS[0]!.id],
    ]);
  });

  test('after midnight is the night of the sitting', () => {
    const night = world({}, at(1, '23:00'), [
      { ...DAYS[0]!, start: '18:00', end: '02:00' },
      { ...DAYS[1]!, start: '13:00', end: '15:00' },
    ]);
    const [evening, noon] = night.sittings as [typeof first, typeof first];
    expect(momentIn(meeting, night, evening, '23:30')).toBe(at(1, '23:30'));
    expect(momentIn(meeting, night, evening, '01:15')).toBe(at(2, '01:15'));
    expect(momentIn(meeting, night, evening, '17:45')).toBe(at(1, '17:45'));
    expect(momentIn(meeting, night, noon, '13:30')).toBe(at(2, '13:30'));
    expect(momentIn(meeting, night, evening, '')).toBeNull();
  });
});
