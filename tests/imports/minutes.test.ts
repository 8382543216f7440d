/**
 * Why this file exists: a protocol goes out as JSON, comes in as a meeting, and says the same. What the house has a place for
 * stands in the rooms themselves and can be worked on; the rest is kept as it was.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchItem, readItems, titleText } from '#shared/agenda.ts';
import type { Meeting } from '#shared/api.ts';
import { type Block, readBlocks } from '#shared/document/blocks.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import { inStyle, type MinutesDocument } from '#shared/minutes/document.ts';
import { minutesFromJson, minutesToJson } from '#shared/minutes/schema.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { sampleMinutes } from '../documents/sample.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { anyMinutes } from '../minutes/arbitrary.ts';

let house: House;
let admin: Visitor;
beforeAll(async () => {
  house = await openHouse();
  admin = await house.add('Alva Ek', { isAdmin: true });
}, 60_000);
afterAll(() => house.close());

const send = (body: string | Uint8Array, as: Visitor | undefined = admin) =>
  house.fetch('/api/meetings/import', {
    method: 'POST',
    as,
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': 'application/octet-stream' },
  });
const take = async (document: MinutesDocument): Promise<Meeting> => {
  const answer = await send(minutesToJson(document));
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Meeting;
};
const composed = async (meeting: Meeting, language: string): Promise<MinutesDocument> => {
  const path = `/api/meetings/${meeting.id}/minutes`;
  const view = (await (await house.fetch(`${path}?lang=${language}`, { as: admin })).json()) as MinutesView;
  const file = await (await house.fetch(`${path}/files/json?lang=${language}`, { as: admin })).text();
  expect(minutesFromJson(file)).toEqual(view.document);
  return view.document;
};
/** The meeting, its days and its items have new ids here: each is called by its place instead. */
function nameless(document: MinutesDocument): MinutesDocument {
  const days = new Map(document.header.sittings.map(({ id }, n) => [id, `day-${n}`]));
  return {
    ...document,
    meeting: { ...document.meeting, id: '' },
    header: {
      ...document.header,
      sittings: document.header.sittings.map((one) => ({ ...one, id: days.get(one.id) ?? '' })),
    },
    items: document.items.map((item, n) => ({ ...item, id: `item-${n}`, sittingId: days.get(item.sittingId) ?? '' })),
  };
}
const words = (blocks: readonly Block[]): string =>
  JSON.stringify(blocks, (key, value: unknown) => (key === 'id' || key === 'sources' ? undefined : value));
const notesOf = (meeting: Meeting, itemId: string) =>
  house.server.relay.read(`item:${meeting.id}:${itemId}`, (doc) => readBlocks(doc.getXmlFragment(NOTES_FRAGMENT)));

describe('a protocol’s JSON', () => {
  it('becomes a meeting whose protocol says the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyMinutes, async (any) => {
        const document = inStyle(any, any.style);
        const meeting = await take(document);
        const { imported, ...said } = nameless(await composed(meeting, document.language));
        expect(said).toEqual(nameless(document));
        expect(imported).toMatchObject({ by: 'Alva Ek' });
        const items = await house.server.relay.read(`agenda:${meeting.id}`, readItems);
        expect(items.map(({ title, kind }) => `${kind} ${title}`).sort()).toEqual(
          document.items.map(({ title, kind }) => `${kind} ${title}`).sort(),
        );
      }),
      { numRuns: 40, seed: 6 },
    );
  }, 240_000);

  it('has its agenda, notes and days in the rooms, not only in the record', async () => {
    const document = sampleMinutes();
    const meeting = await take(document);
    expect(meeting).toMatchObject({ title: document.header.title, body: document.header.body, myRoles: ['secretary'] });
    expect(meeting.sittings.map(({ date, start, end }) => [date, start, end])).toEqual(
      document.header.sittings.map(({ date, start, end }) => [date, start, end]),
    );
    const items = await house.server.relay.read(`agenda:${meeting.id}`, readItems);
    for (const item of document.items) {
      const made = items.find(({ title }) => title === item.title);
      expect(made).toMatchObject({ kind: item.kind, outcome: item.nothingToReport ? 'nothing-to-report' : '' });
      expect(words(await notesOf(meeting, made?.id ?? ''))).toBe(words(item.blocks));
    }
  });

  it('is worked on from there: what is changed is said, the rest as it was', async () => {
    const document = sampleMinutes();
    const meeting = await take(document);
    const before = await composed(meeting, 'sv');
    const [first] = before.items;
    await house.server.relay.edit(`agenda:${meeting.id}`, admin.person.id, (doc) => {
      titleText(doc, first?.id ?? '')?.insert(0, 'Nytt: ');
    });
    const after = await composed(meeting, 'sv');
    expect(after.items[0]).toEqual({ ...first, title: `Nytt: ${first?.title}` });
    expect(after.items.slice(1)).toEqual(before.items.slice(1));
    await house.server.relay.edit(`agenda:${meeting.id}`, admin.person.id, (doc) =>
      patchItem(doc, first?.id ?? '', { archived: true }),
    );
    expect((await composed(meeting, 'sv')).items.map(({ id }) => id)).not.toContain(first?.id);
  });

  it('is taken in again and again without meeting itself', async () => {
    const document = sampleMinutes();
    const [one, two] = [await take(document), await take(document)];
    expect(one.id).not.toBe(two.id);
    const ids = await Promise.all(
      [one, two].map(({ id }) =>
        house.server.relay.read(`agenda:${id}`, (doc) => readItems(doc).map((item) => item.id)),
      ),
    );
    expect(new Set(ids.flat()).size).toBe(ids.flat().length);
  });

  it('gives nobody rights: whoever is named in it takes no part', async () => {
    const meeting = await take(sampleMinutes());
    expect(meeting.participants.map(({ name }) => name)).toEqual(['Alva Ek']);
  });

  it('is refused when it is none, of another version, too large, or from a guest', async () => {
    const { items } = (await (await house.fetch('/api/meetings', { as: admin })).json()) as { items?: unknown };
    expect(items).toBeUndefined();
    const fault = async (body: string | Uint8Array) => {
      const answer = await send(body);
      const { error } = (await answer.json()) as { error: { fields?: { file?: string } } };
      return [answer.status, error.fields?.file];
    };
    const json = minutesToJson(sampleMinutes());
    expect(await fault('{}')).toEqual([400, 'not-minutes']);
    expect(await fault(json.slice(1))).toEqual([400, 'not-minutes']);
    expect(await fault(json.replace('"version": 1', '"version": 2'))).toEqual([400, 'version']);
    expect(await fault(new Uint8Array([0xff, 0xfe, 0x7b]))).toEqual([400, 'not-minutes']);
    expect(await fault(json.replace('"format"', '"__proto__": {"x": 1}, "format"'))).toEqual([400, 'not-minutes']);
    expect(await fault(`${'{"blocks":['.repeat(50_000)}${']}'.repeat(50_000)}`)).toEqual([400, 'not-minutes']);
    expect((await send(new Uint8Array(4 * 1024 * 1024 + 1))).status).toBe(413);
  });
});
