/**
 * Why this file exists: a workshop while it is held, over HTTP and real sockets: who is in which group decides at once who
 * reads and writes what, and for a member another group is as one that does not exist.
 */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Visitor } from '../http/house.ts';
import { ending } from '../http/house.ts';
import { type DocClient, openDoc } from '../support/light-client.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';

let w: WorkshopHouse;
let round: string;
let groups: string[];
let prompt: string;
const clients: DocClient[] = [];

const room = (groupId: string) => `group:${w.meetingId}:${groupId}`;
const join = (as: Visitor, groupId: string): DocClient => {
  const client = openDoc({ url: w.house.url, cookie: as.cookie }, room(groupId));
  clients.push(client);
  return client;
};
const write = (client: DocClient, text: string): void => {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  client.doc.getXmlFragment(prompt).push([paragraph]);
};
const wordsIn = (groupId: string) =>
  w.house.server.relay.read(room(groupId), (doc) => doc.getXmlFragment(prompt).toString());
const clock = (deed: string, more: object = {}, as = w.facilitator) =>
  w.ask(as, 'POST', `/rounds/${round}/clock`, { do: deed, ...more });
const put = (personId: string, groupId: string | null, as = w.facilitator) =>
  w.ask(as, 'POST', `/rounds/${round}/place`, { personId, groupId });
const roundOf = (view: WorkshopView) => view.rounds.find(({ id }) => id === round)!;
/** What the door says of a room, over a socket. */
async function doorOf(as: Visitor, name: string) {
  const socket = w.house.socket(`/collab/${name}?v=1`, { cookie: as.cookie, origin: w.house.url });
  const result = await Promise.race([ending(socket), once(socket, 'message').then(() => 'in' as const)]);
  socket.terminate();
  return result;
}
/** Resolves when the client's right is this one. */
async function until(client: DocClient, access: string): Promise<void> {
  while (client.access() !== access) await once(client.provider.ws as never, 'message');
}

beforeAll(async () => {
  w = await openWorkshopHouse();
  const [asta, bror, cilla] = w.members;
  const made = await w.ask(w.facilitator, 'POST', '', { prompts: PROMPTS, minutes: 10 });
  round = made.currentRoundId;
  prompt = made.prompts[0]?.id ?? '';
  groups = made.rounds[0]?.groups.map(({ id }) => id) ?? [];
  await w.ask(w.facilitator, 'PATCH', `/rounds/${round}`, {
    version: made.version,
    groups: made.rounds[0]?.groups.map(({ id, name }, i) => ({
      id,
      name,
      place: 'Biblioteket',
      members: i === 0 ? [asta.person.id, bror.person.id] : i === 1 ? [cilla.person.id] : [],
    })),
  });
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await w.house.close();
});

