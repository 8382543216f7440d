/**
 * Why this file exists: the door of the rooms, on a real server over loopback with the client bypassed: who gets in, who
 * is refused and how, and that a right taken away is gone when the answer comes.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type WebSocket from 'ws';
import { newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import { EDITOR_SCHEMA_VERSION } from '#shared/wire.ts';
import { hashToken } from '../../server/people/tokens.ts';
import { ending, firstFrame, type House, openHouse, type Visitor } from './house.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let agenda: string;
let item: string;
let meetingId: string;

const open = (room: string, visitor: Visitor | null, headers: Record<string, string> = {}): WebSocket =>
  house.socket(`/collab/${room}`, {
    origin: house.url,
    ...(visitor ? { cookie: visitor.cookie } : {}),
    ...headers,
  });

beforeAll(async () => {
  house = await openHouse();
  owner = await house.add('Bo Sund');
  member = await house.add('Cim Dal');
  stranger = await house.add('Dag Mo');
  const made = await house.meeting(owner, [[member, ['member']]]);
  meetingId = made.meeting.id;
  agenda = `agenda:${meetingId}`;
  item = `item:${meetingId}:${made.items[0]}`;
});
afterAll(() => house.close());

describe('a room', () => {
  it('opens for participants, stock clients and ours', async () => {
    for (const room of [
      agenda,
      item,
      `${agenda}?v=1`,
      `${agenda}?v=1&schema=${EDITOR_SCHEMA_VERSION}`,
      encodeURIComponent(agenda),
    ]) {
      const socket = open(room, member);
      expect(await firstFrame(socket), room).toBe('frame');
      socket.close();
    }
  });

  it('refuses an upgrade without our Origin, plainly and before anything else', async () => {
    const origins = [
      'null',
      'https://ond.example',
      `${house.url}.ond.example`,
      house.url.replace(/\d+$/, '1'),
      house.url.replace('http', 'https'),
    ];
    for (const origin of origins)
      expect(await ending(open(agenda, member, { origin })), origin).toEqual({ status: 403, frames: 0 });
    const none = house.socket(`/collab/${agenda}`, { cookie: member.cookie });
    expect(await ending(none)).toEqual({ status: 403, frames: 0 });
  });

  it('closes with 4401 before any frame without a session that lives', async () => {
    const ended = await house.again(member);
    await house.server.services.sessions.end(ended.caller.sessionId);
    for (const cookie of [
      '',
      'radslag=',
      `radslag=${'x'.repeat(43)}`,
      `radslag=${member.caller.sessionId}`,
      `radslag=${hashToken(member.cookie)}`,
      `__Host-${member.cookie}`,
      ended.cookie,
    ])
      expect(await ending(open(agenda, null, { cookie })), cookie).toEqual({ code: 4401, frames: 0 });
  });

  it('closes with 4403 for strangers and 4404 for what does not exist', async () => {
    expect(await ending(open(agenda, stranger))).toEqual({ code: 4403, frames: 0 });
    expect(await ending(open(item, stranger))).toEqual({ code: 4403, frames: 0 });
    expect(await ending(open(`item:${meetingId}:${newId()}`, member))).toEqual({ code: 4404, frames: 0 });
    for (const name of [
      `agenda:${newId()}`,
      'agenda:',
      'x',
      `${agenda}:`,
      `${agenda.toUpperCase()}`,
      '__proto__',
      'constructor',
      '%00',
      '%F0%9F%98%80',
      '%zz',
      `${agenda}%20`,
      'a'.repeat(8_000),
    ])
      expect(await ending(open(name, member)), name.slice(0, 40)).toEqual({ code: 4404, frames: 0 });
    for (const name of ['../api/session', '%2e%2e/x', 'a/b', '', '%2e%2e%2f%2e%2e'])
      expect(await ending(open(name, member)), name).toMatchObject({ frames: 0 });
  });

  it('sends an older editor away with 4426', async () => {
    for (const schema of ['0', '-1', 'x', ''])
      expect(await ending(open(`${agenda}?v=1&schema=${schema}`, member)), schema).toEqual({ code: 4426, frames: 0 });
  });

  it('is no page', async () => {
    const response = await house.fetch(`/collab/${agenda}`, { as: member });
    expect(response.status).toBe(426);
    expect(await response.json()).toMatchObject({ error: { code: 'bad-request' } });
  });

  it('is not left hanging by an upgrade to something else', async () => {
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
    socket.write(
      `GET /healthz HTTP/1.1\r\nHost: ${new URL(house.url).host}\r\nOrigin: ${house.url}\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n`,
    );
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('closes a text frame with 1003 or 1008 and one too large with 1009, and nobody else', async () => {
    const peer = open(agenda, owner);
    await firstFrame(peer);
    const texting = open(agenda, member);
    await firstFrame(texting);
    texting.send('hej');
    expect([1003, 1008]).toContain((await ending(texting)).code);
    const large = open(agenda, member);
    await firstFrame(large);
    large.send(Buffer.alloc(4 * 1024 * 1024 + 1));
    expect((await ending(large)).code).toBe(1009);
    expect(peer.readyState).toBe(peer.OPEN);
    peer.close();
  });

  it.each([
    ['signing out', (visitor: Visitor) => house.fetch('/api/sign-out', { method: 'POST', as: visitor })],
    [
      'signing out elsewhere',
      async (visitor: Visitor) =>
        house.fetch('/api/sign-out/others', { method: 'POST', as: await house.again(visitor) }),
    ],
  ])('has lost its sockets when %s is answered', async (_, leave) => {
    const visitor = await house.add('Gun Rå');
    await house.server.services.meetings.addParticipant(owner.caller, meetingId, { personId: visitor.person.id });
    const sockets = [open(agenda, visitor), open(item, visitor)];
    await Promise.all(sockets.map(firstFrame));
    const ends = Promise.all(sockets.map(ending));
    expect(house.server.relay.present(agenda)).toContain(visitor.person.id);
    expect((await leave(visitor)).status).toBe(204);
    // Not only soon, as the watch over sessions would see to.
    for (const room of [agenda, item]) expect(house.server.relay.present(room)).not.toContain(visitor.person.id);
    for (const end of await ends) expect(end.code).toBe(4401);
    expect(await ending(open(agenda, visitor))).toEqual({ code: 4401, frames: 0 });
  });

  it('closes within a second when the session runs out, though nobody asks', async () => {
    const visitor = await house.again(member);
    const socket = open(agenda, visitor);
    await firstFrame(socket);
    const end = ending(socket);
    const from = performance.now();
    await house.expire(visitor);
    expect((await end).code).toBe(4401);
    expect(performance.now() - from).toBeLessThan(1_500);
  });

  it('is closed to somebody removed, and to somebody who may no longer sign in, when the answer comes', async () => {
    const guest = await house.add('Elis Vik');
    await house.server.services.meetings.addParticipant(owner.caller, meetingId, { personId: guest.person.id });
    const sockets = [open(agenda, guest), open(item, guest)];
    await Promise.all(sockets.map(firstFrame));
    const ends = Promise.all(sockets.map(ending));
    const response = await house.fetch(`/api/meetings/${meetingId}/participants/${guest.person.id}`, {
      method: 'DELETE',
      as: owner,
    });
    expect(response.status).toBe(200);
    for (const end of await ends) expect(end.code).toBe(4403);
    expect(await ending(open(item, guest))).toEqual({ code: 4403, frames: 0 });

    const admin = await house.add('Alva Ek', { isAdmin: true });
    const disabled = await house.add('Frö Lid');
    await house.server.services.meetings.addParticipant(owner.caller, meetingId, { personId: disabled.person.id });
    const socket = open(agenda, disabled);
    await firstFrame(socket);
    const end = ending(socket);
    await house.fetch(`/api/people/${disabled.person.id}`, { method: 'PATCH', as: admin, json: { disabled: true } });
    expect((await end).code).toBe(4401);
    expect(await ending(open(agenda, disabled))).toEqual({ code: 4401, frames: 0 });
  });

  it('opens for exactly the roles the policy names, whatever the phase', async () => {
    const roles: GivenRole[] = ['chair', 'viceChair', 'secretary', 'facilitator', 'member', 'presenter', 'observer'];
    const people = await Promise.all(roles.map((role) => house.add(`Roll ${role}`)));
    const host = await house.add('Värd');
    const made = await house.meeting(
      host,
      people.map((person, i) => [person, [roles[i] as GivenRole]]),
    );
    for (const phase of ['preparation', 'ongoing', 'verification', 'verified'] as const) {
      if (phase !== 'preparation') {
        const now = await house.server.services.meetings.get(host.caller, made.meeting.id);
        await house.server.services.meetings.changePhase(host.caller, made.meeting.id, { phase, version: now.version });
      }
      for (const room of [`agenda:${made.meeting.id}`, `item:${made.meeting.id}:${made.items[0]}`]) {
        for (const person of people) {
          const socket = open(room, person);
          expect(await firstFrame(socket), `${person.person.name} ${phase}`).toBe('frame');
          socket.close();
        }
        expect(await ending(open(room, stranger))).toEqual({ code: 4403, frames: 0 });
      }
    }
  });
});
