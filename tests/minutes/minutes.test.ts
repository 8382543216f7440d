/** Why this file exists: the protocol says what the meeting says, to those who may take it along, and follows it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { patchItem } from '#shared/agenda.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import type { MinutesItem } from '#shared/minutes/document.ts';
import { minutesFromJson } from '#shared/minutes/schema.ts';
import type { Visitor } from '../http/house.ts';
import { openSummaryHouse, type SummaryHouse } from '../summaries/house.ts';

let h: SummaryHouse;
let minutes: string;
const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(text)]);
  return element;
};
const write = (room: string, fragment: string, ...texts: string[]) =>
  h.house.server.relay.edit(room, h.chair.person.id, (doc) =>
    doc.getXmlFragment(fragment).insert(0, texts.map(paragraph)),
  );
const get = (as: Visitor, query = '') => h.ask<MinutesView>(as, 'GET', `${minutes}${query}`);
const itemOf = ({ document }: MinutesView, id: string): MinutesItem => {
  const found = document.items.find((item) => item.id === id);
  if (!found) throw new Error('no such item');
  return found;
};

beforeAll(async () => {
  h = await openSummaryHouse();
  minutes = `/api/meetings/${h.meetingId}/minutes`;
  await write(`item:${h.meetingId}:${h.otherItemId}`, 'notes', 'Läget är gott på Åsö.', '');
  await write(h.room, h.workshop.prompts[0]!.id, 'Nära är rätt.');
  await h.finalise(h.chair);
}, 60_000);
afterAll(() => h.house.close());

describe('the protocol of a meeting', () => {
  it('holds agenda, notes without their empty ends, summaries that are final, people and their roles', async () => {
    const view = await get(h.chair, '?style=discussion');
    const { document } = view;
    expect(document.header.title).toBe('Samråd i maj');
    expect(document.header.officers.map(({ name }) => name)).toContain('Olof Ahl');
    expect(itemOf(view, h.otherItemId)).toMatchObject({
      title: 'Läget',
      blocks: [{ kind: 'paragraph', inlines: [{ text: 'Läget är gott på Åsö.' }] }],
    });
    expect(itemOf(view, h.itemId).summary).toMatchObject({
      revision: 1,
      by: 'Olof Ahl',
      sections: [{ heading: 'Vad fungerar?', blocks: [{ inlines: [{ text: 'Nära är rätt.' }] }] }, { blocks: [] }],
    });
    expect(document.attendance[0]?.title).toBe('Deltagare');
    const named = document.attendance.flatMap(({ groups }) => groups).flatMap(({ people }) => people);
    expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(['Olof Ahl', 'Asta Berg', 'Ines Vik']));
    expect(document.signatures.map(({ role, name }) => [role, name])).toContainEqual(['chair', 'Olof Ahl']);
  });

  it('is the same whenever nothing has changed, and for everybody', async () => {
    const [one, two] = [await get(h.chair), await get(h.observer)];
    expect(two.document).toEqual(one.document);
    expect([one.mayEdit, two.mayEdit]).toEqual([true, false]);
  });

  it('marks what is missing', async () => {
    const { completeness, checks } = await get(h.chair, '?style=discussion');
    const marks = (id: string) => completeness.find(({ itemId }) => itemId === id)?.marks;
    expect(marks(h.otherItemId)).toEqual({
      attendance: 'missing',
      presenters: 'missing',
      outcome: 'missing',
      summary: 'done',
      attachments: 'none',
    });
    expect(marks(h.itemId)).toMatchObject({ summary: 'done', outcome: 'none' });
    expect(checks.find(({ check }) => check === 'verifiers')).toMatchObject({ ok: false });
    expect(checks.find(({ check }) => check === 'chair')).toMatchObject({ ok: true });
    expect(checks.find(({ check }) => check === 'outcome')?.items).toContain(h.otherItemId);
  });

  it('says in which order items were dealt with', async () => {
    const path = `/api/meetings/${h.meetingId}`;
    const { version } = await h.ask<{ version: number }>(h.facilitator, 'GET', path);
    await h.ask(h.facilitator, 'POST', `${path}/phase`, { phase: 'ongoing', version });
    for (const itemId of [h.otherItemId, h.itemId, h.otherItemId])
      await h.ask(h.facilitator, 'POST', `${path}/current-item`, { itemId });
    const view = await get(h.chair);
    expect([itemOf(view, h.otherItemId).treatment, itemOf(view, h.itemId).treatment]).toEqual([1, 2]);
  });

  it('does not hold a summary that has been opened again', async () => {
    await h.ask(h.chair, 'POST', `${h.summary}/reopen`, { revision: 1, reason: 'Ett ord saknas' });
    expect(itemOf(await get(h.chair), h.itemId).summary).toBeNull();
    await h.finalise(h.chair);
    expect(itemOf(await get(h.chair), h.itemId).summary?.revision).toBe(2);
  });
});

describe('its style', () => {
  it('is chosen by chair and secretary, for everybody, and leaves out what it does not show', async () => {
    await expect(h.ask(h.members[0], 'PATCH', minutes, { style: 'decisions' })).rejects.toThrow('403');
    await expect(h.ask(h.chair, 'PATCH', minutes, { style: 'verse' })).rejects.toThrow('400');
    const chosen = await h.ask<MinutesView>(h.chair, 'PATCH', minutes, { style: 'decisions' });
    expect([chosen.chosen, chosen.document.style]).toEqual(['decisions', 'decisions']);
    const seen = await get(h.observer);
    expect(seen.document.style).toBe('decisions');
    expect(JSON.stringify(seen.document)).not.toContain('Läget är gott');
    expect(JSON.stringify((await get(h.observer, '?style=notes')).document)).toContain('Läget är gott');
    const again = await h.ask<MinutesView>(h.chair, 'PATCH', minutes, { style: null });
    expect([again.chosen, again.document.style]).toEqual([null, 'discussion']);
  });
});

describe('its files', () => {
  it('are sent to be kept, under a plain name, and say the same', async () => {
    for (const format of EXPORT_FORMATS) {
      const answer = await h.house.fetch(`${minutes}/files/${format}`, { as: h.observer });
      expect(answer.status, format).toBe(200);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="protokoll-[a-z0-9-]+\.\w+"$/);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(bytes.byteLength).toBeGreaterThan(200);
      if (format === 'json')
        expect(minutesFromJson(new TextDecoder().decode(bytes))).toEqual((await get(h.observer)).document);
      if (format === 'html') expect(new TextDecoder().decode(bytes)).toContain('Läget är gott på Åsö.');
    }
  });

  it('are for those who may take a protocol along', async () => {
    for (const path of ['', '/files/md']) {
      expect((await h.house.fetch(`${minutes}${path}`, { as: h.stranger })).status).toBe(404);
      expect((await h.house.fetch(minutes + path)).status).toBe(401);
    }
    const { code } = await h.house.server.services.guests.update(h.facilitator.caller, h.meetingId, { open: true });
    const joined = await h.house.fetch('/api/guests/join', {
      method: 'POST',
      json: { code, name: 'Rut Lind', key: 'k'.repeat(22) },
    });
    const cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const path of ['', '/files/md'])
      expect((await h.house.fetch(minutes + path, { headers: { cookie } })).status).toBe(403);
    expect((await h.house.fetch(`${minutes}/files/exe`, { as: h.chair })).status).toBe(404);
    expect((await h.house.fetch(`${minutes}?lang=de`, { as: h.chair })).status).toBe(400);
  });
});

describe('who looks at it', () => {
  it('is told when something is written, and reads it', async () => {
    await get(h.chair);
    const { relay } = h.house.server;
    const agenda = `agenda:${h.meetingId}`;
    const told = new Promise<void>((resolve) => {
      const tell = relay.notice.bind(relay);
      relay.notice = (room, topic) => {
        tell(room, topic);
        if (room === agenda && topic === 'minutes') resolve();
      };
    });
    await write(`item:${h.meetingId}:${h.otherItemId}`, 'notes', 'Nytt sedan sist.');
    await told;
    expect(JSON.stringify((await get(h.chair)).document)).toContain('Nytt sedan sist.');
    await relay.edit(agenda, h.chair.person.id, (doc) =>
      patchItem(doc, h.otherItemId, { outcome: 'nothing-to-report' }),
    );
    expect(itemOf(await get(h.chair), h.otherItemId).nothingToReport).toBe(true);
  });
});