describe('groups', () => {
  it('take effect all at once, made from what the facilitator saw', async () => {
    const before = await w.ask(w.facilitator, 'GET');
    const [one, two] = roundOf(before).groups;
    const [asta] = w.members;
    const patch = (json: object) => w.ask(w.facilitator, 'PATCH', `/rounds/${round}`, json);
    await expect(patch({ version: before.version - 1, groups: [{ ...one, state: undefined }] })).rejects.toThrow();
    const stale = { version: before.version - 1, title: 'För sent' };
    await expect(patch(stale)).rejects.toMatchObject({ fields: { version: 'changed' } });
    const twice = [
      { id: one?.id, name: 'Ett', members: [asta.person.id] },
      { id: two?.id, name: 'Två', members: [asta.person.id] },
    ];
    await expect(patch({ groups: twice })).rejects.toMatchObject({ fields: { members: 'twice' } });
    const stranger = [{ id: one?.id, name: 'Ett', members: [w.stranger.person.id] }];
    await expect(patch({ groups: stranger })).rejects.toMatchObject({ fields: { members: 'not-participant' } });
    await expect(patch({ groups: [{ id: newId(), name: 'Från ingenstans' }] })).rejects.toMatchObject({
      fields: { groups: 'missing' },
    });
    expect(await w.ask(w.facilitator, 'GET')).toMatchObject({ version: before.version, rounds: before.rounds });
  });

  it('are for their members alone, who write when the round is started', async () => {
    const [asta, , cilla] = w.members;
    const [one = '', two = ''] = groups;
    const mine = join(asta, one);
    await mine.synced();
    await until(mine, 'read');
    await clock('start');
    await until(mine, 'write');
    write(mine, 'Täta avstämningar');
    await mine.settled();
    const theirs = join(cilla, two);
    await theirs.synced();
    write(theirs, 'Fasta mötestider');
    await theirs.settled();
    expect(await wordsIn(two)).toContain('Fasta mötestider');
  });

  it('of others are as ones that do not exist, over HTTP and over the socket, until they are opened', async () => {
    const [asta] = w.members;
    const [one = '', two = ''] = groups;
    const authorship = (groupId: string) => `/api/meetings/${w.meetingId}/groups/${groupId}/authorship`;
    const answerTo = async (as: Visitor, path: string) => {
      const answer = await w.house.fetch(path, { as });
      const body = (await answer.json()) as { error?: { requestId: string } };
      return { status: answer.status, body: { ...body, error: { ...body.error, requestId: '' } } };
    };
    for (const as of [asta, w.observer]) {
      expect(await doorOf(as, room(two))).toEqual(await doorOf(as, room(newId())));
      expect(await answerTo(as, authorship(two))).toEqual(await answerTo(as, authorship(newId())));
    }
    expect(await doorOf(asta, room(one))).toBe('in');
    expect(await doorOf(w.chair, room(two))).toBe('in');
    const mine = await w.ask<{ people: Record<string, { name: string }> }>(asta, 'GET', authorship(one));
    expect(Object.values(mine.people).map(({ name }) => name)).toContain('Asta Berg');
    const hand = (groupId: string) => w.ask(asta, 'POST', `/groups/${groupId}/hand`, { raised: true });
    const refusal = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message);
    expect(await refusal(hand(two))).toBe(await refusal(hand(newId())));

    await w.ask(w.facilitator, 'PATCH', '', { opened: true });
    expect(await doorOf(asta, room(two))).toBe('in');
    expect((await answerTo(w.observer, authorship(two))).status).toBe(200);
    const looking = join(asta, two);
    await until(looking, 'read');
    await w.ask(w.facilitator, 'PATCH', '', { opened: false });
    expect(await doorOf(asta, room(two))).toEqual(await doorOf(asta, room(newId())));
  });

  it('change their rights before whoever moved a person is answered', async () => {
    const [, bror] = w.members;
    const [one = '', two = ''] = groups;
    const old = join(bror, one);
    await old.synced();
    await until(old, 'write');
    const view = await put(bror.person.id, two);
    expect(roundOf(view).groups.map(({ members }) => members.includes(bror.person.id))).toEqual([false, true, false]);
    // Sent after the answer: the old group does not take it, the new one does.
    write(old, 'Hamnade aldrig här');
    expect(await doorOf(bror, room(one))).toEqual(await doorOf(bror, room(newId())));
    const moved = join(bror, two);
    await moved.synced();
    write(moved, 'Bror var här');
    await moved.settled();
    expect(await wordsIn(one)).not.toContain('Hamnade');
    expect(await wordsIn(two)).toContain('Bror var här');
    old.destroy();
  });

  it('are chosen by participants themselves where they may, as long as there is room', async () => {
    const [asta, , , doris] = w.members;
    const [one = '', two = '', three = ''] = groups;
    await expect(put(doris.person.id, three, doris)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await w.ask(w.facilitator, 'PATCH', '', { selfSelectCap: 2 });
    await expect(put(asta.person.id, three, doris)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(put(doris.person.id, two, doris)).rejects.toMatchObject({ fields: { groupId: 'full' } });
    await expect(put(w.observer.person.id, one, w.observer)).rejects.toMatchObject({ code: 'forbidden' });
    expect(roundOf(await put(doris.person.id, one, doris)).groups[0]?.members).toContain(doris.person.id);
    expect(roundOf(await put(doris.person.id, null, doris)).groups[0]?.members).not.toContain(doris.person.id);
    await expect(put(doris.person.id, newId())).rejects.toMatchObject({ code: 'not-found' });
    await expect(put(w.stranger.person.id, one)).rejects.toMatchObject({ fields: { personId: 'not-participant' } });
  });

  it('get those who come late by rule, the smallest first', async () => {
    await w.ask(w.facilitator, 'PATCH', '', { latecomers: 'smallest' });
    const late = await w.house.add('Einar Sten');
    await w.house.server.services.meetings.addParticipant(w.facilitator.caller, w.meetingId, {
      personId: late.person.id,
      roles: ['member'],
    });
    const view = await w.ask(late, 'GET');
    expect(roundOf(view).groups[2]?.members).toEqual([late.person.id]);
    const looker = await w.house.add('Folke Å');
    await w.house.server.services.meetings.addParticipant(w.facilitator.caller, w.meetingId, {
      personId: looker.person.id,
      roles: ['observer'],
    });
    expect(roundOf(await w.ask(looker, 'GET')).groups.flatMap(({ members }) => members)).not.toContain(
      looker.person.id,
    );
  });
});

describe('hands and messages', () => {
  it('go up from a group once and down by any of the group or by who runs it', async () => {
    const [asta, , cilla] = w.members;
    const [one = ''] = groups;
    const raise = (as: Visitor, raised: boolean, note = '') =>
      w.ask(as, 'POST', `/groups/${one}/hand`, { raised, note });
    expect((await raise(asta, true, 'Får vi byta rum?')).hands).toHaveLength(1);
    expect((await raise(asta, true, 'Igen')).hands[0]?.note).toBe('Får vi byta rum?');
    expect((await w.ask(cilla, 'GET')).hands).toEqual([]);
    await expect(raise(w.facilitator, true)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await w.ask(w.chair, 'DELETE', `/hands/${one}`)).hands).toEqual([]);
    expect((await raise(asta, true)).hands).toHaveLength(1);
    expect((await raise(asta, false)).hands).toEqual([]);
    await expect(w.ask(asta, 'DELETE', `/hands/${one}`)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are said by officers to all groups or to one, and only so many are kept', async () => {
    const [asta, , cilla] = w.members;
    const [one = ''] = groups;
    const say = (groupId: string | null, text: string, as = w.facilitator) =>
      w.ask(as, 'POST', '/messages', { groupId, text });
    await say(null, 'Fem minuter kvar');
    await say(one, 'Fikat står framme', w.chair);
    expect((await w.ask(asta, 'GET')).messages.map(({ text }) => text)).toEqual([
      'Fem minuter kvar',
      'Fikat står framme',
    ]);
    expect((await w.ask(cilla, 'GET')).messages).toHaveLength(1);
    expect((await w.ask(w.facilitator, 'GET')).messages).toHaveLength(2);
    await expect(say(null, 'Nej', asta)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(say(null, 'x'.repeat(301))).rejects.toMatchObject({ code: 'bad-request' });
    await expect(say(newId(), 'Till ingen')).rejects.toMatchObject({ code: 'not-found' });
    for (let i = 0; i < 205; i++) await say(null, `Nummer ${i}`);
    const { messages } = await w.ask(w.facilitator, 'GET');
    expect([messages.length, messages.at(0)?.text, messages.at(-1)?.text]).toEqual([200, 'Nummer 5', 'Nummer 204']);
  });
});

describe('closing', () => {
  it('makes every group read only at once, keeps what it wrote and lowers its hand; reopening lets it go on', async () => {
    const [asta] = w.members;
    const [one = '', two = ''] = groups;
    const mine = join(asta, one);
    await mine.synced();
    await until(mine, 'write');
    await w.ask(asta, 'POST', `/groups/${one}/hand`, { raised: true });
    await clock('ask-to-finish', {}, w.chair);
    expect(roundOf(await w.ask(asta, 'GET')).groups.map(({ state }) => state)).toEqual(Array(3).fill('ending'));
    write(mine, 'sista meningen');
    await mine.settled();
    await expect(clock('close', {}, asta)).rejects.toMatchObject({ code: 'forbidden' });
    await clock('close');
    write(mine, 'för sent');
    await until(mine, 'read');
    expect(await wordsIn(one)).toContain('sista meningen');
    expect(await wordsIn(one)).not.toContain('för sent');
    const closed = roundOf(await w.ask(asta, 'GET'));
    expect(closed.groups.map(({ state }) => state)).toEqual(Array(3).fill('closed'));
    expect(await doorOf(asta, room(two))).toEqual(await doorOf(asta, room(newId())));
    await expect(w.ask(asta, 'POST', `/groups/${one}/hand`, { raised: true })).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await clock('reopen', {}, w.chair);
    const again = join(asta, one);
    await again.synced();
    await until(again, 'write');
    expect((await w.ask(asta, 'GET')).hands).toEqual([]);
  });

  it('a group that has written stays, however it is asked to go', async () => {
    const view = await w.ask(w.facilitator, 'GET');
    const kept = roundOf(view).groups.slice(1);
    const drafts = kept.map(({ id, name, members }) => ({ id, name, members }));
    await expect(w.ask(w.facilitator, 'PATCH', `/rounds/${round}`, { groups: drafts })).rejects.toMatchObject({
      fields: { groups: 'written' },
    });
    const more = await w.ask(w.facilitator, 'POST', '/rounds', {
      title: 'Andra rundan',
      groups: [{ name: 'Ny grupp' }],
    });
    const second = more.rounds[1];
    expect(second?.groups[0]?.state).toBe('planned');
    const seeded = await w.house.server.relay.read(room(second?.groups[0]?.id ?? ''), (doc) =>
      more.prompts.map(({ id }) => doc.getXmlFragment(id).length),
    );
    expect(seeded).toEqual([1, 1]);
    await expect(w.ask(w.facilitator, 'POST', `/rounds/${second?.id}/clock`, { do: 'start' })).rejects.toMatchObject({
      fields: { do: 'running' },
    });
    expect((await w.ask(w.facilitator, 'POST', `/rounds/${second?.id}/current`)).currentRoundId).toBe(second?.id);
    const left = await w.ask(w.facilitator, 'DELETE', `/rounds/${second?.id}`);
    expect([left.rounds.length, left.currentRoundId]).toEqual([1, round]);
    await clock('close');
    await expect(w.ask(w.facilitator, 'DELETE', `/rounds/${round}`)).rejects.toMatchObject({
      fields: { roundId: 'last' },
    });
  });
});
