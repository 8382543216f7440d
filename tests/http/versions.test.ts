/**
 * Why this file exists: the history of a room over HTTP: who may look, keep and go back, what is kept by itself at the
 * turns of a meeting, and that what was deleted in one window can be had again from another.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { patchItem, readItem, readItems, titleText } from '#shared/agenda.ts';
import type { Meeting, Version, VersionContent } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import type { Phase } from '#shared/policy.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { wordsOf } from '#shared/versions/blocks.ts';
import { type House, openHouse, type Visitor } from './house.ts';

let house: House;
let chair: Visitor;
let member: Visitor;
let observer: Visitor;
let now = Date.UTC(2026, 9, 5, 7);

beforeAll(async () => {
  house = await openHouse({ clock: () => now });
  chair = await house.add('Bo Sund');
  member = await house.add('Cim Dal');
  observer = await house.add('Disa Åkerlund');
});
afterAll(() => house.close());

interface Place {
  meeting: Meeting;
  item: string;
  /** Address of the item's versions. */
  path: string;
  room: string;
}

async function openMeeting(): Promise<Place> {
  const { meeting, items } = await house.meeting(chair, [
    [member, ['member']],
    [observer, ['observer']],
  ]);
  const item = items[0] ?? '';
  return {
    meeting,
    item,
    path: `/api/meetings/${meeting.id}/items/${item}/versions`,
    room: `item:${meeting.id}:${item}`,
  };
}

const write = (room: string, who: Visitor, ...paragraphs: string[]) =>
  house.server.relay.edit(room, who.person.id, (doc) => {
    const notes = doc.getXmlFragment(NOTES_FRAGMENT);
    for (const text of paragraphs) {
      const block = new Y.XmlElement('paragraph');
      block.insert(0, [new Y.XmlText(text)]);
      notes.push([block]);
    }
  });
const erase = (room: string, who: Visitor) =>
  house.server.relay.edit(room, who.person.id, (doc) => {
    const notes = doc.getXmlFragment(NOTES_FRAGMENT);
    notes.delete(0, notes.length);
  });
const words = (room: string) => house.server.relay.read(room, (doc) => wordsOf(doc.getXmlFragment(NOTES_FRAGMENT)));

async function list(path: string, as: Visitor): Promise<Version[]> {
  const response = await house.fetch(path, { as });
  expect(response.status).toBe(200);
  return ((await response.json()) as { versions: Version[] }).versions;
}
async function read(path: string, id: string, as: Visitor): Promise<{ content: VersionContent; doc: Y.Doc }> {
  const response = await house.fetch(`${path}/${id}`, { as });
  expect(response.status).toBe(200);
  const content = (await response.json()) as VersionContent;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(content.state, 'base64'));
  return { content, doc };
}
const keep = (path: string, as: Visitor, name = 'Före omröstningen') =>
  house.fetch(path, { method: 'POST', as, json: { name } });
const restore = (path: string, id: string, as: Visitor) => house.fetch(`${path}/${id}/restore`, { method: 'POST', as });
async function go(meeting: Meeting, phase: Phase): Promise<void> {
  const { version } = await house.server.services.meetings.get(chair.caller, meeting.id);
  await house.server.services.meetings.changePhase(chair.caller, meeting.id, { phase, version });
}

describe('the versions of a text', () => {
  it('are kept by name, listed newest first and read with who wrote what', async () => {
    const { path, room } = await openMeeting();
    expect(await list(path, observer)).toEqual([]);
    await write(room, chair, 'Rådet enas om tre frågor.');
    expect((await keep(path, member, '  Utkast  ')).status).toBe(200);
    now += 60_000;
    await write(room, member, 'En fjärde bordläggs.');
    expect((await keep(path, chair)).status).toBe(200);
    const [latest, first] = await list(path, observer);
    expect(latest).toMatchObject({ kind: 'named', name: 'Före omröstningen', at: now, phase: null });
    expect(first).toMatchObject({ name: 'Utkast', at: now - 60_000, person: { name: 'Cim Dal' } });
    const { content, doc } = await read(path, first?.id ?? '', observer);
    expect(wordsOf(doc.getXmlFragment(NOTES_FRAGMENT))).toBe('Rådet enas om tre frågor.');
    expect(content.version).toEqual(first);
    expect(Object.values(content.authorship.people).map((person) => person.name)).toEqual(
      expect.arrayContaining(['Bo Sund', 'Cim Dal']),
    );
  });

  it('are restored by another than who deleted, and what was there is a version too', async () => {
    const { path, room } = await openMeeting();
    const text = 'Kommunerna prövar en gemensam beredning under ett år, med utvärdering i oktober. '.repeat(6).trim();
    await write(room, chair, 'Inledning.', text, 'Slut.');
    await erase(room, member);
    await write(room, member, 'Oj.');
    const [version, ...others] = await list(path, chair);
    expect(others).toEqual([]);
    expect(version).toMatchObject({ kind: 'large-deletion', person: { name: 'Cim Dal' } });
    expect(await (await restore(path, version?.id ?? '', chair)).json()).toEqual({ changed: true });
    expect(await words(room)).toBe(`Inledning. ${text} Slut.`);
    const [before] = await list(path, chair);
    expect(before).toMatchObject({ kind: 'before-restore', person: { name: 'Bo Sund' } });
    await restore(path, before?.id ?? '', member);
    expect(await words(room)).toBe('Oj.');
  });

  it('change nothing, and keep nothing, when the text is like that already', async () => {
    const { path, room } = await openMeeting();
    await write(room, chair, 'Så här.');
    await keep(path, chair);
    const [version] = await list(path, chair);
    expect(await (await restore(path, version?.id ?? '', chair)).json()).toEqual({ changed: false });
    expect(await list(path, chair)).toHaveLength(1);
  });

  it('belong to their room: another room of the same meeting does not have them', async () => {
    const { path, room, meeting } = await openMeeting();
    await write(room, chair, 'Här.');
    await keep(path, chair);
    const [version] = await list(path, chair);
    const agenda = `/api/meetings/${meeting.id}/versions`;
    for (const other of [agenda, path.replace(/items\/\w+/, `items/${newId()}`)]) {
      expect((await house.fetch(`${other}/${version?.id}`, { as: chair })).status).toBe(404);
      expect((await restore(other, version?.id ?? '', chair)).status).toBe(404);
    }
    expect((await restore(path, newId(), chair)).status).toBe(404);
  });
});

