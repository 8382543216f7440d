/**
 * The projector over HTTP and sockets: those who run the meeting decide what it shows, its link opens a session that reads
 * and never writes, another link ends the one before, and a screen is nobody to everybody else.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorSchema, type Meeting, type MeetingSummary } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import type { Projector, ProjectorLink } from '#shared/projector/api.ts';
import { type Room, roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound } from '#shared/workshop/workshop.ts';
import { awareness } from '../attacks/frames.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from '../workshops/house.ts';
import type { Visitor } from './house.ts';

let at: WorkshopHouse;
let path: string;
let workshop: WorkshopView;

beforeAll(async () => {
  at = await openWorkshopHouse();
  path = `/api/meetings/${at.meetingId}/projector`;
  workshop = await at.ask<WorkshopView>(at.facilitator, 'POST', '', { prompts: PROMPTS });
});
afterAll(() => at.house.close());

const show = (as: Visitor, json: object) => at.house.fetch(path, { method: 'PUT', as, json });
const read = async (cookie: string) =>
  (await at.house.fetch(path, { headers: { cookie } })).json() as Promise<Projector>;

async function link(as: Visitor = at.facilitator): Promise<string> {
  const response = await at.house.fetch(`${path}/link`, { method: 'POST', as });
  expect(response.status).toBe(200);
  const { url } = (await response.json()) as ProjectorLink;
  expect(url).toMatch(new RegExp(`^${at.house.url}/storbild#[\\w-]{43}$`));
  return url.split('#')[1] ?? '';
}

/** Opens a link in a browser that holds `cookie`. */
async function enter(token: string, cookie = '') {
  const response = await at.house.fetch('/api/projector/enter', {
    method: 'POST',
    json: { token },
    headers: cookie ? { cookie } : {},
  });
  const answer = (await response.json()) as { meetingId: string };
  return {
    status: response.status,
    meetingId: answer.meetingId,
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? null,
  };
}

async function screen(): Promise<string> {
  const entered = await enter(await link());
  expect(entered).toMatchObject({ status: 200, meetingId: at.meetingId });
  return entered.cookie ?? '';
}

const callerOf = (cookie: string) => at.house.server.services.sessions.peek(cookie.split('=')[1] ?? '');

async function open(room: Room, cookie: string) {
  const socket = at.house.socket(`/collab/${roomName(room)}?v=1`, { cookie, origin: at.house.url });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await Promise.race([closed, new Promise((resolve) => socket.once('message', resolve))]);
  return { socket, closed };
}

describe('what is shown', () => {
  it('is the welcome at first, then what an officer says, to everybody', async () => {
    expect(await read(at.observer.cookie)).toMatchObject({ view: 'welcome', version: 0, linkedAt: null });
    const groupIds = [newId(), newId()];
    const response = await show(at.chair, { view: 'wall', itemId: at.itemId, groupIds: [...groupIds, groupIds[0]] });
    expect(response.status).toBe(200);
    const shown = { view: 'wall', itemId: at.itemId, groupIds, promptId: null, until: null, version: 1 };
    expect(await response.json()).toMatchObject(shown);
    expect(await read(at.members[0].cookie)).toMatchObject(shown);
    await show(at.facilitator, { view: 'break', until: 1_800_000_000_000 });
    expect(await read(at.observer.cookie)).toMatchObject({
      view: 'break',
      itemId: null,
      groupIds: [],
      until: 1_800_000_000_000,
      version: 2,
    });
  });

  it('is decided by nobody else', async () => {
    const before = await read(at.facilitator.cookie);
    for (const who of [at.members[0], at.observer]) {
      expect((await show(who, { view: 'vote' })).status).toBe(403);
      for (const method of ['POST', 'DELETE'])
        expect((await at.house.fetch(`${path}/link`, { method, as: who })).status).toBe(403);
    }
    expect((await show(at.stranger, { view: 'vote' })).status).toBe(404);
    expect(await read(at.facilitator.cookie)).toEqual(before);
  });

  it('tells the code while guests may come in', async () => {
    expect((await read(at.observer.cookie)).join).toBeNull();
    const { guests } = at.house.server.services;
    const { code } = await guests.update(at.facilitator.caller, at.meetingId, { open: true });
    expect((await read(at.observer.cookie)).join).toEqual({ code, url: `${at.house.url}/g/${code}` });
    await guests.update(at.facilitator.caller, at.meetingId, { open: false });
    expect((await read(at.observer.cookie)).join).toBeNull();
  });

  it('is told in the agenda’s room at once', async () => {
    const { socket } = await open({ kind: 'agenda', meetingId: at.meetingId }, at.observer.cookie);
    const told = new Promise<void>((resolve) =>
      socket.on('message', (data: Buffer) => data.includes('projector') && resolve()),
    );
    await show(at.facilitator, { view: 'agenda' });
    await told;
    socket.close();
  });
});

