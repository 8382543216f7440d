// What does not hold together is said before the minutes are signed.
import { describe, expect, test } from 'vitest';
import type { AttendanceEntry } from '#shared/attendance/attendance.ts';
import type { RollPerson } from '#shared/attendance/roll.ts';
import { attendanceWarnings, type DecisionMoment } from '#shared/attendance/warnings.ts';
import { at, DAYS, idOf, said, type Treated, world } from './world.ts';

const [CHAIR, VICE, PRESENTER, MEMBER, OTHER] = [11, 12, 3, 14, 15].map((n) => idOf('p', n)) as [
  string,
  string,
  string,
  string,
  string,
];
const [LOV, VIK] = [idOf('o', 1), idOf('o', 2)];
const organisations = [LOV, VIK].map((id, position) => ({ id, name: id, shortName: 'X', seats: 1, position }));
const person = (personId: string, organisationId: string, ...roles: RollPerson['roles']): RollPerson => ({
  personId,
  name: personId,
  title: '',
  organisationId,
  category: 'elected',
  party: '',
  roles,
});
const participants = [
  person(CHAIR, LOV, 'chair'),
  person(VICE, LOV, 'viceChair', 'member'),
  person(PRESENTER, LOV, 'presenter'),
  person(MEMBER, VIK, 'member'),
  person(OTHER, VIK, 'member'),
];
const everybody = () => participants.flatMap(({ personId }) => said(personId, {}));
const treated: Treated = { 3: [[1, '10:00', '10:30']] };
const decision: DecisionMoment = { id: idOf('e', 1), at: at(1, '10:20'), itemId: idOf('i', 3) };

function warnings(
  entries: AttendanceEntry[],
  more: { words?: Map<string, string>; decisions?: DecisionMoment[] } = {},
) {
  return attendanceWarnings({
    frame: world(treated),
    entries,
    words: more.words ?? new Map(),
    participants,
    organisations,
    decisions: more.decisions ?? [decision],
  });
}
const instead = (personId: string, ...entries: AttendanceEntry[]) => [
  ...everybody().filter((entry) => entry.personId !== personId),
  ...entries,
];

describe('warnings', () => {
  test('when all are there, and while nobody has been recorded, there is none', () => {
    expect(warnings(everybody())).toEqual([]);
    expect(warnings([])).toEqual([]);
  });

  test('a presenter who was not there at the own item; one who was there for a part of it was there', () => {
    const gone = instead(PRESENTER, ...said(PRESENTER, { from: at(1, '10:30') }));
    expect(warnings(gone)).toEqual([{ code: 'presenter-absent', itemId: idOf('i', 3), personId: PRESENTER }]);
    expect(warnings(instead(PRESENTER, ...said(PRESENTER, { from: at(1, '10:15') })))).toEqual([]);
    const guest = instead(PRESENTER, ...said(PRESENTER, { kind: 'guest', itemId: idOf('i', 3) }));
    expect(warnings(guest)).toEqual([]);
  });

  test('decided without a chair; the vice chair is one', () => {
    const noChair = instead(CHAIR, ...said(CHAIR, { kind: 'excused' }));
    expect(warnings(noChair)).toEqual([]);
    const neither = noChair.map((entry) => (entry.personId === VICE ? { ...entry, to: at(1, '10:19') } : entry));
    neither.push(...said(VICE, { sittingId: DAYS[1]!.id }));
    expect(warnings(neither)).toEqual([{ code: 'no-chair', itemId: idOf('i', 3), at: decision.at }]);
    expect(warnings(neither, { decisions: [{ ...decision, at: at(1, '10:18') }] })).toEqual([]);
  });

  test('an organisation that nobody stood for, also when the only one had a conflict of interest', () => {
    const one = instead(OTHER, ...said(OTHER, { kind: 'excused' }));
    expect(warnings(one)).toEqual([]);
    const none = [...one, ...said(MEMBER, { kind: 'conflict', itemId: idOf('i', 3) })];
    expect(warnings(none)).toEqual([
      { code: 'unrepresented', itemId: idOf('i', 3), at: decision.at, organisationId: VIK },
    ]);
  });

  test('there and excused: an announcement nobody could read but people', () => {
    expect(warnings(everybody(), { words: new Map([[MEMBER, 'åker tidigt']]) })).toEqual([
      { code: 'present-and-excused', personId: MEMBER, words: 'åker tidigt' },
    ]);
  });

  test('serving for somebody who is there', () => {
    const beside = instead(OTHER, ...said(OTHER, { kind: 'substitute', forPersonId: MEMBER }));
    expect(warnings(beside)).toEqual([{ code: 'substitute-beside', personId: OTHER, forPersonId: MEMBER }]);
    const instead2 = beside.map((entry) =>
      entry.personId === MEMBER ? { ...entry, kind: 'excused' as const } : entry,
    );
    expect(warnings(instead2)).toEqual([]);
  });

  test('somebody of whom nothing is said in a sitting that was held', () => {
    const forgotten = instead(OTHER, ...said(OTHER, { sittingId: DAYS[0]!.id }));
    expect(warnings(forgotten)).toEqual([{ code: 'unsaid', personIds: [OTHER], day: 2 }]);
  });
});
