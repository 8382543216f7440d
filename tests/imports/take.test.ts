/** Why this file exists: what a person chose of a document stands in the agenda where it was put, and can be put away again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { patchItem, readItems } from '#shared/agenda.ts';
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import { blocksText, readBlocks } from '#shared/document/blocks.ts';
import { newId } from '#shared/ids.ts';
import type { ImportInput, ImportPreview } from '#shared/imports/api.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { documentXml, heading, paragraph, word } from './hostile.ts';

let house: House;
let secretary: Visitor;
let meetingId: string;
const base = () => `/api/meetings/${meetingId}/import`;
const rows = () =>
  house.server.relay.read(`agenda:${meetingId}`, (doc) =>
    readAgenda(doc, withoutNotice([])).rows.map(({ number, level, item }) => ({
      id: item.id,
      line: `${'  '.repeat(level)}${number} ${item.title}`,
    })),
  );
const lines = async () => (await rows()).map(({ line }) => line);
const preview = async (): Promise<ImportPreview> => {
  const body =
    heading('Avsnitt A') +
    heading('Första', 2) +
    paragraph('Ett.') +
    heading('Andra', 2) +
    paragraph('Två.') +
    heading('Avsnitt B') +
    paragraph('Tre.');
  const answer = await house.fetch(base(), {
    method: 'POST',
    as: secretary,
    body: new Uint8Array(word(documentXml(body))),
    headers: { 'content-type': 'application/octet-stream' },
  });
  return (await answer.json()) as ImportPreview;
};
const take = (id: string, input: ImportInput, as = secretary) =>
  house.fetch(`${base()}/${id}`, { method: 'POST', as, json: input });
const END: ImportInput['place'] = { sitting: '', section: '', after: '' };

beforeAll(async () => {
  house = await openHouse();
  secretary = await house.add('Maj Ek');
  meetingId = (await house.meeting(secretary)).meeting.id;
}, 60_000);
afterAll(() => house.close());

it('stands last or behind a chosen point, with sections, sub-points and merged texts, and is put away again', async () => {
  const before = await lines();
  const { id, pieces } = await preview();
  expect(pieces.map(({ title, depth }) => [title, depth])).toEqual([
    ['Avsnitt A', 0],
    ['Första', 1],
    ['Andra', 1],
    ['Avsnitt B', 0],
  ]);
  expect(await lines()).toEqual(before);
  const answer = await take(id, {
    rows: [
      { title: 'Nytt avsnitt', kind: 'section', pieces: [0] },
      { title: 'Första, omdöpt', kind: 'item', pieces: [1, 2] },
      { title: 'Under den', kind: 'under', pieces: [3] },
    ],
    place: END,
  });
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { items: string[] };
  const after = await rows();
  expect(after.slice(-3).map(({ id: made }) => made)).toEqual(items);
  expect(after.slice(-3).map(({ line }) => line.replace(/\d+/g, 'n'))).toEqual([
    ' Nytt avsnitt',
    '  n Första, omdöpt',
    '    n.n Under den',
  ]);
  const notes = await house.server.relay.read(`item:${meetingId}:${items[1]}`, (doc) =>
    blocksText(readBlocks(doc.getXmlFragment(NOTES_FRAGMENT))),
  );
  expect(notes).toEqual(['Ett.', 'Andra', 'Två.']);
  expect((await take(id, { rows: [{ title: 'x', kind: 'item', pieces: [0] }], place: END })).status).toBe(409);

  expect((await house.fetch(`${base()}/${id}`, { method: 'DELETE', as: secretary })).status).toBe(204);
  expect(await lines()).toEqual(before);
  // Put away, not lost: whoever wants one back finds it where everything that is put away is.
  await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) => {
    for (const item of items) patchItem(doc, item, { archived: false });
  });
  expect((await lines()).length).toBe(before.length + 3);
  await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) => {
    for (const item of items) patchItem(doc, item, { archived: true });
  });
});

it('stands right behind the point that was chosen', async () => {
  const [first] = await rows();
  const { id } = await preview();
  await take(id, {
    rows: [
      { title: 'Ett', kind: 'item', pieces: [1] },
      { title: 'Två', kind: 'item', pieces: [2] },
    ],
    place: { ...END, after: first?.id ?? '' },
  });
  const top =
    (await house.server.relay.read(
      `agenda:${meetingId}`,
      (doc) => readAgenda(doc, withoutNotice([])).groups[0]?.nodes,
    )) ?? [];
  expect(
    top
      .slice(0, 3)
      .map(({ item }) => item.title)
      .slice(1),
  ).toEqual(['Ett', 'Två']);
});

it('is nobody else’s, and pieces that are not there are not taken', async () => {
  const { id } = await preview();
  const other = await house.add('Ulf Vik');
  await house.server.services.meetings.addParticipant(secretary.caller, meetingId, {
    personId: other.person.id,
    roles: ['chair'],
  });
  const input: ImportInput = { rows: [{ title: 'x', kind: 'item', pieces: [0] }], place: END };
  expect((await take(id, input, other)).status).toBe(404);
  expect((await take(newId(), input)).status).toBe(404);
  const count = (await house.server.relay.read(`agenda:${meetingId}`, readItems)).length;
  expect((await take(id, { ...input, rows: [{ title: 'x', kind: 'item', pieces: [99] }] })).status).toBe(400);
  expect((await house.server.relay.read(`agenda:${meetingId}`, readItems)).length).toBe(count);
});
