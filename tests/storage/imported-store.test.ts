/** Why this file exists: the record of an imported protocol is kept whole, once, and is nobody else's. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { ImportedStore } from '../../server/imports/ports.ts';
import { sqlImportedStore } from '../../server/storage/imported-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';
import { sampleMinutes } from '../documents/sample.ts';

let db: Database;
let store: ImportedStore;
beforeEach(async () => {
  db = kyselyOver(openSqlite(':memory:'));
  await migrate(db as never, migrations);
  store = sqlImportedStore(db);
});
afterEach(() => db.destroy());

it('comes back as it was put there, and a meeting made here has none', async () => {
  const meetingId = newId();
  const record = { document: sampleMinutes(), base: sampleMinutes(), at: 7, by: 'Alva Ek' };
  await store.insert(meetingId, record);
  expect(await store.get(meetingId)).toEqual(record);
  expect(await store.origin(meetingId)).toEqual({ at: 7, by: 'Alva Ek' });
  expect([await store.get(newId()), await store.origin(newId())]).toEqual([null, null]);
});

it('is never written over', async () => {
  const meetingId = newId();
  const record = { document: sampleMinutes(), base: sampleMinutes(), at: 7, by: 'Alva Ek' };
  await store.insert(meetingId, record);
  await expect(store.insert(meetingId, { ...record, by: 'Bo Ek', at: 8 })).rejects.toThrow();
  expect(await store.get(meetingId)).toEqual(record);
});
