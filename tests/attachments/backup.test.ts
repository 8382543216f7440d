/**
 * Why this file exists: F53, a list of attachments is worth nothing without the bytes, nor they without it. A server that finds
 * one without the other when it starts puts that in order and says so, and the protocol is made all the same; a backup
 * made while people upload holds both, and after going back to it every file is the same byte for byte.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addItem } from '#shared/agenda.ts';
import type { AttachmentsView, UploadView } from '#shared/attachments/api.ts';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import { newId } from '#shared/ids.ts';
import { type RunningServer, startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import { SYSTEM } from '../../server/services.ts';
import { databaseFile, makeBackup, restoreBackup } from '../../server/storage/backup.ts';
import { NO_CLIENT } from '../http/house.ts';

const folder = mkdtempSync(join(tmpdir(), 'radslag-attachments-'));
const dataDir = join(folder, 'data');
const itemId = newId();
let server: RunningServer;
let log: string[];
let cookie = '';
let personId = '';
let meetingId = '';

async function start(): Promise<void> {
  log = [];
  server = await startServer({
    config: parseConfig({ DATA_DIR: dataDir, PORT: '0' }),
    dist: NO_CLIENT,
    passwordCost: { ln: 4, r: 8, p: 1 },
    logTo: { write: (line) => void log.push(line) },
  });
  if (personId !== '') await signIn();
}
async function signIn() {
  const { token, caller } = await server.services.sessions.begin(personId);
  cookie = `radslag=${token}`;
  return caller;
}

beforeEach(async () => {
  personId = '';
  await start();
  personId = (await server.services.people.create(SYSTEM, { name: 'Sanna Kvist', email: null })).id;
  const caller = await signIn();
  meetingId = (await server.services.meetings.create(caller, { template: 'working', title: 'Samråd' })).id;
  await server.relay.edit(`agenda:${meetingId}`, personId, (doc) => {
    addItem(doc, { id: itemId, title: 'Budget', kind: 'decision', sitting: '' });
  });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const fetched = (path: string, init: RequestInit = {}) =>
  fetch(server.url + path, { ...init, headers: { cookie, origin: server.url, ...(init.headers as object) } });
const root = () => `/api/meetings/${meetingId}/items/${itemId}/attachments`;
async function upload(name: string, bytes: Buffer, more: { finish: boolean } = { finish: true }): Promise<string> {
  const uploadId = newId();
  const said = async (answer: Response): Promise<UploadView> => {
    expect(answer.status, name).toBe(200);
    return (await answer.json()) as UploadView;
  };
  const json = JSON.stringify({ uploadId, name, size: bytes.length });
  await said(
    await fetched(`${root()}/uploads`, { method: 'POST', body: json, headers: { 'content-type': 'application/json' } }),
  );
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    await said(
      await fetched(`${root()}/uploads/${uploadId}?at=${at}`, {
        method: 'PUT',
        body: new Uint8Array(bytes.subarray(at, at + PIECE_BYTES)),
        headers: { 'content-type': 'application/octet-stream' },
      }),
    );
  if (!more.finish) return '';
  return (await said(await fetched(`${root()}/uploads/${uploadId}/finish`, { method: 'POST' }))).attachmentId ?? '';
}
const list = async (): Promise<AttachmentsView> =>
  (await (await fetched(`/api/meetings/${meetingId}/attachments`)).json()) as AttachmentsView;
const content = (id: string) => fetched(`${root()}/${id}/content`);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hashes = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      (await list()).attachments.map(async ({ id, name }) => [
        name,
        hashOf(new Uint8Array(await (await content(id)).arrayBuffer())),
      ]),
    ),
  );
/** Words that no check of content takes for something else. */
const words = (size: number): Buffer => Buffer.from(randomBytes(size).toString('base64').slice(0, size));

it('at start, a row without its file and a file without a row are put in order, said, and the protocol is made', async () => {
  const [kept, lost, cut] = [
    await upload('Kvar.txt', words(10)),
    await upload('Borta.txt', words(10)),
    await upload('Halv.txt', words(PIECE_BYTES + 9)),
  ];
  await server.stop();
  const db = new DatabaseSync(databaseFile(dataDir));
  db.prepare('delete from attachment_file where id = ?').run(lost);
  db.prepare('delete from attachment_piece where file_id = ? and n = 1').run(cut);
  const stray = newId();
  db.prepare('insert into attachment_file values (?, ?, 5, ?, 1)').run(stray, meetingId, 'a'.repeat(64));
  db.prepare('insert into attachment_piece values (?, 0, ?)').run(stray, Buffer.from('hej å'));
  db.prepare('insert into attachment_piece values (?, 0, ?)').run(newId(), Buffer.from('lös'));
  db.close();

  await start();
  const { attachments } = await list();
  expect(attachments.map(({ name, gone }) => [name, gone])).toEqual([
    ['Kvar.txt', false],
    ['Borta.txt', true],
    ['Halv.txt', true],
  ]);
  expect(await Promise.all([kept, lost, cut].map(async (id) => (await content(id)).status))).toEqual([200, 404, 404]);
  expect(log.find((line) => line.includes('attachments without their bytes'))).toContain('"count":"2"');
  const after = new DatabaseSync(databaseFile(dataDir), { readOnly: true });
  const ids = (table: string, column: string) =>
    (after.prepare(`select distinct ${column} as id from ${table}`).all() as { id: string }[])
      .map(({ id }) => id)
      .sort();
  // What is left of a named file stays: somebody may bring back the rest. What nobody names goes.
  expect(ids('attachment_file', 'id')).toEqual([kept, cut].sort());
  expect(ids('attachment_piece', 'file_id')).toEqual([kept, cut].sort());
  after.close();
  for (const format of EXPORT_FORMATS) {
    const answer = await fetched(`/api/meetings/${meetingId}/minutes/files/${format}`);
    expect([answer.status, (await answer.arrayBuffer()).byteLength > 200], format).toEqual([200, true]);
  }
}, 60_000);

it('a backup made between the pieces of an upload holds every attachment, and gives each back as it was', async () => {
  const size = PIECE_BYTES * 2 + 77;
  await upload('Underlag.txt', words(size));
  await upload('Kort.txt', words(3));
  await upload('På väg.txt', words(size), { finish: false });
  const before = await hashes();
  expect(Object.keys(before)).toEqual(['Underlag.txt', 'Kort.txt']);
  const file = join(folder, 'backup.sqlite');
  makeBackup(dataDir, file, 'test', Date.now());
  // What comes after the backup is not in it.
  const [short] = (await list()).attachments.filter(({ name }) => name === 'Kort.txt');
  expect((await fetched(`${root()}/${short?.id}`, { method: 'DELETE' })).status).toBe(200);
  await upload('Senare.txt', words(9));
  await server.stop();

  restoreBackup(file, dataDir, Date.now());
  await start();
  expect(await hashes()).toEqual(before);
  expect((await list()).attachments.map(({ gone }) => gone)).toEqual([false, false]);
  for (const { sha256, name } of (await list()).attachments) expect(sha256, name).toBe(before[name]);
  expect(log.join('')).not.toContain('attachments without their bytes');
}, 60_000);