describe('the link', () => {
  it('opens a screen of this meeting, as often as one likes, and nothing when it is wrong', async () => {
    const token = await link();
    const one = await enter(token);
    const other = await enter(token);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.cookie).not.toBe(other.cookie);
    expect(await read(one.cookie ?? '')).toMatchObject({ view: 'agenda', linkedAt: null });
    // A reload keeps the session it has.
    expect(await enter(token, one.cookie ?? '')).toMatchObject({ status: 200, cookie: null });
    for (const wrong of ['', 'x'.repeat(43), token.slice(1), `${token}A`])
      expect(await enter(wrong)).toMatchObject({ status: 404, cookie: null });
  });

  it('takes nobody’s own session away', async () => {
    const token = await link();
    expect(await enter(token, at.members[0].cookie)).toMatchObject({ status: 200, cookie: null });
    expect(await enter(token, at.stranger.cookie)).toMatchObject({ status: 409, cookie: null });
  });

  it('is dead with its sessions and sockets before the answer when there is another one, or none', async () => {
    for (const end of ['another', 'none']) {
      const token = await link();
      const { cookie } = await enter(token);
      const inside = await open({ kind: 'agenda', meetingId: at.meetingId }, cookie ?? '');
      if (end === 'another') await link();
      else
        expect(
          await (await at.house.fetch(`${path}/link`, { method: 'DELETE', as: at.facilitator })).json(),
        ).toMatchObject({ linkedAt: null });
      expect(callerOf(cookie ?? '')).toBeNull();
      expect(await inside.closed).toBe(4401);
      expect((await at.house.fetch(path, { headers: { cookie: cookie ?? '' } })).status).toBe(401);
      expect(await enter(token)).toMatchObject({ status: 404, cookie: null });
    }
    await link();
    expect((await read(at.facilitator.cookie)).linkedAt).toBeGreaterThan(0);
  });
});

