/**
 * Guests by a meeting's code, over HTTP and sockets: how they come in, that they are one person each, what is shut to
 * them, and that they are out the moment somebody says so.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import type { Participant } from '#shared/api.ts';
import { errorSchema, type Meeting, type SessionView } from '#shared/api.ts';
import type { GuestDoor, GuestPlace, Guests } from '#shared/guests/api.ts';
import { CODE_LETTERS } from '#shared/guests/code.ts';
import { newId } from '#shared/ids.ts';
import { PUBLIC_ROUTES } from '../../server/http/session.ts';
import { type House, openHouse, type Visitor } from './house.ts';

let house: House;
let host: Visitor;
let member: Visitor;
let meeting: Meeting;
let items: string[];
let organisationId: string;

/** A browser that came by a code. */
interface Browser {
  cookie: string;
  status: number;
  place: GuestPlace;
  error: string;
  fields: Record<string, string>;
}

const keyOf = (): string => newId() + newId();

async function knock(path: 'look' | 'join', json: object, cookie = ''): Promise<Response> {
  return house.fetch(`/api/guests/${path}`, { method: 'POST', json, headers: cookie ? { cookie } : {} });
}

async function join(code: string, name: string, more: object = {}, cookie = ''): Promise<Browser> {
  const response = await knock('join', { code, name, key: keyOf(), ...more }, cookie);
  const answer = (await response.json()) as GuestPlace;
  const failed = errorSchema.safeParse(answer);
  return {
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie,
    status: response.status,
    place: answer,
    error: failed.success ? failed.data.error.code : '',
    fields: failed.success ? (failed.data.error.fields ?? {}) : {},
  };
}

const as = (cookie: string): { headers: { cookie: string } } => ({ headers: { cookie } });

async function officer(method: string, path = '', json?: object): Promise<Guests> {
  const response = await house.fetch(`/api/meetings/${meeting.id}/guests${path}`, {
    method,
    as: host,
    ...(json ? { json } : {}),
  });
  expect(response.status, `${method} ${path}`).toBe(200);
  return (await response.json()) as Guests;
}

async function meetingAs(cookie: string): Promise<Meeting> {
  return (await (await house.fetch(`/api/meetings/${meeting.id}`, as(cookie))).json()) as Meeting;
}

async function whoIs(cookie: string): Promise<string | null> {
  const response = await house.fetch('/api/session', as(cookie));
  return response.status === 200 ? ((await response.json()) as SessionView).person.id : null;
}

/** Opens a room and waits until it is served or shut. */
async function enter(room: string, cookie: string) {
  const socket = house.socket(`/collab/${room}?v=1`, { cookie, origin: house.url });
  const seen = { code: null as number | null, frames: 0 };
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      seen.code = code;
      resolve(code);
    });
  });
  const served = new Promise<void>((resolve) => {
    socket.on('message', () => {
      seen.frames += 1;
      resolve();
    });
  });
  await Promise.race([served, closed]);
  return { socket, seen, closed };
}

let access: Guests;
let letters = 0;
/** A name nobody else has. */
const fresh = (): string => {
  letters += 1;
  return `Gun ${[...String(letters)].map((digit) => 'abcdefghjk'[Number(digit)]).join('')}`;
};

beforeAll(async () => {
  house = await openHouse();
  const admin = await house.add('Alva Ek', { isAdmin: true });
  host = await house.add('Bo Sund');
  member = await house.add('Anna Berg');
  ({ meeting, items } = await house.meeting(host, [[member, ['member']]]));
  const organisation = await house.server.services.organisations.create(admin.caller, {
    name: 'Älvens byalag',
    shortName: 'ÄLV',
  });
  organisationId = organisation.id;
  access = await officer('PATCH', '', { open: true });
});
afterAll(() => house.close());