describe('rights', () => {
  it('who only reads looks, and may neither keep nor go back', async () => {
    const { path, room } = await openMeeting();
    await write(room, chair, 'Ett.');
    await keep(path, chair);
    const [version] = await list(path, observer);
    await read(path, version?.id ?? '', observer);
    await write(room, chair, 'Två.');
    expect((await keep(path, observer)).status).toBe(403);
    const refused = await restore(path, version?.id ?? '', observer);
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      403,
      'forbidden',
    ]);
    expect(await words(room)).toBe('Ett. Två.');
  });

  it('a locked item and a phase that is over cannot be taken back to what they were', async () => {
    const { path, room, meeting, item } = await openMeeting();
    await write(room, chair, 'Ett.');
    await keep(path, chair);
    const version = (await list(path, chair)).at(-1)?.id ?? '';
    await write(room, chair, 'Två.');
    const { meetings } = house.server.services;
    await meetings.lockItem(chair.caller, meeting.id, item, {});
    for (const who of [chair, member]) expect((await restore(path, version, who)).status).toBe(409);
    await meetings.unlockItem(chair.caller, meeting.id, item);
    await go(meeting, 'ongoing');
    await go(meeting, 'verification');
    expect((await restore(path, version, member)).status).toBe(409);
    expect((await keep(path, member)).status).toBe(409);
    expect(await words(room)).toBe('Ett. Två.');
    expect((await restore(path, version, chair)).status).toBe(200);
    expect(await words(room)).toBe('Ett.');
  });
});

describe('what must not be read any more', () => {
  it('is taken away by who runs the meeting, and by nobody else', async () => {
    const { path, room } = await openMeeting();
    await write(room, member, 'KANARIEFÅGELN i versionen');
    await keep(path, member);
    const [version] = await list(path, chair);
    const remove = (as: Visitor) => house.fetch(`${path}/${version?.id}`, { method: 'DELETE', as });
    expect([(await remove(member)).status, (await remove(observer)).status]).toEqual([403, 403]);
    expect((await remove(chair)).status).toBe(204);
    expect((await remove(chair)).status).toBe(404);
    expect(await list(path, chair)).toEqual([]);
    expect((await house.fetch(`${path}/${version?.id}`, { as: chair })).status).toBe(404);
  });
});

describe('by itself', () => {
  it('a change of phase keeps the agenda and every written text, and no text twice', async () => {
    const { path, room, meeting } = await openMeeting();
    const agenda = `/api/meetings/${meeting.id}/versions`;
    await write(room, member, 'Till protokollet.');
    await go(meeting, 'ongoing');
    expect(await list(path, chair)).toEqual([
      expect.objectContaining({
        kind: 'phase',
        phase: 'preparation',
        person: expect.objectContaining({ name: 'Bo Sund' }),
      }),
    ]);
    expect(await list(agenda, chair)).toEqual([expect.objectContaining({ kind: 'phase', phase: 'preparation' })]);
    await go(meeting, 'preparation');
    await go(meeting, 'ongoing');
    expect(await list(path, chair)).toHaveLength(1);
    await write(room, member, 'Och mer.');
    await go(meeting, 'verification');
    expect((await list(path, chair)).map((one) => one.phase)).toEqual(['ongoing', 'preparation']);
    // Rooms nobody wrote in have nothing to go back to.
    const items = await house.server.relay.read(`agenda:${meeting.id}`, readItems);
    expect(await list(path.replace(/items\/\w+/, `items/${items[1]?.id}`), chair)).toEqual([]);
  });

  it('a lock keeps what was locked', async () => {
    const { path, room, meeting, item } = await openMeeting();
    await write(room, member, 'Beslutad lydelse.');
    await house.server.services.meetings.lockItem(chair.caller, meeting.id, item, { reason: 'Beslutat' });
    expect(await list(path, chair)).toEqual([expect.objectContaining({ kind: 'locked' })]);
  });
});

describe('the agenda', () => {
  it('is taken back as it was; later items are put away', async () => {
    const { meeting, item } = await openMeeting();
    const path = `/api/meetings/${meeting.id}/versions`;
    const room = `agenda:${meeting.id}`;
    const before = await house.server.relay.read(room, readItems);
    await keep(path, member, 'Som utskickad');
    await house.server.relay.edit(room, member.person.id, (doc) => {
      titleText(doc, item)?.insert(0, 'INTE ');
      patchItem(doc, item, { minutes: 55, archived: true });
    });
    const [version] = await list(path, chair);
    expect((await restore(path, version?.id ?? '', chair)).status).toBe(200);
    expect(await house.server.relay.read(room, readItems)).toEqual(before);
    expect(await house.server.relay.read(room, (doc) => readItem(doc, item)?.archived)).toBe(false);
  });
});
