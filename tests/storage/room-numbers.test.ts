/**
 * The step in which the journal began to call rooms by numbers: what was written before it is read after it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHECKPOINT_TABLES, ROOM_NUMBERS, ROOM_TABLES } from '../../server/storage/room-tables.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radslag-numbers-'));
  file = join(folder, 'test.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const row = (room: string, text: string) => ({
  room,
  update: bytes(text),
  personId: 'astrid',
  at: 7,
  newClients: [],
});

/** A journal of before: two rooms take turns, and the last row was compacted away. */
function before(): void {
  const db = new DatabaseSync(file);
  for (const statement of [...ROOM_TABLES, ...CHECKPOINT_TABLES]) db.exec(statement);
  const room = db.prepare('insert into room (name, epoch, snapshot) values (?, ?, ?)');
  room.run('norra', 'epoch-norra', bytes('snapshot'));
  room.run('södra', 'epoch-södra', null);
  const update = db.prepare('insert into room_update (room, data, person_id, at) values (?, ?, ?, ?)');
  for (let n = 0; n < 6; n++) update.run(n % 2 === 0 ? 'norra' : 'södra', bytes(`ord ${n}`), 'bo', n);
  db.exec('delete from room_update where seq = 6');
  db.prepare('insert into room_client (room, client, person_id) values (?, ?, ?)').run('norra', 12, 'bo');
  db.close();
}

function forward(): void {
  const db = new DatabaseSync(file);
  db.exec('pragma foreign_keys = on');
  db.exec('begin immediate');
  for (const statement of ROOM_NUMBERS) db.exec(statement);
  db.exec('commit');
  expect(db.prepare('pragma foreign_key_check').all()).toEqual([]);
  db.close();
}

test('STORE-12 rooms keep their epochs, snapshots, rows, order and owners', async () => {
  before();
  forward();
  const store = new SqliteUpdateStore({ file, threaded: false });
  const [norra, södra] = [await store.load('norra'), await store.load('södra')];
  expect(norra.epoch).toBe('epoch-norra');
  expect(norra.snapshot).toEqual(bytes('snapshot'));
  expect(norra.owners).toEqual(new Map([[12, 'bo']]));
  expect(norra.rows).toEqual([0, 2, 4].map((n) => ({ seq: n + 1, update: bytes(`ord ${n}`), personId: 'bo', at: n })));
  expect(södra.rows.map(({ seq }) => seq)).toEqual([2, 4]);
  await store.close();
});

test('STORE-12 a number of a row that is gone is not used again, also where all of them are', async () => {
  before();
  const db = new DatabaseSync(file);
  db.exec('delete from room_update');
  db.close();
  forward();
  const store = new SqliteUpdateStore({ file, threaded: false });
  await store.append([row('norra', 'nytt')]);
  expect((await store.load('norra')).rows.map(({ seq }) => seq)).toEqual([7]);
  await store.close();
});

test('STORE-12 rooms that come later are kept apart too', async () => {
  before();
  forward();
  const store = new SqliteUpdateStore({ file, threaded: false });
  await store.append([row('norra', 'a'), row('östra', 'b'), row('västra', 'c'), row('östra', 'd')]);
  expect((await store.load('östra')).rows.map(({ update }) => update)).toEqual([bytes('b'), bytes('d')]);
  expect((await store.load('västra')).rows.map(({ update }) => update)).toEqual([bytes('c')]);
  expect(await store.writtenRooms('')).toEqual(['norra', 'södra', 'västra', 'östra']);
  const db = new DatabaseSync(file);
  const numbers = db.prepare('select number from room').all();
  expect(new Set(numbers.map(({ number }) => number)).size).toBe(4);
  db.close();
  await store.close();
});