describe('a code', () => {
  it('is six letters and digits that cannot be mistaken, and its address holds it', () => {
    expect(access.code).toMatch(new RegExp(`^[${CODE_LETTERS}]{6}$`));
    expect(CODE_LETTERS).not.toMatch(/[0O1IL]/);
    expect(access.url).toBe(`${house.url}/g/${access.code}`);
  });

  it('may be typed in any case, with spaces and hyphens, and shows the meeting and nobody in it', async () => {
    const code = access.code ?? '';
    for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 3)} ${code.slice(3)} `, [...code].join('-')]) {
      const response = await knock('look', { code: typed });
      expect(response.status, typed).toBe(200);
      const text = await response.text();
      const door = JSON.parse(text) as GuestDoor;
      expect(door).toMatchObject({ title: meeting.title, ongoing: false, lobby: false });
      expect(door.organisations.map(({ id }) => id)).toContain(organisationId);
      for (const secret of [meeting.id, host.person.id, 'Bo Sund', 'Anna Berg']) expect(text).not.toContain(secret);
    }
  });

  it('of no meeting, closed, misspelt or of a sealed meeting is answered alike', async () => {
    const other = await house.meeting(host);
    const opened = await house.server.services.guests.update(host.caller, other.meeting.id, { open: true });
    await house.server.services.meetings.setArchived(host.caller, other.meeting.id, true);
    const answers = [];
    for (const code of ['ABCDEF', '', '000000', 'x'.repeat(40), opened.code ?? ''])
      for (const path of ['look', 'join'] as const) {
        const form = path === 'join' ? { code, name: fresh(), key: keyOf() } : { code };
        const response = await knock(path, form);
        const { requestId: _, ...error } = errorSchema.parse(await response.json()).error;
        answers.push(JSON.stringify([response.status, response.headers.get('set-cookie'), error]));
      }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('404');
  });

  it('is for officers to see', async () => {
    const response = await house.fetch(`/api/meetings/${meeting.id}/guests`, { as: member });
    expect(response.status).toBe(403);
  });
});

describe('a guest', () => {
  it('is in with a name and an organisation, marked as a guest', async () => {
    const guest = await join(access.code ?? '', '  Freja Lindahl ', { organisationId });
    expect(guest).toMatchObject({ status: 200, place: { state: 'in', meetingId: meeting.id, title: meeting.title } });
    const seen = (await meetingAs(guest.cookie)).participants.find((p) => p.name === 'Freja Lindahl');
    expect(seen).toMatchObject({ roles: ['guest'], category: 'guest', organisationId, hasAccount: false });
    const other = await join(access.code ?? '', 'Nils Å', { organisation: 'Byarörelsen' });
    const inWords = (await meetingAs(other.cookie)).participants.find((p) => p.name === 'Nils Å');
    expect(inWords).toMatchObject({ organisationId: null, title: 'Byarörelsen' });
  });

  it('is the same person after a reload, in another tab, and when the first answer was lost', async () => {
    const key = keyOf();
    const guest = await join(access.code ?? '', fresh(), { key });
    const id = await whoIs(guest.cookie);
    expect(id).not.toBeNull();
    const again = await join(access.code ?? '', 'Ett annat namn', {}, guest.cookie);
    expect(again.status).toBe(200);
    expect(await whoIs(again.cookie)).toBe(id);
    // A browser that never got its cookie has only the key it chose.
    const lost = await join(access.code ?? '', fresh(), { key });
    expect(await whoIs(lost.cookie)).toBe(id);
    const { participants } = await meetingAs(guest.cookie);
    expect(participants.filter((p: Participant) => p.personId === id)).toHaveLength(1);
  });

  it('is not called what an account, somebody signed in or another guest is called', async () => {
    const code = access.code ?? '';
    for (const name of [
      'anna berg',
      'ANNA  BERG',
      'Änna Bérg',
      'Аnna Berg',
      'Anna Berg (gäst)',
      'Anna-Berg',
      'Bo 5und',
    ]) {
      const refused = await join(code, name);
      expect(refused, name).toMatchObject({ status: 409, error: 'name-taken', fields: { name: 'taken' } });
      expect(refused.cookie).toBe('');
    }
    expect((await join(code, 'Freja Lindahl')).error).toBe('name-taken');
    expect((await join(code, '!!!')).error).toBe('name-taken');
    expect((await join(code, 'Anna M Berg')).status).toBe(200);
  });

  it('is stamped by the server in the rooms, whatever the page says', async () => {
    const guest = await join(access.code ?? '', fresh());
    const caller = { personId: (await whoIs(guest.cookie)) ?? '', isAdmin: false, sessionId: '' };
    const room = `agenda:${meeting.id}`;
    expect(house.server.services.access.principal(caller, room)?.user).toMatchObject({ guest: true });
    expect(house.server.services.access.principal(member.caller, room)?.user).not.toHaveProperty('guest');
  });

  it('reads the notes, and writes there only when the meeting lets guests', async () => {
    const guest = await join(access.code ?? '', fresh());
    const principal = {
      personId: (await whoIs(guest.cookie)) ?? '',
      sessionId: house.server.services.sessions.peek(guest.cookie.split('=')[1] ?? '')?.sessionId ?? '',
      user: { id: '', name: '', colour: 0, organisation: '' },
    };
    const may = () => house.server.services.access.authorize(principal, `item:${meeting.id}:${items[0]}`);
    expect(await may()).toEqual({ access: 'read', reason: 'guest' });
    await house.server.services.meetings.update(host.caller, meeting.id, { guestsWrite: true });
    expect(await may()).toEqual({ access: 'write', reason: '' });
    await house.server.services.meetings.update(host.caller, meeting.id, { guestsWrite: false });
  });

  it('gets to no route of the house, and to no other meeting', async () => {
    const guest = await join(access.code ?? '', fresh());
    const own = await house.meeting(host);
    const allowed = new Set(['GET /api/session', 'GET /api/meetings', 'GET /api/guests/me', 'POST /api/guests/claim']);
    const ids: Record<string, string> = { meetingId: own.meeting.id, itemId: own.items[0] ?? '' };
    let house403 = 0;
    for (const route of house.server.routes.filter((one) => one.includes(' /api/'))) {
      if (allowed.has(route) || PUBLIC_ROUTES.has(route)) continue;
      const [method = '', template = ''] = route.split(' ');
      const path = template.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId());
      const response = await house.fetch(path, { method, ...as(guest.cookie) });
      if (template.startsWith('/api/meetings/:meetingId')) {
        // A form that is missing is said before who asks is looked at; either way nothing is told of the meeting.
        expect([400, 404], route).toContain(response.status);
      } else {
        expect(response.status, route).toBe(403);
        house403 += 1;
      }
      expect(await response.text()).not.toContain(own.meeting.title);
    }
    expect(house403).toBeGreaterThan(10);
    const mine = (await (await house.fetch('/api/meetings', as(guest.cookie))).json()) as Meeting[];
    expect(mine.map(({ id }) => id)).toEqual([meeting.id]);
  });

  it('is not given another role, an account or a place elsewhere, and is not in the register', async () => {
    const guest = await join(access.code ?? '', fresh());
    const id = (await whoIs(guest.cookie)) ?? '';
    const { services } = house.server;
    const path = `/api/meetings/${meeting.id}/participants/${id}`;
    const roles = await house.fetch(path, { method: 'PATCH', as: host, json: { roles: ['chair'] } });
    expect(roles.status).toBe(409);
    expect((await house.fetch(`${path}/invitation`, { method: 'POST', as: host })).status).toBe(409);
    const elsewhere = await house.meeting(host);
    await expect(services.meetings.addParticipant(host.caller, elsewhere.meeting.id, { personId: id })).rejects.toThrow(
      'no such person',
    );
    expect((await services.people.list(host.caller)).some((person) => person.id === id)).toBe(false);
    const copy = await services.meetings.copy(host.caller, meeting.id);
    expect(copy.participants.some((p) => p.roles.includes('guest'))).toBe(false);
  });
});

describe('a guest who comes while the groups work', () => {
  it('is placed by the rule, and goes straight to the group', async () => {
    const { services, relay } = house.server;
    const itemId = newId();
    await relay.edit(`agenda:${meeting.id}`, host.person.id, (doc) =>
      addItem(doc, { id: itemId, title: 'Vad behöver vi veta?', kind: 'dialogue' }),
    );
    const { version } = await services.meetings.get(host.caller, meeting.id);
    await services.meetings.changePhase(host.caller, meeting.id, { phase: 'ongoing', version });
    await services.meetings.setCurrentItem(host.caller, meeting.id, itemId);
    await services.workshops.create(host.caller, meeting.id, itemId, { prompts: [{ heading: 'Vad vet vi?' }] });
    const view = await services.workshops.update(host.caller, meeting.id, itemId, { latecomers: 'smallest' });
    const round = view.rounds[0];
    if (!round) throw new Error('a workshop has a round');
    const [first] = round.groups;
    const before = await join(access.code ?? '', fresh());
    expect(before.place).toMatchObject({ itemId, groupId: null });
    const placed = { personId: member.person.id, groupId: first?.id ?? '' };
    await services.workshops.place(host.caller, meeting.id, itemId, round.id, placed);
    await services.workshops.clock(host.caller, meeting.id, itemId, round.id, { do: 'start' });
    const guest = await join(access.code ?? '', fresh());
    expect(guest.place.itemId).toBe(itemId);
    expect(round.groups.map(({ id }) => id)).toContain(guest.place.groupId);
    const own = await enter(`group:${meeting.id}:${guest.place.groupId}`, guest.cookie);
    expect(own.seen.code).toBeNull();
    const other = round.groups.find(({ id }) => id !== guest.place.groupId);
    const shut = await enter(`group:${meeting.id}:${other?.id}`, guest.cookie);
    const nowhere = await enter(`group:${meeting.id}:${newId()}`, guest.cookie);
    expect(shut.seen.code).toBe(4404);
    expect(nowhere.seen.code).toBe(4404);
  });
});

describe('out at once', () => {
  it('a guest who is removed: sockets dead before the answer, the session gone, the key too', async () => {
    const key = keyOf();
    const name = fresh();
    const guest = await join(access.code ?? '', name, { key });
    const id = (await whoIs(guest.cookie)) ?? '';
    const inside = await enter(`agenda:${meeting.id}`, guest.cookie);
    expect(inside.seen.code).toBeNull();
    const after = await officer('DELETE', `/${id}`);
    expect(house.server.relay.present(`agenda:${meeting.id}`).has(id)).toBe(false);
    expect(after.guests.some((one) => one.personId === id)).toBe(false);
    expect(await inside.closed).toBe(4401);
    expect(await whoIs(guest.cookie)).toBeNull();
    expect((await enter(`agenda:${meeting.id}`, guest.cookie)).seen.code).toBe(4401);
    // The same browser with the same key is somebody new, if the code still lets people in.
    const back = await join(access.code ?? '', name, { key });
    expect(back.status).toBe(200);
    expect(await whoIs(back.cookie)).not.toBe(id);
  });

  it('a guest who is taken from the list of participants', async () => {
    const guest = await join(access.code ?? '', fresh());
    const id = (await whoIs(guest.cookie)) ?? '';
    const inside = await enter(`agenda:${meeting.id}`, guest.cookie);
    const path = `/api/meetings/${meeting.id}/participants/${id}`;
    expect((await house.fetch(path, { method: 'DELETE', as: host })).status).toBe(200);
    expect(house.server.relay.present(`agenda:${meeting.id}`).has(id)).toBe(false);
    await inside.closed;
    expect(await whoIs(guest.cookie)).toBeNull();
  });

  it('a code that is rotated, and with it those who came by it when that is wished', async () => {
    const old = access.code ?? '';
    const stays = await join(old, fresh());
    access = await officer('POST', '/rotate', {});
    expect(access.code).not.toBe(old);
    expect((await knock('look', { code: old })).status).toBe(404);
    expect((await join(old, fresh())).status).toBe(404);
    expect(await whoIs(stays.cookie)).not.toBeNull();
    const inside = await enter(`agenda:${meeting.id}`, stays.cookie);
    access = await officer('POST', '/rotate', { endGuests: true });
    expect(access.guests).toEqual([]);
    expect(await whoIs(stays.cookie)).toBeNull();
    expect(await inside.closed).toBe(4401);
  });

  it('everybody, when guest access ends: the old code stays dead when it opens again', async () => {
    const old = access.code ?? '';
    const guests = [await join(old, fresh()), await join(old, fresh())];
    const inside = await Promise.all(guests.map(({ cookie }) => enter(`agenda:${meeting.id}`, cookie)));
    const ended = await officer('POST', '/end');
    expect(ended).toMatchObject({ open: false, guests: [], waiting: [] });
    for (const { closed } of inside) expect(await closed).toBe(4401);
    for (const { cookie } of guests) expect(await whoIs(cookie)).toBeNull();
    access = await officer('PATCH', '', { open: true });
    expect((await join(old, fresh())).status).toBe(404);
    expect((await join(access.code ?? '', fresh())).status).toBe(200);
  });

  it('closing lets nobody in and leaves those who are in; the same code opens again', async () => {
    const guest = await join(access.code ?? '', fresh());
    await officer('PATCH', '', { open: false });
    expect((await join(access.code ?? '', fresh())).status).toBe(404);
    expect(await whoIs(guest.cookie)).not.toBeNull();
    expect((await officer('PATCH', '', { open: true })).code).toBe(access.code);
  });
});

describe('a lobby', () => {
  beforeAll(() => officer('PATCH', '', { lobby: true }));
  afterAll(() => officer('PATCH', '', { lobby: false }));

  it('holds newcomers outside everything until they are let in', async () => {
    const guest = await join(access.code ?? '', fresh());
    expect(guest.place).toMatchObject({ state: 'waiting', itemId: null });
    const id = (await whoIs(guest.cookie)) ?? '';
    expect((await house.fetch(`/api/meetings/${meeting.id}`, as(guest.cookie))).status).toBe(404);
    expect((await enter(`agenda:${meeting.id}`, guest.cookie)).seen.code).toBe(4403);
    const view = await officer('GET');
    expect(view.waiting.map((one) => one.personId)).toContain(id);
    const me = async () => (await (await house.fetch('/api/guests/me', as(guest.cookie))).json()) as GuestPlace;
    expect((await me()).state).toBe('waiting');
    // Joining again is no way round it, and neither is the route for officers.
    expect((await join(access.code ?? '', fresh(), {}, guest.cookie)).place.state).toBe('waiting');
    const own = await house.fetch(`/api/meetings/${meeting.id}/guests/${id}/admit`, {
      method: 'POST',
      ...as(guest.cookie),
    });
    expect(own.status).toBe(404);
    await officer('POST', `/${id}/admit`);
    expect((await me()).state).toBe('in');
    expect((await enter(`agenda:${meeting.id}`, guest.cookie)).seen.code).toBeNull();
  });

  it('turns away without a trace', async () => {
    const name = fresh();
    const guest = await join(access.code ?? '', name);
    const id = (await whoIs(guest.cookie)) ?? '';
    await officer('DELETE', `/${id}`);
    expect(await whoIs(guest.cookie)).toBeNull();
    expect((await house.fetch('/api/guests/me', as(guest.cookie))).status).toBe(401);
    expect((await join(access.code ?? '', name)).status).toBe(200);
  });

  it('is left by everybody at once when it is taken away', async () => {
    const guests = [await join(access.code ?? '', fresh()), await join(access.code ?? '', fresh())];
    const view = await officer('PATCH', '', { lobby: false });
    expect(view.waiting).toEqual([]);
    for (const { cookie } of guests)
      expect((await house.fetch(`/api/meetings/${meeting.id}`, as(cookie))).status).toBe(200);
    await officer('PATCH', '', { lobby: true });
  });
});

describe('a guest who has an account', () => {
  it('takes over the place by signing in; what was written bears the name of the account', async () => {
    const { services } = house.server;
    const account = await house.add('Karin Holm', { email: 'karin@exempel.se' });
    const { url } = await services.links.password({ ...host.caller, isAdmin: true }, account.person.id);
    await services.links.use({ token: url.split('#')[1] ?? '', password: 'fjällbjörk 17' });
    const guest = await join(access.code ?? '', fresh());
    const id = (await whoIs(guest.cookie)) ?? '';
    const room = `item:${meeting.id}:${items[0]}`;
    await house.server.relay.edit(room, id, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText('Fråga byalagen först.')]);
      doc.getXmlFragment('notes').insert(0, [paragraph]);
    });
    const wrote = async () => {
      const { people, spans } = await services.meetings.authorship(host.caller, meeting.id, items[0] ?? '');
      return { names: Object.values(people).map(({ name }) => name), writers: spans.map(({ personId }) => personId) };
    };
    expect((await wrote()).writers).toContain(id);
    const inside = await enter(`agenda:${meeting.id}`, guest.cookie);
    const wrong = await house.fetch('/api/guests/claim', {
      method: 'POST',
      json: { email: 'karin@exempel.se', password: 'något annat' },
      ...as(guest.cookie),
    });
    expect(wrong.status).toBe(401);
    const claimed = await house.fetch('/api/guests/claim', {
      method: 'POST',
      json: { email: 'karin@exempel.se', password: 'fjällbjörk 17' },
      ...as(guest.cookie),
    });
    expect(claimed.status).toBe(200);
    expect(await inside.closed).toBe(4401);
    expect(await whoIs(guest.cookie)).toBeNull();
    const cookie = claimed.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await whoIs(cookie)).toBe(account.person.id);
    const { participants } = await meetingAs(cookie);
    expect(participants.find((p) => p.personId === account.person.id)).toMatchObject({ roles: ['guest'] });
    expect(participants.some((p) => p.personId === id)).toBe(false);
    const { names, writers } = await wrote();
    expect(names).toContain('Karin Holm');
    expect(writers).toContain(account.person.id);
    expect(writers).not.toContain(id);
    // Now that it is an account, an officer may give it a role.
    const path = `/api/meetings/${meeting.id}/participants/${account.person.id}`;
    expect((await house.fetch(path, { method: 'PATCH', as: host, json: { roles: ['member'] } })).status).toBe(200);
  });

  it('is merged by an officer into somebody who takes part, and only into one', async () => {
    const guest = await join(access.code ?? '', fresh());
    const id = (await whoIs(guest.cookie)) ?? '';
    const merge = (personId: string) =>
      house.fetch(`/api/meetings/${meeting.id}/guests/${id}/merge`, { method: 'POST', as: host, json: { personId } });
    const outsider = await house.add('Ola Utanför');
    expect((await merge(outsider.person.id)).status).toBe(400);
    expect((await merge(member.person.id)).status).toBe(200);
    expect(await whoIs(guest.cookie)).toBeNull();
    expect((await merge(member.person.id)).status).toBe(404);
    const { participants } = await meetingAs(host.cookie);
    expect(participants.filter((p) => p.personId === member.person.id)).toHaveLength(1);
  });

  it('and comes by the code while signed in is who they are', async () => {
    const before = (await meetingAs(host.cookie)).participants.length;
    expect((await join(access.code ?? '', 'Någon', {}, member.cookie)).place).toMatchObject({ state: 'in' });
    expect((await meetingAs(host.cookie)).participants.length).toBe(before);
    const outsider = await house.add('Rut Utanför');
    const refused = await join(access.code ?? '', 'Någon', {}, outsider.cookie);
    expect(refused).toMatchObject({ status: 409, fields: { session: 'signed-in' } });
    expect(await whoIs(outsider.cookie)).toBe(outsider.person.id);
  });
});