describe('a screen', () => {
  it('changes nothing by any route, and reads only what it shows', async () => {
    const cookie = await screen();
    const ids: Record<string, string> = {
      meetingId: at.meetingId,
      itemId: at.itemId,
      personId: at.members[0].person.id,
      groupId: currentRound(workshop).groups[0]?.id ?? newId(),
      roundId: workshop.currentRoundId,
    };
    const readable = [
      'GET /api/session',
      'GET /api/meetings/:meetingId',
      'GET /api/meetings/:meetingId/projector',
      'GET /api/meetings/:meetingId/floor',
      'GET /api/meetings/:meetingId/items/:itemId/workshop',
      'GET /api/meetings/:meetingId/items/:itemId/votes',
    ];
    // Those anybody may ask who is nobody at all.
    const open =
      /^(GET \/api\/(docs|docs\.css|docs\.js|openapi\.json)|POST \/api\/(sign-in|sign-out|links\/(open|use)|guests\/(look|join)|notice\/(look|answer)|projector\/enter))$/;
    let refused = 0;
    for (const route of at.house.server.routes) {
      const [method = '', template = ''] = route.split(' ');
      if (!template.startsWith('/api/') || open.test(route)) continue;
      const way = template.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId());
      const response = await at.house.fetch(way, { method, headers: { cookie } });
      if (readable.includes(route)) {
        expect(response.status, route).toBe(200);
        continue;
      }
      expect(response.status, route).toBe(403);
      expect(errorSchema.parse(await response.json()).error.code, route).toBe('forbidden');
      refused += 1;
    }
    expect(refused).toBeGreaterThan(60);
  });

  it('reads every kind of room and writes in none, in every phase', async () => {
    const caller = callerOf(await screen());
    const { access, meetings } = at.house.server.services;
    const { meetingId, itemId } = at;
    const rooms: Room[] = [
      { kind: 'agenda', meetingId },
      { kind: 'item', meetingId, itemId },
      { kind: 'harvest', meetingId, itemId },
      { kind: 'summary', meetingId, itemId },
      ...currentRound(workshop).groups.map(({ id }): Room => ({ kind: 'group', meetingId, groupId: id })),
    ];
    const decide = async () => {
      for (const room of rooms) {
        const name = roomName(room);
        const principal = caller && access.principal(caller, name);
        if (!principal) throw new Error('the screen is not signed in');
        const decided = await access.authorize(principal, name);
        expect(decided, name).toMatchObject({ access: 'read' });
      }
    };
    await decide();
    for (const phase of ['ongoing', 'verification', 'ongoing'] as const) {
      const { version } = await meetings.get(at.facilitator.caller, meetingId);
      await meetings.changePhase(at.facilitator.caller, meetingId, { phase, version });
      await decide();
    }
  });

  it('is told names, and nothing else of the people', async () => {
    const cookie = await screen();
    const { meetings } = at.house.server.services;
    const [anna] = at.members;
    await meetings.updateParticipant(at.facilitator.caller, at.meetingId, anna.person.id, {
      title: 'Bonde',
      absence: 'Läkarbesök',
    });
    const text = await (await at.house.fetch(`/api/meetings/${at.meetingId}`, { headers: { cookie } })).text();
    expect(text).toContain(anna.person.name);
    for (const secret of ['Bonde', 'Läkarbesök']) expect(text).not.toContain(secret);
    expect((JSON.parse(text) as Meeting).myRoles).toEqual(['screen']);
  });

  it('is nobody to the others: in no list, no count, no presence', async () => {
    const cookie = await screen();
    const id = callerOf(cookie)?.personId ?? '';
    const { services, relay } = at.house.server;
    const caller = at.facilitator.caller;
    const watching = await open({ kind: 'agenda', meetingId: at.meetingId }, at.chair.cookie);
    const heard: string[] = [];
    watching.socket.on('message', (data: Buffer) => heard.push(data.toString('latin1')));
    const inside = await open({ kind: 'agenda', meetingId: at.meetingId }, cookie);
    inside.socket.send(awareness([4711, 1, '{"itemId":""}']));
    // Somebody who comes after it and is seen: by then the screen would have been, too.
    const after = await open({ kind: 'agenda', meetingId: at.meetingId }, at.observer.cookie);
    after.socket.send(awareness([4712, 1, '{"itemId":""}']));
    await expect.poll(() => heard.join('')).toContain(at.observer.person.id);
    expect(heard.join('')).not.toContain(id);
    expect(relay.present('').has(id)).toBe(false);
    const lists = await services.meetings.mine(caller);
    expect(lists.find((one: MeetingSummary) => one.id === at.meetingId)?.hereNow).toBe(2);

    const meeting = await services.meetings.get(caller, at.meetingId);
    expect(meeting.participants.some(({ personId }) => personId === id)).toBe(false);
    expect((await services.people.list(caller)).some((person) => person.id === id)).toBe(false);
    const guests = await services.guests.view(caller, at.meetingId);
    expect(guests.guests).toEqual([]);
    expect((await services.meetings.copy(caller, at.meetingId)).participants.length).toBe(meeting.participants.length);
    const placed = await at.ask<WorkshopView>(at.facilitator, 'GET');
    expect(JSON.stringify(placed)).not.toContain(id);
    for (const { socket } of [watching, inside, after]) socket.close();
  });

  it('is no guest and no participant to be changed, shown out, merged, invited or claimed', async () => {
    const cookie = await screen();
    const id = callerOf(cookie)?.personId ?? '';
    const meeting = `/api/meetings/${at.meetingId}`;
    const tries: [string, string, object?][] = [
      ['PATCH', `${meeting}/participants/${id}`, { roles: ['chair'] }],
      ['PATCH', `${meeting}/participants/${id}`, { title: 'Ordförande' }],
      ['DELETE', `${meeting}/participants/${id}`],
      ['DELETE', `${meeting}/guests/${id}`],
      ['POST', `${meeting}/guests/${id}/admit`],
      ['POST', `${meeting}/guests/${id}/merge`, { personId: at.members[0].person.id }],
    ];
    for (const [method, way, json] of tries) {
      const response = await at.house.fetch(way, { method, as: at.facilitator, ...(json ? { json } : {}) });
      expect(response.status, `${method} ${way}`).toBe(404);
    }
    const invited = await at.house.fetch(`${meeting}/participants/${id}/invitation`, {
      method: 'POST',
      as: at.facilitator,
    });
    expect(invited.status).toBe(409);
    // Showing all guests out leaves it where it is.
    await at.house.server.services.guests.endAll(at.facilitator.caller, at.meetingId);
    expect((await read(cookie)).view).toBe('agenda');
  });
});
