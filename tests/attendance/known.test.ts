// Whoever decides something and whoever writes the minutes ask the same record, and get the same people.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { momentOf } from '#shared/agenda-time.ts';
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import { rollOf } from '#shared/attendance/roll.ts';
import { frameFor, knownOf, presentIn, rollInput } from '../../server/attendance/known.ts';
import type { AttendanceSituation } from '../../server/attendance/ports.ts';
import { sqlAttendanceStore } from '../../server/storage/attendance-store.ts';
import { kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';

let now = momentOf('2027-02-04', '09:00', 'Europe/Stockholm')!;
let house: House;
let secretary: Visitor;
let member: Visitor;
let situation: AttendanceSituation;

beforeAll(async () => {
  house = await openHouse({ clock: () => now });
  secretary = await house.add('Sanna Kvist');
  member = await house.add('Mats Holm');
  const { meeting } = await house.meeting(secretary, [[member, ['member']]]);
  const { meetings, attendances } = house.server.services;
  await meetings.update(secretary.caller, meeting.id, {
    sittings: [{ date: '2027-02-04', start: '08:30', end: '12:00', venue: '', room: '', address: '', link: '' }],
  });
  await meetings.updateParticipant(secretary.caller, meeting.id, member.person.id, { absence: 'från kl. 10.00' });
  await attendances.change(secretary.caller, meeting.id, { do: 'arrive', personId: secretary.person.id });
  const db = kyselyOver(openSqlite(house.file));
  situation = (await sqlAttendanceStore(db).get(meeting.id))!;
  await db.destroy();
  now += 3_600_000;
});
afterAll(() => house.close());

test('who is in the room when something is decided', () => {
  const present = presentIn(situation, null, { at: now, itemId: null });
  expect(present).toEqual([{ personId: secretary.person.id, kind: 'present', forPersonId: null }]);
  expect(presentIn(situation, null, { at: now - 2 * 3_600_000, itemId: null })).toEqual([]);
  const { entries } = knownOf(situation, frameFor(situation.meeting, null, now));
  expect(entries.find(({ personId }) => personId === member.person.id)).toMatchObject({ kind: 'excused', id: '' });
});

test('the list of the minutes', async () => {
  const { id, sittings } = situation.meeting;
  const agenda = await house.server.relay.read(`agenda:${id}`, (doc) => readAgenda(doc, withoutNotice(sittings)));
  const roll = rollOf(rollInput(situation, agenda, [], now), 'category', 'sv');
  expect(roll.present.flatMap(({ rows }) => rows.map(({ name, presence }) => [name, presence]))).toEqual([
    ['Mats Holm', ''],
    ['Sanna Kvist', 'från kl. 09.00'],
  ]);
  expect(roll.excused.map(({ name, absence }) => [name, absence])).toEqual([
    ['Mats Holm', 'från kl. 10.00'],
    ['Sanna Kvist', 'till kl. 09.00'],
  ]);
});

test('who no longer takes part is in no list, and comes back with what was recorded', async () => {
  const { meetings, attendances } = house.server.services;
  const [id, personId] = [situation.meeting.id, member.person.id];
  const of = (view: { entries: { personId: string }[] }) => view.entries.filter((entry) => entry.personId === personId);
  const recorded = of(await attendances.change(secretary.caller, id, { do: 'arrive', personId }));
  expect(recorded).toHaveLength(1);
  await meetings.removeParticipant(secretary.caller, id, personId);
  expect(of(await attendances.get(secretary.caller, id))).toEqual([]);
  await attendances.change(secretary.caller, id, { do: 'leave', personId: secretary.person.id });
  await meetings.addParticipant(secretary.caller, id, { personId, roles: ['member'] });
  expect(of(await attendances.get(secretary.caller, id))).toEqual(recorded);
});
