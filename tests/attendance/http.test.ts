/**
 * Who was there, over HTTP: those who run the meeting keep the record, everybody who takes part reads it and says of themselves
 * that they have come or go, and each change is told in the agenda's room.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addItem } from '#shared/agenda.ts';
import { momentOf } from '#shared/agenda-time.ts';
import type { SessionView } from '#shared/api.ts';
import type { AttendanceInput, AttendanceView } from '#shared/attendance/api.ts';
import type { Guests } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';

const ZONE = 'Europe/Stockholm';
const at = (clock: string, date = '2027-02-04') => momentOf(date, clock, ZONE)!;

let now = at('08:00');
let house: House;
let secretary: Visitor;
let member: Visitor;
let substitute: Visitor;
let observer: Visitor;
let stranger: Visitor;
let meetingId: string;
let path: string;
const itemId = newId();
let days: string[];

beforeAll(async () => {
  house = await openHouse({ clock: () => now });
  secretary = await house.add('Sanna Kvist');
  member = await house.add('Mats Holm');
  substitute = await house.add('Eira Lid');
  observer = await house.add('Ines Vik');
  stranger = await house.add('Cim Dal');
  const roles = (...given: GivenRole[]) => given;
  const { meeting } = await house.meeting(secretary, [
    [member, roles('member')],
    [substitute, roles('member')],
    [observer, roles('observer')],
  ]);
  meetingId = meeting.id;
  const own = { venue: '', room: '', address: '', link: '' as const };
  const after = await house.server.services.meetings.update(secretary.caller, meetingId, {
    sittings: [
      { date: '2027-02-04', start: '08:30', end: '17:00', ...own },
      { date: '2027-02-05', start: '08:30', end: '12:00', ...own },
    ],
  });
  days = after.sittings.map(({ id }) => id);
  path = `/api/meetings/${meetingId}/attendance`;
  await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) =>
    addItem(doc, { id: itemId, title: 'Läget', kind: 'information', sitting: days[0]!, order: 'a0' }),
  );
});
afterAll(() => house.close());

type Answer = AttendanceView & { error?: { code: string; fields?: Record<string, string> } };

async function ask(
  as: Visitor,
  json?: AttendanceInput,
  where = path,
  method = json ? 'PATCH' : 'GET',
): Promise<Answer> {
  const response = await house.fetch(where, { method, as, ...(json ? { json } : {}) });
  return (await response.json()) as Answer;
}
const me = async (as: Visitor, here: boolean): Promise<Answer> =>
  (await (await house.fetch(`${path}/me`, { method: 'PUT', as, json: { here } })).json()) as Answer;
const of = (view: AttendanceView, who: Visitor) => view.entries.filter(({ personId }) => personId === who.person.id);
const goOn = async (phase: 'ongoing' | 'preparation') => {
  const { version } = await house.server.services.meetings.get(secretary.caller, meetingId);
  await house.server.services.meetings.changePhase(secretary.caller, meetingId, { phase, version });
};

describe('the record', () => {
  it('is read by everybody who takes part, and by nobody else', async () => {
    for (const who of [secretary, member, observer]) expect((await ask(who)).entries).toEqual([]);
    expect((await ask(stranger)).error?.code).toBe('not-found');
  });

  it('is kept by those who run the meeting', async () => {
    const { id: personId } = member.person;
    for (const who of [member, observer])
      expect((await ask(who, { do: 'arrive', personId })).error?.code).toBe('forbidden');
    expect((await ask(stranger, { do: 'arrive', personId })).error?.code).toBe('not-found');
    now = at('09:12');
    const view = await ask(secretary, { do: 'arrive', personId });
    expect(of(view, member)).toMatchObject([
      { kind: 'present', from: at('09:12'), to: null, sittingId: days[0], by: secretary.person.id, at: now },
    ]);
    now = at('15:00');
    expect(of(await ask(secretary, { do: 'leave', personId }), member)).toMatchObject([
      { from: at('09:12'), to: at('15:00') },
    ]);
  });

  it('says what everybody announced until something is recorded of them', async () => {
    const { meetings } = house.server.services;
    await meetings.updateParticipant(secretary.caller, meetingId, substitute.person.id, {
      absence: 'från kl. 10.00 dag 2',
    });
    await meetings.updateParticipant(secretary.caller, meetingId, observer.person.id, { absence: 'kommer kanske' });
    const view = await ask(member);
    expect(of(view, substitute)).toMatchObject([
      { id: '', kind: 'excused', from: at('10:00', '2027-02-05'), sittingId: days[1] },
    ]);
    expect(view.words).toEqual({ [observer.person.id]: 'kommer kanske' });
    // The first thing recorded takes the announcement along.
    const after = await ask(secretary, { do: 'arrive', personId: substitute.person.id, at: at('08:20') });
    expect(of(after, substitute).map(({ kind, from, sittingId }) => [kind, from, sittingId])).toEqual([
      ['present', null, days[0]],
      ['excused', at('10:00', '2027-02-05'), days[1]],
    ]);
    expect(of(after, substitute).every(({ id }) => id !== '')).toBe(true);
  });

  it('knows substitutes, conflicts of interest, and whom of', async () => {
    const [personId, forPersonId] = [substitute.person.id, member.person.id];
    const serving = await ask(secretary, {
      do: 'time',
      personId,
      kind: 'substitute',
      sittingId: days[0]!,
      forPersonId,
    });
    expect(of(serving, substitute)[0]).toMatchObject({ kind: 'substitute', forPersonId });
    const conflict = await ask(secretary, { do: 'item', personId, itemId, kind: 'conflict' });
    expect(of(conflict, substitute).at(-1)).toMatchObject({ kind: 'conflict', itemId, from: null });
    const back = await ask(secretary, { do: 'item', personId, itemId, kind: null });
    expect(of(back, substitute)).toHaveLength(2);
  });

  it('is put back as it was, unless somebody else has changed it meanwhile', async () => {
    const personId = member.person.id;
    const before = of(await ask(secretary), member);
    const entries = before.map(({ kind, from, to, sittingId, itemId: item, forPersonId, note }) => {
      return { kind, from, to, sittingId, itemId: item, forPersonId, note };
    });
    const changed = await ask(secretary, { do: 'time', personId, kind: 'absent' });
    expect(of(changed, member).map(({ kind }) => kind)).toEqual(['absent', 'absent']);
    const was = of(changed, member).map(({ id }) => id);
    const undone = await ask(secretary, { do: 'rewrite', people: [{ personId, was, entries }] });
    expect(of(undone, member)).toMatchObject(entries);
    const late = await ask(secretary, { do: 'rewrite', people: [{ personId, was, entries: [] }] });
    expect(late.error).toMatchObject({ code: 'conflict', fields: { was: 'changed' } });
  });

  it('takes only people, sittings, items and times the meeting has', async () => {
    const personId = member.person.id;
    const other = substitute.person.id;
    const wrong: [AttendanceInput, string, Record<string, string>?][] = [
      [{ do: 'arrive', personId: stranger.person.id }, 'conflict', { personId: 'not-participant' }],
      [{ do: 'all-here', personIds: [personId, newId()] }, 'conflict', { personIds: 'not-participant' }],
      [{ do: 'time', personId, kind: 'present', sittingId: newId() }, 'conflict', { sittingId: 'missing' }],
      [{ do: 'time', personId, kind: 'present', from: 9, to: 9 }, 'conflict', { to: 'before-from' }],
      [{ do: 'time', personId, kind: 'substitute', forPersonId: personId }, 'conflict', { forPersonId: 'self' }],
      [{ do: 'item', personId, itemId: newId(), kind: 'conflict' }, 'not-found'],
      [{ do: 'item', personId: newId(), itemId, kind: 'conflict' }, 'conflict', { personId: 'not-participant' }],
      [
        {
          do: 'rewrite',
          people: [
            {
              personId,
              was: [],
              entries: [
                { kind: 'conflict', from: null, to: null, sittingId: null, itemId: null, forPersonId: other, note: '' },
              ],
            },
          ],
        },
        'conflict',
        { itemId: 'missing' },
      ],
    ];
    const before = await ask(secretary);
    for (const [json, code, fields] of wrong)
      expect((await ask(secretary, json)).error, JSON.stringify(json)).toMatchObject({
        code,
        ...(fields ? { fields } : {}),
      });
    expect((await ask(secretary)).version).toBe(before.version);
  });

  it('does not grow when the same is said again', async () => {
    const personId = member.person.id;
    const first = await ask(secretary, { do: 'time', personId, kind: 'excused', sittingId: days[1]! });
    const second = await ask(secretary, { do: 'time', personId, kind: 'excused', sittingId: days[1]! });
    expect(second.version).toBe(first.version);
  });
});

describe('what one says of oneself', () => {
  it('counts while the meeting goes on', async () => {
    expect((await me(observer, true)).error?.code).toBe('not-allowed-now');
    await goOn('ongoing');
    now = at('09:00', '2027-02-05');
    expect(of(await me(observer, true), observer)).toMatchObject([
      { kind: 'present', from: now, by: observer.person.id },
    ]);
    now = at('11:15', '2027-02-05');
    expect(of(await me(observer, false), observer)).toMatchObject([{ from: at('09:00', '2027-02-05'), to: now }]);
    expect((await me(stranger, true)).error?.code).toBe('not-found');
  });

  it('stays what it was when a guest turns out to be somebody', async () => {
    const opened = await house.fetch(`/api/meetings/${meetingId}/guests`, {
      method: 'PATCH',
      as: secretary,
      json: { open: true },
    });
    const { code } = (await opened.json()) as Guests;
    const json = { code, name: 'Gun Ask', key: newId() + newId() };
    const joined = await house.fetch('/api/guests/join', { method: 'POST', json });
    const cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
    const session = (await (await house.fetch('/api/session', { headers: { cookie } })).json()) as SessionView;
    const guestId = session.person.id;
    now = at('11:20', '2027-02-05');
    const said = await house.fetch(`${path}/me`, { method: 'PUT', headers: { cookie }, json: { here: true } });
    const view = (await said.json()) as AttendanceView;
    expect(view.entries.filter(({ personId }) => personId === guestId)).toMatchObject([{ kind: 'guest', from: now }]);
    const merged = await house.fetch(`/api/meetings/${meetingId}/guests/${guestId}/merge`, {
      method: 'POST',
      as: secretary,
      json: { personId: member.person.id },
    });
    expect(merged.status).toBe(200);
    const after = await ask(secretary);
    expect(JSON.stringify(after.entries)).not.toContain(guestId);
    expect(of(after, member)[0]).toMatchObject({ kind: 'guest', from: now, by: member.person.id });
  });

  it('is counted, so that nobody keeps everybody asking', async () => {
    const answers: (string | undefined)[] = [];
    for (let n = 0; n < 80; n += 1) answers.push((await me(observer, n % 2 === 0)).error?.code);
    expect(answers).toContain('too-many-attempts');
    expect((await me(member, true)).error).toBeUndefined();
  });
});
