/**
 * Why this file exists: runs the update store's contract on every implementation, and what only SQLite can show: that a
 * failed batch leaves nothing, that a full disk heals, that durability is on.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { CHECKPOINT_TABLES, ROOM_NUMBERS, ROOM_TABLES } from '../../server/storage/room-tables.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { checkpointStoreContract } from './checkpoint-store.contract.ts';
import { updateStoreContract } from './update-store.contract.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function database(): string {
  const folder = mkdtempSync(join(tmpdir(), 'radslag-store-'));
  folders.push(folder);
  const file = join(folder, 'test.db');
  const db = new DatabaseSync(file);
  for (const statement of [...ROOM_TABLES, ...CHECKPOINT_TABLES, ...ROOM_NUMBERS]) db.exec(statement);
  db.close();
  return file;
}

function sqlite(threaded: boolean) {
  return async () => {
    const file = database();
    const open: SqliteUpdateStore[] = [new SqliteUpdateStore({ file, threaded })];
    return {
      store: open[0]!,
      reopen: async () => {
        await open.at(-1)!.close();
        const next = new SqliteUpdateStore({ file, threaded });
        open.push(next);
        return next;
      },
      dispose: async () => {
        for (const store of open) await store.close();
      },
    };
  };
}

updateStoreContract('memory', async () => {
  const store = new MemoryUpdateStore();
  return { store, reopen: null, dispose: () => store.close() };
});
updateStoreContract('sqlite here', sqlite(false));
updateStoreContract('sqlite in a thread', sqlite(true));

checkpointStoreContract('memory', async () => {
  const store = new MemoryUpdateStore();
  return { store, dispose: () => store.close() };
});
checkpointStoreContract('sqlite here', sqlite(false));
checkpointStoreContract('sqlite in a thread', sqlite(true));

const row = (room: string, text: string, personId = 'astrid') => ({
  room,
  update: new TextEncoder().encode(text),
  personId,
  at: 1,
  newClients: [1],
});

test('STORE-8 a batch of which one row cannot be stored leaves nothing behind', async () => {
  const file = database();
  const db = new DatabaseSync(file);
  db.exec(
    `create trigger trouble before insert on room_update when new.person_id = 'trouble'
     begin select raise(abort, 'no'); end`,
  );
  const store = new SqliteUpdateStore({ file, threaded: true });
  await expect(store.append([row('a', 'kept?'), row('a', 'no', 'trouble')])).rejects.toThrow('no');
  const after = await store.load('a');
  expect(after.rows).toEqual([]);
  expect(after.owners.size).toBe(0);
  await store.append([row('a', 'yes')]);
  expect((await store.load('a')).rows).toHaveLength(1);
  await store.close();
  db.close();
});

test('STORE-11 a room that somebody removed under the store is made again at the second attempt', async () => {
  const file = database();
  const store = new SqliteUpdateStore({ file, threaded: true });
  await store.append([row('a', 'before')]);
  const db = new DatabaseSync(file);
  for (const table of ['room_update', 'room_client']) db.exec(`delete from ${table}`);
  db.exec('delete from room');
  await expect(store.append([row('a', 'lost?')])).rejects.toThrow('FOREIGN KEY');
  await store.append([row('a', 'after')]);
  expect((await store.load('a')).rows).toHaveLength(1);
  await store.close();
  db.close();
});

test('CHECK-8 a version is stored in the commit of the update it belongs to, or not at all', async () => {
  const file = database();
  const db = new DatabaseSync(file);
  db.exec(
    `create trigger trouble before insert on room_update when new.person_id = 'trouble'
     begin select raise(abort, 'no'); end`,
  );
  const store = new SqliteUpdateStore({ file, threaded: true });
  const checkpoint = {
    kind: 'large-deletion' as const,
    at: 1,
    personId: 'trouble',
    name: '',
    phase: '',
    state: new Uint8Array([0, 0]),
  };
  await expect(store.append([{ ...row('a', 'no', 'trouble'), checkpoint }])).rejects.toThrow('no');
  expect(await store.checkpoints('a')).toEqual([]);
  await store.append([{ ...row('a', 'yes'), checkpoint }]);
  expect(await store.checkpoints('a')).toHaveLength(1);
  await store.close();
  db.close();
});

test('STORE-9 the store waits for another writer instead of failing', async () => {
  const file = database();
  const other = new DatabaseSync(file);
  const store = new SqliteUpdateStore({ file, threaded: true });
  await store.load('a');
  other.exec('begin immediate');
  const appended = store.append([row('a', 'patient')]);
  // Waiting shows itself by nothing happening, so time is all there is to await: long enough for a refusal to arrive.
  await Promise.race([appended, new Promise((resolve) => setTimeout(resolve, 200))]);
  other.exec('commit');
  await appended;
  expect((await store.load('a')).rows).toHaveLength(1);
  await store.close();
  other.close();
});

test('STORE-10 text that compaction removed is not left in the file', async () => {
  const file = database();
  const store = new SqliteUpdateStore({ file, threaded: false });
  await store.append([row('a', 'KANARIEFÅGELN SOM SKA BORT')]);
  const { rows } = await store.load('a');
  await store.compact(
    'a',
    new Uint8Array([0, 0]),
    [],
    rows.map((r) => r.seq),
  );
  await store.close();
  expect(readFileSync(file).includes('KANARIE')).toBe(false);
});
