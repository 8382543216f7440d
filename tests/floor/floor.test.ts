/**
 * The list of speakers over HTTP, against a real server: who may what, what time it goes by, who is told, and that two who
 * press at once take one step.
 */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import type { ProjectorLink } from '#shared/projector/api.ts';
import { roomName } from '#shared/rooms.ts';
import type { Visitor } from '../http/house.ts';
import { type FloorHouse, openFloorHouse } from './house.ts';

let f: FloorHouse;
beforeAll(async () => {
  f = await openFloorHouse();
});
afterAll(() => f.house.close());
beforeEach(() => f.empty());

const order = ({ waiting }: FloorView) => waiting.map(({ person, kind }) => `${person.split(' ')[0]} ${kind}`);
const turns = async (as = f.facilitator) => (await f.ask<{ turns: Turn[] }>(as, 'GET', `${f.root}/turns`)).turns;
/** Roles that no officer can give, straight in the data. */
function makeRole(visitor: Visitor, role: string): void {
  const db = new DatabaseSync(f.house.file, { timeout: 5_000 });
  db.prepare('update participant set roles = ? where person_id = ?').run(JSON.stringify([role]), visitor.person.id);
  db.close();
}

describe('the list', () => {
  it('is seen by everybody who takes part, and by nobody else', async () => {
    const [asta] = f.members;
    await f.request(asta);
    for (const who of [f.observer, f.chair, f.members[1]]) expect(order(await f.floor(who))).toEqual(['Asta speech']);
    await expect(f.floor(f.stranger)).rejects.toMatchObject({ status: 404 });
    await expect(f.request(f.stranger)).rejects.toMatchObject({ status: 404 });
    expect(await f.floor(asta)).toMatchObject({ maySpeak: true, runs: false });
    expect(await f.floor(f.chair)).toMatchObject({ maySpeak: true, runs: true });
    expect(await f.floor(f.observer)).toMatchObject({ maySpeak: false, runs: false });
  });

  it('takes each once, however often they press and from however many devices', async () => {
    const [asta, bror] = f.members;
    const again = await f.house.again(asta);
    await Promise.all([asta, again, asta, again].map((device) => f.request(device)));
    expect(order(await f.request(bror))).toEqual(['Asta speech', 'Bror speech']);
  });

  it('puts a rejoinder before speeches while somebody speaks, and keeps one’s place for a speech', async () => {
    const [asta, bror, cilla] = f.members;
    await expect(f.request(asta, 'rejoinder')).rejects.toMatchObject({
      code: 'conflict',
      fields: { kind: 'no-speaker' },
    });
    for (const who of [asta, bror, cilla]) await f.request(who);
    await f.next();
    await expect(f.request(asta, 'rejoinder')).rejects.toMatchObject({ fields: { kind: 'own-turn' } });
    expect(order(await f.request(cilla, 'rejoinder'))).toEqual(['Cilla rejoinder', 'Bror speech', 'Cilla speech']);
    expect((await f.next()).speaker).toMatchObject({ person: 'Cilla Ek', kind: 'rejoinder', seconds: 60 });
    expect(order(await f.floor(cilla))).toEqual(['Bror speech', 'Cilla speech']);
  });

  it('is left by oneself, and others are taken off it by those who run the meeting alone', async () => {
    const [asta, bror] = f.members;
    await f.request(asta);
    const [, second] = (await f.request(bror)).waiting;
    const path = `/requests/${second?.id}`;
    await expect(f.floor(asta, 'DELETE', path)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(f.floor(f.observer, 'DELETE', path)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(f.floor(f.stranger, 'DELETE', path)).rejects.toMatchObject({ status: 404 });
    expect(order(await f.floor(bror, 'DELETE', path))).toEqual(['Asta speech']);
    await expect(f.floor(bror, 'DELETE', path)).rejects.toMatchObject({ status: 404 });
    const [first] = (await f.floor(asta)).waiting;
    expect(order(await f.floor(f.chair, 'DELETE', `/requests/${first?.id}`))).toEqual([]);
  });

  it('is for those who speak in the meeting: not for observers, screens, or guests where the rule leaves them out', async () => {
    await expect(f.request(f.observer)).rejects.toMatchObject({ code: 'forbidden' });
    const { code } = await f.house.server.services.guests.update(f.facilitator.caller, f.meetingId, { open: true });
    const joined = await f.house.fetch('/api/guests/join', {
      method: 'POST',
      json: { code, name: 'Rut Lind', key: 'k'.repeat(22) },
    });
    const cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
    const ask = () =>
      f.house.fetch(`${f.root}/requests`, { method: 'POST', json: { kind: 'speech' }, headers: { cookie } });
    expect((await ask()).status).toBe(200);
    expect(order(await f.floor(f.chair, 'PATCH', '', { guests: false }))).toEqual([]);
    expect((await ask()).status).toBe(403);
    const seen = (await (await f.house.fetch(f.root, { headers: { cookie } })).json()) as FloorView;
    expect(seen).toMatchObject({ maySpeak: false, waiting: [] });
    const made = await f.house.fetch(`/api/meetings/${f.meetingId}/projector/link`, {
      method: 'POST',
      as: f.facilitator,
    });
    const token = ((await made.json()) as ProjectorLink).url.split('#')[1];
    const entered = await f.house.fetch('/api/projector/enter', { method: 'POST', json: { token } });
    const screen = { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
    expect((await f.house.fetch(f.root, { headers: screen })).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/requests'],
      ['POST', '/next'],
      ['GET', '/turns'],
    ] as const) {
      const json = method === 'GET' ? {} : { json: path === '/next' ? { step: 0 } : { kind: 'speech' } };
      expect((await f.house.fetch(f.root + path, { method, headers: screen, ...json })).status, path).toBe(403);
    }
  });

  it('is kept by those who run the meeting, for everybody who raises a hand in the hall', async () => {
    const [asta, bror] = f.members;
    const personId = bror.person.id;
    await expect(f.request(asta, 'speech', { personId })).rejects.toMatchObject({ code: 'forbidden' });
    expect(order(await f.request(f.chair, 'speech', { personId }))).toEqual(['Bror speech']);
    const observer = f.observer.person.id;
    await expect(f.request(f.chair, 'speech', { personId: observer })).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = f.stranger.person.id;
    await expect(f.request(f.chair, 'speech', { personId: stranger })).rejects.toMatchObject({ status: 404 });
  });

  it('is put in another order, within rejoinders and within speeches', async () => {
    const [asta, bror, cilla] = f.members;
    for (const who of [asta, bror, cilla]) await f.request(who);
    const { waiting } = await f.floor(asta);
    const path = `/requests/${waiting[2]?.id}/move`;
    await expect(f.floor(cilla, 'POST', path, { by: -1 })).rejects.toMatchObject({ code: 'forbidden' });
    await f.floor(f.chair, 'POST', path, { by: -1 });
    expect(order(await f.floor(f.chair, 'POST', path, { by: -1 }))[0]).toBe('Cilla speech');
    expect(order(await f.floor(f.chair, 'POST', path, { by: -1 }))[0]).toBe('Cilla speech');
    await expect(f.floor(f.chair, 'POST', path, { by: 2 })).rejects.toMatchObject({ status: 400 });
  });

  it('closes for speeches when the line is drawn, until it is lifted or another item begins', async () => {
    const [asta, bror, cilla] = f.members;
    await f.request(asta);
    await expect(f.floor(asta, 'PATCH', '', { drawn: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await f.floor(f.chair, 'PATCH', '', { drawn: true })).toMatchObject({ drawn: true });
    await expect(f.request(bror)).rejects.toMatchObject({ fields: { kind: 'drawn' } });
    await f.next();
    expect(order(await f.request(bror, 'rejoinder'))).toEqual(['Bror rejoinder']);
    const { meetings } = f.house.server.services;
    await meetings.setCurrentItem(f.facilitator.caller, f.meetingId, f.otherItemId);
    expect(await f.request(cilla)).toMatchObject({ drawn: false });
    await meetings.setCurrentItem(f.facilitator.caller, f.meetingId, f.itemId);
    await f.floor(f.chair, 'PATCH', '', { drawn: false });
    expect(order(await f.request(bror))).toEqual(['Bror rejoinder', 'Cilla speech', 'Bror speech']);
  });

  it('is used while the meeting goes on', async () => {
    const { meetings } = f.house.server.services;
    const change = async (phase: 'preparation' | 'ongoing') =>
      meetings.changePhase(f.facilitator.caller, f.meetingId, {
        phase,
        version: (await meetings.get(f.facilitator.caller, f.meetingId)).version,
      });
    await change('preparation');
    await expect(f.request(f.members[0])).rejects.toMatchObject({ code: 'not-allowed-now' });
    expect(await f.floor(f.members[0])).toMatchObject({ maySpeak: false });
    expect(await f.floor(f.chair, 'PATCH', '', { speechSeconds: 90 })).toMatchObject({ speechSeconds: 90, runs: true });
    await change('ongoing');
    await meetings.setCurrentItem(f.facilitator.caller, f.meetingId, f.itemId);
  });

  it('loses whoever leaves the meeting', async () => {
    const doris = f.members[3];
    await f.request(doris);
    makeRole(doris, 'observer');
    expect(order(await f.floor(f.chair))).toEqual([]);
    expect((await f.next()).speaker).toBeNull();
    makeRole(doris, 'member');
    expect(order(await f.floor(f.chair))).toEqual([]);
  });
});

describe('the floor', () => {
  it('is given to the next by the server’s clock, and every turn is kept', async () => {
    const [asta, bror] = f.members;
    const before = (await turns()).length;
    await f.request(asta);
    await f.request(bror);
    await expect(f.floor(asta, 'POST', '/next', { step: 0 })).rejects.toMatchObject({ code: 'forbidden' });
    f.time.now += 1_000;
    const from = f.time.now;
    expect((await f.next(f.chair)).speaker).toMatchObject({ personId: asta.person.id, from, to: null, seconds: 180 });
    f.time.now += 125_000;
    expect((await f.next()).speaker).toMatchObject({ personId: bror.person.id });
    f.time.now += 10_000;
    expect((await f.end()).speaker).toBeNull();
    const kind = 'speech';
    const itemId = f.itemId;
    expect((await turns(f.observer)).slice(before)).toMatchObject([
      { person: 'Asta Berg', kind, itemId, from, to: from + 125_000 },
      { person: 'Bror Lund', kind, itemId, from: from + 125_000, to: from + 135_000 },
    ]);
    await expect(turns(f.stranger)).rejects.toMatchObject({ status: 404 });
  });

  it('is given once when two press "next" at the same moment', async () => {
    for (const member of f.members) await f.request(member);
    const { step } = await f.floor(f.chair);
    const presses = [f.chair, f.facilitator, f.chair, f.facilitator, f.facilitator, f.chair];
    const answers = await Promise.all(presses.map((who) => f.floor(who, 'POST', '/next', { step })));
    for (const answer of answers) {
      expect(answer.speaker?.person).toBe('Asta Berg');
      expect(answer.waiting).toHaveLength(3);
      expect(answer.step).toBe(step + 1);
    }
  });

  it('is ended once, and not taken from whoever got it meanwhile', async () => {
    const [asta, bror] = f.members;
    await f.request(asta);
    await f.request(bror);
    const { step } = await f.next();
    const [next, end] = await Promise.all([
      f.floor(f.chair, 'POST', '/next', { step }),
      f.floor(f.facilitator, 'POST', '/end', { step }),
    ]);
    expect([next.step, end.step]).toEqual([step + 1, step + 1]);
    const late = await f.floor(f.facilitator, 'POST', '/end', { step });
    expect(late.step).toBe(step + 1);
  });

  it('is given to a chosen one', async () => {
    const [asta, bror, cilla] = f.members;
    for (const who of [asta, bror, cilla]) await f.request(who);
    const { waiting, step } = await f.floor(f.chair);
    const path = `/requests/${waiting[1]?.id}/give`;
    await expect(f.floor(bror, 'POST', path, { step })).rejects.toMatchObject({ code: 'forbidden' });
    const given = await f.floor(f.chair, 'POST', path, { step });
    expect(given.speaker?.person).toBe('Bror Lund');
    expect(order(given)).toEqual(['Asta speech', 'Cilla speech']);
    await expect(f.floor(f.chair, 'POST', path, { step: given.step })).rejects.toMatchObject({ status: 404 });
  });

  it('has limits set by those who run the meeting, and new speakers first when they want that', async () => {
    const [asta, bror] = f.members;
    await expect(f.floor(asta, 'PATCH', '', { speechSeconds: 5 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(f.floor(f.chair, 'PATCH', '', { speechSeconds: 30 })).rejects.toMatchObject({
      fields: { rejoinderSeconds: 'too-long' },
    });
    for (const wrong of [{ speechSeconds: -1 }, { rejoinderSeconds: 0 }, { rejoinderSeconds: 1.5 }, { sppech: 1 }])
      await expect(f.floor(f.chair, 'PATCH', '', wrong)).rejects.toMatchObject({ status: 400 });
    const rules = { speechSeconds: 120, rejoinderSeconds: 30, newSpeakersFirst: true };
    expect(await f.floor(f.chair, 'PATCH', '', rules)).toMatchObject(rules);
    await f.request(asta);
    expect((await f.next()).speaker?.seconds).toBe(120);
    const chair = f.chair.person.id;
    await f.request(asta);
    await f.request(f.chair, 'speech', { personId: chair });
    const waiting = (await f.request(bror)).waiting.map(({ person, speeches }) => [person, speeches > 0]);
    expect(waiting.at(-1)).toEqual(['Asta Berg', true]);
    expect(waiting[0]).toEqual(['Olof Ahl', false]);
  });
});

describe('everybody', () => {
  it('is told in the agenda’s room', async () => {
    const socket = f.house.socket(`/collab/${roomName({ kind: 'agenda', meetingId: f.meetingId })}?v=1`, {
      cookie: f.observer.cookie,
      origin: f.house.url,
    });
    await new Promise((resolve) => socket.once('message', resolve));
    const told = () =>
      new Promise<void>((resolve) => {
        const hear = (data: Buffer): void => {
          if (!data.includes('floor')) return;
          socket.off('message', hear);
          resolve();
        };
        socket.on('message', hear);
      });
    const asked = told();
    await f.request(f.members[0]);
    await asked;
    const given = told();
    await f.next();
    await given;
    socket.close();
  });

  it('presses as people press, and no faster for long', async () => {
    const cilla = f.members[2];
    const answers = await Promise.all(
      Array.from({ length: 80 }, () => f.request(cilla).catch((error: Error) => error)),
    );
    expect(answers.some((answer) => answer instanceof Error && /429/.test(answer.message))).toBe(true);
    expect((await f.floor(f.chair)).waiting).toHaveLength(1);
  });
});
