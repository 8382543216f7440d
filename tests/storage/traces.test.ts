/**
 * Why this file exists: C-17 and C-18, what people took away must be gone: from the database, its free pages and the log beside
 * it, looked for in the raw bytes of every file in the data folder, while the server runs and after it has stopped.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import type { AttachmentsView, UploadView } from '#shared/attachments/api.ts';
import { REMOVED_KEPT_MS, UPLOAD_IDLE_MS } from '#shared/attachments/limits.ts';
import { newId } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';

const CANARY = 'kanariefågelnsjungeridetta';
const HOUR_MS = 3_600_000;
let house: House;
let secretary: Visitor;
let now = Date.parse('2026-11-12T09:00:00Z');
let meetingId: string;
const itemId = newId();

beforeEach(async () => {
  house = await openHouse({ clock: () => now, limits: { compactRows: 8 }, sweepMs: 250 });
  secretary = await house.add('Sanna Kvist');
  meetingId = (await house.meeting(secretary)).meeting.id;
  await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) => {
    addItem(doc, { id: itemId, title: 'Budget', kind: 'decision', sitting: '' });
  });
});
afterEach(() => house.close());

/** The files of the data folder that hold the words. */
const filesWith = (words: string): string[] => {
  const folder = dirname(house.file);
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name));
    return [words, words.normalize('NFD')].some((one) => bytes.includes(Buffer.from(one)));
  });
};

it('C-18 text that was deleted in the editor is gone from storage once the room is compacted', async () => {
  const room = `item:${meetingId}:${itemId}`;
  const { relay, stats } = house.server;
  const edit = (change: (notes: Y.XmlFragment) => void) =>
    relay.edit(room, secretary.person.id, (doc) => change(doc.getXmlFragment(NOTES_FRAGMENT)));
  const paragraph = (words: string) => {
    const element = new Y.XmlElement('paragraph');
    element.insert(0, [new Y.XmlText(words)]);
    return element;
  };
  await edit((notes) => notes.insert(0, [paragraph('Det som blir kvar.'), paragraph(`Namnet ${CANARY} ska bort.`)]));
  expect(filesWith(CANARY)).not.toEqual([]);
  await edit((notes) => notes.delete(1, 1));
  const before = stats.compactions;
  for (let n = 0; n < 20; n++) await edit((notes) => notes.insert(notes.length, [paragraph(`Rad ${n}.`)]));
  await vi.waitFor(() => expect(stats.compactions).toBeGreaterThan(before), { timeout: 10_000 });
  await vi.waitFor(() => expect(filesWith(CANARY)).toEqual([]), { timeout: 10_000 });
  expect(filesWith('Det som blir kvar.')).not.toEqual([]);
  await house.server.stop();
  expect(filesWith(CANARY)).toEqual([]);
}, 60_000);

it('C-17 an attachment that was removed is gone from the disk when it can no longer be taken back', async () => {
  const root = `/api/meetings/${meetingId}/items/${itemId}/attachments`;
  const said = async <T>(answer: Response): Promise<T> => {
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  };
  // Two pieces: the words stand in both.
  const bytes = Buffer.concat([Buffer.from(`${CANARY}\n`.repeat(25_000)), Buffer.from('slut')]);
  const uploadId = newId();
  const json = { uploadId, name: 'Lista.txt', size: bytes.length };
  await said(await house.fetch(`${root}/uploads`, { method: 'POST', as: secretary, json }));
  for (let at = 0; at < bytes.length; at += 512 * 1024)
    await said<UploadView>(
      await house.fetch(`${root}/uploads/${uploadId}?at=${at}`, {
        method: 'PUT',
        as: secretary,
        body: new Uint8Array(bytes.subarray(at, at + 512 * 1024)),
        headers: { 'content-type': 'application/octet-stream' },
      }),
    );
  await said(await house.fetch(`${root}/uploads/${uploadId}/finish`, { method: 'POST', as: secretary }));
  const list = () => house.fetch(`/api/meetings/${meetingId}/attachments`, { as: secretary });
  const [one] = (await said<AttachmentsView>(await list())).attachments;
  const content = `${root}/${one?.id}/content`;
  expect((await house.fetch(content, { as: secretary })).status).toBe(200);

  await said(await house.fetch(`${root}/${one?.id}`, { method: 'DELETE', as: secretary }));
  expect((await house.fetch(content, { as: secretary })).status).toBe(404);
  // It can be taken back for a while: it is there, and nobody is shown it.
  now += Math.max(UPLOAD_IDLE_MS, REMOVED_KEPT_MS) - HOUR_MS;
  await vi.waitFor(async () => expect(filesWith('slut')).toEqual(['radslag.sqlite']), { timeout: 10_000 });
  expect((await said<AttachmentsView>(await list())).removed).toHaveLength(1);

  now += 2 * HOUR_MS;
  await vi.waitFor(() => expect(filesWith(CANARY)).toEqual([]), { timeout: 10_000 });
  expect(await said<AttachmentsView>(await list())).toMatchObject({ attachments: [], removed: [] });
  for (const method of ['GET', 'POST'] as const)
    expect(
      (await house.fetch(method === 'GET' ? content : `${root}/${one?.id}/restore`, { method, as: secretary })).status,
    ).toBe(404);
}, 60_000);
