/**
 * Why this file exists: a compaction in a thread of its own must be the same as one here, lose nothing that is appended
 * meanwhile, leave the event loop alone, and end with its store.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { JournalRow, StoredRoom } from '../../server/relay/ports.ts';
import { CHECKPOINT_TABLES, ROOM_NUMBERS, ROOM_TABLES } from '../../server/storage/room-tables.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';

const ROOM = 'item:one';
let folder = '';
let store: SqliteUpdateStore;
const logged: string[] = [];
const log = (event: string) => void logged.push(event);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radslag-compaction-'));
  const file = join(folder, 'test.db');
  const db = new DatabaseSync(file);
  for (const statement of [...ROOM_TABLES, ...CHECKPOINT_TABLES, ...ROOM_NUMBERS]) db.exec(statement);
  db.close();
  store = new SqliteUpdateStore({ file, threaded: true });
  logged.length = 0;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = (update: Uint8Array): JournalRow => ({
  room: ROOM,
  update,
  personId: 'astrid',
  at: 60_000,
  newClients: [],
});
const compact = () => store.compactRoom?.(ROOM, log) ?? Promise.reject(new Error('no thread'));

function history(edits: number): { doc: Y.Doc; rows: JournalRow[] } {
  const doc = new Y.Doc();
  const rows: JournalRow[] = [];
  doc.on('update', (update: Uint8Array) => rows.push(row(update)));
  const text = doc.getText('t');
  for (let n = 0; n < edits; n++) {
    text.insert((n * 7919) % (text.length + 1), 'text');
    if (n % 3 === 0) text.delete((n * 104_729) % text.length, 1);
  }
  return { doc, rows };
}

function textOf({ snapshot, rows }: StoredRoom): string {
  const doc = new Y.Doc();
  if (snapshot) Y.applyUpdate(doc, snapshot);
  for (const one of rows) Y.applyUpdate(doc, one.update);
  return doc.getText('t').toString();
}

test('CMP-11 a compaction away from the loop keeps what came meanwhile, and the loop stays free', async () => {
  const { doc, rows } = history(8_000);
  await store.append(rows);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const done = compact();
  const more: Promise<void>[] = [];
  doc.on('update', (update: Uint8Array) => more.push(store.append([row(update)])));
  for (let n = 0; n < 40; n++) {
    doc.getText('t').insert(0, 'nytt ');
    await more.at(-1);
  }
  const { rows: gone } = (await done) ?? { rows: 0 };
  delay.disable();
  // The work takes far longer than this wherever it is done.
  expect(delay.max / 1e6).toBeLessThan(250);
  expect(gone).toBeGreaterThan(0);
  const after = await store.load(ROOM);
  // The listener of the history has noted these too.
  expect(after.rows.length).toBe(rows.length - gone);
  expect(textOf(after)).toBe(doc.getText('t').toString());
  await compact();
  const whole = await store.load(ROOM);
  expect(whole.rows).toEqual([]);
  expect(whole.spans.map(({ from, to, personId }) => [from, to, personId])).toEqual([
    [0, Y.getState(doc.store, doc.clientID), 'astrid'],
  ]);
  expect(await compact()).toBe(null);
});

test('CMP-11 what cannot be read is told, stays, and the next room is compacted all the same', async () => {
  const { doc, rows } = history(10);
  await store.append([...rows, row(new Uint8Array([1, 2, 3]))]);
  expect(await compact()).toMatchObject({ rows: rows.length });
  expect(logged).toEqual(['row-broken']);
  const after = await store.load(ROOM);
  expect(after.rows.map(({ update }) => [...update])).toEqual([[1, 2, 3]]);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, after.snapshot!);
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString());
});

test('CMP-11 a store that is closed while it compacts waits for the end, and compacts no more', async () => {
  await store.append(history(2_000).rows);
  const done = compact();
  const closed = store.close();
  expect(await done).toMatchObject({ bytes: expect.any(Number) });
  await closed;
  await expect(compact()).rejects.toThrow('closed');
});
