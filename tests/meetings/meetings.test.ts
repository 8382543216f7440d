/**
 * Why this file exists: the life of a meeting through its use cases, on real storage and the real relay.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { patchItem, readItem, readItems } from '#shared/agenda.ts';
import { arrange } from '#shared/agenda-tree.ts';
import { LANGUAGES, type Meeting, TEMPLATES } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { ORIGIN_ATTRIBUTE } from '../../server/meetings/split.ts';
import type { Meetings } from '../../server/services.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';

let house: House;
let meetings: Meetings;
let owner: Visitor;
let member: Visitor;
let now = Date.UTC(2026, 4, 4, 7);

const day = (date: string, more = {}) => ({
  date,
  start: '08:30',
  end: '17:00',
  venue: 'Folkets hus',
  room: 'Stora salen',
  address: 'Torget 1',
  link: 'https://exempel.se/rum',
  ...more,
});
const agendaOf = (meeting: Meeting) => house.server.relay.read(`agenda:${meeting.id}`, readItems);
const go = async (meeting: Meeting, phase: Meeting['phase']) =>
  meetings.changePhase(owner.caller, meeting.id, {
    phase,
    version: (await meetings.get(owner.caller, meeting.id)).version,
  });

beforeAll(async () => {
  house = await openHouse({ clock: () => now });
  meetings = house.server.services.meetings;
  owner = await house.add('Bo Sund');
  member = await house.add('Cim Dal');
});
afterAll(() => house.close());

describe('a new meeting', () => {
  it.each(TEMPLATES.flatMap((template) => LANGUAGES.map((language) => [template, language] as const)))(
    'of the kind %s in %s has its standing items, each in its sitting',
    async (template, language) => {
      const meeting = await meetings.create(owner.caller, {
        template,
        language,
        title: 'Samråd',
        sittings: [day('2026-05-04'), day('2026-05-05')],
      });
      const items = await agendaOf(meeting);
      if (template === 'blank') expect(items).toEqual([]);
      else expect(items.length).toBeGreaterThan(4);
      for (const item of items) {
        expect(item.title).not.toBe('');
        if (item.parent === '') expect(meeting.sittings.map((s) => s.id)).toContain(item.sitting);
        else expect(items.map((other) => other.id)).toContain(item.parent);
      }
      expect(meeting).toMatchObject({ phase: 'preparation', version: 1, myRoles: ['secretary', 'facilitator'] });
    },
  );

  it('keeps everything a notice holds', async () => {
    const input = {
      template: 'retreat' as const,
      title: 'Nordälvens internat',
      body: 'Nordälvens samråd',
      registryNumber: 'S 12/26',
      timeZone: 'Europe/Stockholm',
      sittings: [day('2026-05-04'), day('2026-05-05', { start: '08:30', end: '12:00', room: '' })],
    };
    const meeting = await meetings.create(owner.caller, input);
    const { template: _, ...header } = input;
    expect(meeting).toMatchObject(header);
    expect((await meetings.mine(owner.caller)).find((m) => m.id === meeting.id)).toMatchObject({
      title: input.title,
      hereNow: 0,
      currentItem: null,
    });
  });

  it('refuses days and zones that do not exist', async () => {
    const refused = (more: object) =>
      expect(meetings.create(owner.caller, { template: 'blank', title: 'x', ...more })).rejects;
    await refused({ timeZone: 'Mars/Olympus' }).toMatchObject({ details: { fields: { timeZone: 'invalid' } } });
    await refused({ sittings: [day('2026-05-04', { end: '08:30' })] }).toMatchObject({
      details: { fields: { 'sittings.0.end': 'too_small' } },
    });
    const id = newId();
    await refused({ sittings: [day('2026-05-04', { id }), day('2026-05-05', { id })] }).toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('phases', () => {
  it('are changed by one of those who saw the same version; the others are told', async () => {
    const { meeting } = await house.meeting(owner);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => meetings.changePhase(owner.caller, meeting.id, { phase: 'ongoing', version: 1 })),
    );
    expect(tries.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of tries)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
  });

  it('follow their order, and justerat is for ever', async () => {
    const { meeting } = await house.meeting(owner, [[member, ['member']]]);
    await expect(go(meeting, 'verified')).rejects.toMatchObject({ code: 'not-allowed-now' });
    await expect(
      meetings.changePhase(member.caller, meeting.id, { phase: 'ongoing', version: 2 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    for (const phase of ['ongoing', 'verification', 'verified'] as const) await go(meeting, phase);
    await expect(go(meeting, 'verification')).rejects.toMatchObject({ code: 'not-allowed-now' });
    await expect(meetings.update(owner.caller, meeting.id, { title: 'x' })).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await expect(meetings.setCancelled(owner.caller, meeting.id, true)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    expect((await meetings.setArchived(owner.caller, meeting.id, true)).archivedAt).toBe(now);
    expect((await meetings.setArchived(owner.caller, meeting.id, false)).archivedAt).toBeNull();
  });
});

describe('the current item', () => {
  it('is set while the meeting is going on, and its time is kept visit by visit', async () => {
    const { meeting, items } = await house.meeting(owner);
    const [a = '', b = ''] = items;
    await expect(meetings.setCurrentItem(owner.caller, meeting.id, a)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await go(meeting, 'ongoing');
    await expect(meetings.setCurrentItem(owner.caller, meeting.id, newId())).rejects.toMatchObject({
      code: 'not-found',
    });
    const start = now;
    await meetings.setCurrentItem(owner.caller, meeting.id, a);
    now += 600_000;
    await meetings.setCurrentItem(owner.caller, meeting.id, a);
    await meetings.setCurrentItem(owner.caller, meeting.id, b);
    now += 60_000;
    const after = await meetings.setCurrentItem(owner.caller, meeting.id, a);
    const visits = (itemId: string) => after.items.find((item) => item.itemId === itemId)?.visits;
    expect(visits(a)).toEqual([
      { from: start, to: start + 600_000 },
      { from: start + 660_000, to: null },
    ]);
    expect(visits(b)).toEqual([{ from: start + 600_000, to: start + 660_000 }]);
    const mine = (await meetings.mine(owner.caller)).find((m) => m.id === meeting.id);
    expect(mine?.currentItem).toMatchObject({ id: a, number: expect.stringMatching(/^\d/), title: expect.any(String) });
    const ended = await go(meeting, 'verification');
    expect(ended.currentItemId).toBeNull();
    expect(ended.items.flatMap((item) => item.visits).every((visit) => visit.to !== null)).toBe(true);
  });
});

describe('participants', () => {
  it('keep what they were in this meeting when the register changes', async () => {
    const admin = await house.add('Alva Ek', { isAdmin: true });
    const { people, organisations } = house.server.services;
    const one = await organisations.create(admin.caller, { name: 'Ett', shortName: 'ETT' });
    const two = await organisations.create(admin.caller, { name: 'Två', shortName: 'TVÅ' });
    const person = await people.create(admin.caller, {
      name: 'Dag Mo',
      title: 'kommunalråd',
      organisationId: one.id,
      category: 'elected',
      party: 'C',
    });
    const { meeting } = await house.meeting(owner);
    await meetings.addParticipant(owner.caller, meeting.id, {
      personId: person.id,
      roles: ['member', 'chair', 'chair'],
      absence: 'från kl. 10.00 dag 2',
    });
    await people.update(admin.caller, person.id, { title: 'pensionär', organisationId: two.id, party: '' });
    const now = await meetings.get(owner.caller, meeting.id);
    expect(now.participants.find((p) => p.personId === person.id)).toEqual({
      personId: person.id,
      name: 'Dag Mo',
      title: 'kommunalråd',
      organisationId: one.id,
      category: 'elected',
      party: 'C',
      colour: person.colour,
      roles: ['chair', 'member'],
      absence: 'från kl. 10.00 dag 2',
      capacity: '',
      hasAccount: false,
    });
    const caller = { personId: person.id, isAdmin: false, sessionId: '' };
    const visitor = await house.again({ person, caller, cookie: '' });
    const principal = await house.server.services.access.principal(visitor.caller, `agenda:${meeting.id}`);
    expect(principal?.user).toEqual({ id: person.id, name: 'Dag Mo', colour: person.colour, organisation: 'ETT' });
  });

  it('are added once, from the register or new, by officers', async () => {
    const { meeting } = await house.meeting(owner, [[member, ['member']]]);
    const add = (input: Parameters<Meetings['addParticipant']>[2], by = owner) =>
      meetings.addParticipant(by.caller, meeting.id, input);
    await expect(add({ personId: member.person.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(add({})).rejects.toMatchObject({ code: 'bad-request' });
    await expect(add({ personId: newId() })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(add({ personId: member.person.id, person: { name: 'x' } })).rejects.toMatchObject({
      code: 'bad-request',
    });
    const before = (await house.server.services.people.list(owner.caller)).length;
    await expect(add({ person: { name: 'Smitare' } }, member)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await house.server.services.people.list(owner.caller)).toHaveLength(before);
    const after = await add({ person: { name: 'Ny Vän', category: 'guest' }, roles: ['observer'] });
    expect(after.participants.at(-1)).toMatchObject({ name: 'Ny Vän', category: 'guest', roles: ['observer'] });
  });

  it('always include somebody who runs the meeting', async () => {
    const { meeting } = await house.meeting(owner, [[member, ['member']]]);
    const me = owner.person.id;
    await expect(meetings.removeParticipant(owner.caller, meeting.id, me)).rejects.toMatchObject({ code: 'conflict' });
    await expect(meetings.updateParticipant(owner.caller, meeting.id, me, { roles: ['member'] })).rejects.toMatchObject(
      { code: 'conflict', details: { fields: { roles: 'last-officer' } } },
    );
    await meetings.updateParticipant(owner.caller, meeting.id, member.person.id, { roles: ['chair'] });
    await meetings.removeParticipant(owner.caller, meeting.id, me);
    await expect(meetings.get(owner.caller, meeting.id)).rejects.toMatchObject({ code: 'not-found' });
    const tries = await Promise.allSettled([
      meetings.addParticipant(member.caller, meeting.id, { personId: me, roles: ['secretary'] }),
    ]);
    expect(tries[0]?.status).toBe('fulfilled');
    const both = await Promise.allSettled([
      meetings.removeParticipant(owner.caller, meeting.id, member.person.id),
      meetings.removeParticipant(member.caller, meeting.id, me),
    ]);
    expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a copy', () => {
  it('has the same agenda, people and days under new ids, and nothing of what happened', async () => {
    const meeting = await meetings.create(owner.caller, {
      template: 'retreat',
      title: 'Internat',
      sittings: [day('2026-05-04'), day('2026-05-05')],
    });
    await meetings.addParticipant(owner.caller, meeting.id, { personId: member.person.id, absence: 'dag 2' });
    const items = await agendaOf(meeting);
    const archived = items.find((item) => item.parent !== '');
    await house.server.relay.edit(`agenda:${meeting.id}`, owner.person.id, (doc) => {
      patchItem(doc, archived?.id ?? '', { archived: true });
      patchItem(doc, items[0]?.id ?? '', { outcome: 'nothing-to-report' });
    });
    await go(meeting, 'ongoing');
    await meetings.lockItem(owner.caller, meeting.id, items[0]?.id ?? '', {});
    await expect(meetings.copy(member.caller, meeting.id)).rejects.toMatchObject({ code: 'forbidden' });
    const copy = await meetings.copy(owner.caller, meeting.id, 'Nästa internat');
    expect(copy).toMatchObject({ title: 'Nästa internat', phase: 'preparation', version: 1, items: [] });
    expect(copy.participants.map((p) => [p.personId, p.roles, p.absence])).toEqual([
      [owner.person.id, ['secretary', 'facilitator'], ''],
      [member.person.id, ['member'], ''],
    ]);
    const copied = await agendaOf(copy);
    const days = (m: Meeting) => m.sittings.map((s) => s.id);
    const shape = (list: typeof items, m: Meeting) => {
      const { byId } = arrange(list, m);
      return list
        .filter((item) => !item.archived)
        .map((item) => [byId.get(item.id)?.number, item.title, item.kind, item.minutes, days(m).indexOf(item.sitting)])
        .toSorted((a, b) => String(a).localeCompare(String(b)));
    };
    expect(shape(copied, copy)).toEqual(shape(await agendaOf(meeting), meeting));
    expect(copied.every((item) => item.outcome === '' && !items.some((old) => old.id === item.id))).toBe(true);
  });
});

describe('splitting an item', () => {
  const write = (meeting: Meeting, item: string, texts: string[]) =>
    house.server.relay.edit(`item:${meeting.id}:${item}`, owner.person.id, (doc) => {
      const notes = doc.getXmlFragment(NOTES_FRAGMENT);
      for (const text of texts) {
        const block = new Y.XmlElement('paragraph');
        const words = new Y.XmlText();
        words.insert(0, text, text.startsWith('fet') ? { bold: true } : {});
        block.insert(0, [words]);
        notes.push([block]);
      }
    });
  const notes = (meeting: Meeting, item: string) =>
    house.server.relay.read(`item:${meeting.id}:${item}`, (doc) =>
      doc
        .getXmlFragment(NOTES_FRAGMENT)
        .toArray()
        .map((block) => {
          const element = block as Y.XmlElement;
          const id = element._item?.id;
          return { name: `${id?.client}:${id?.clock}`, text: element.toString() };
        }),
    );

  it('copies the chosen blocks, in their order and with their origin, right behind; the source keeps its text', async () => {
    const { meeting, items } = await house.meeting(owner, [[member, ['member']]]);
    const [source = ''] = items;
    await write(meeting, source, ['ett', 'fet två', 'tre']);
    const before = await notes(meeting, source);
    const { itemId } = await meetings.splitItem(member.caller, meeting.id, source, {
      title: 'Avdelat',
      blocks: [before[2]?.name ?? '', before[1]?.name ?? '', '1:99999'],
    });
    expect(await notes(meeting, source)).toEqual(before);
    expect((await notes(meeting, itemId)).map((block) => block.text)).toEqual([
      `<paragraph ${ORIGIN_ATTRIBUTE}="${source}"><bold>fet två</bold></paragraph>`,
      `<paragraph ${ORIGIN_ATTRIBUTE}="${source}">tre</paragraph>`,
    ]);
    const agenda = await agendaOf(meeting);
    const made = agenda.find((item) => item.id === itemId);
    const from = agenda.find((item) => item.id === source);
    expect(made).toMatchObject({ title: 'Avdelat', splitFrom: source, kind: from?.kind, parent: from?.parent });
    const order = agenda
      .filter((item) => item.parent === from?.parent && item.sitting === from?.sitting)
      .toSorted((a, b) => (a.order < b.order ? -1 : 1))
      .map((item) => item.id);
    expect(order.indexOf(itemId)).toBe(order.indexOf(source) + 1);
    const authorship = await meetings.authorship(member.caller, meeting.id, itemId);
    expect(authorship.people).toEqual({
      [member.person.id]: { name: member.person.name, colour: member.person.colour },
    });
    expect(authorship.spans.length).toBeGreaterThan(0);
  });

  it('is for those who may write the agenda, and refuses blocks that are gone', async () => {
    const { meeting, items } = await house.meeting(owner, [[member, ['member']]]);
    const [source = ''] = items;
    const count = (await agendaOf(meeting)).length;
    await expect(
      meetings.splitItem(owner.caller, meeting.id, source, { title: 'x', blocks: ['7:7'] }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await meetings.update(owner.caller, meeting.id, { agendaOpen: false });
    await expect(
      meetings.splitItem(member.caller, meeting.id, source, { title: 'x', blocks: [] }),
    ).rejects.toMatchObject({ code: 'not-allowed-now' });
    expect(await agendaOf(meeting)).toHaveLength(count);
  });
});

describe('a lock', () => {
  it('says when, by whom and why, and the first one stands', async () => {
    const { meeting, items } = await house.meeting(owner, [[member, ['chair']]]);
    const [item = ''] = items;
    const at = now;
    await meetings.lockItem(owner.caller, meeting.id, item, { reason: 'beslutad' });
    now += 5;
    const locked = await meetings.lockItem(member.caller, meeting.id, item, { reason: 'igen' });
    expect(locked.items).toEqual([
      { itemId: item, locked: { at, by: 'Bo Sund', reason: 'beslutad', decided: false }, visits: [] },
    ]);
    const { authorize } = house.server.services.access;
    const principal = await house.server.services.access.principal(member.caller, '');
    const room = `item:${meeting.id}:${item}`;
    expect(await authorize(principal!, room)).toEqual({ access: 'read', reason: 'locked' });
    await meetings.unlockItem(member.caller, meeting.id, item);
    expect(await authorize(principal!, room)).toEqual({ access: 'write', reason: '' });
    const stored = await house.server.relay.read(`agenda:${meeting.id}`, (doc) => readItem(doc, item));
    expect(stored).not.toBeNull();
  });
});
