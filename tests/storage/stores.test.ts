/**
 * Why this file exists: runs the contracts of the registers, links, meetings and sessions on each implementation there
 * is. Another database joins by adding itself to the list.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUser, testAdapter } from '@lucia-auth/adapter-test';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sqlLinkStore } from '../../server/storage/link-store.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlOrganisationStore } from '../../server/storage/organisation-store.ts';
import { sqlPeopleStore } from '../../server/storage/people-store.ts';
import { sqlSessionStoreOver } from '../../server/storage/session-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';
import { sqlWorkshopLiveStore } from '../../server/storage/workshop-live-store.ts';
import { sqlWorkshopStore } from '../../server/storage/workshop-store.ts';
import { meetingStoreContract } from './meeting-store.contract.ts';
import { registerStoreContract } from './people-store.contract.ts';
import { type WorkshopStores, workshopStoreContract } from './workshop-store.contract.ts';

const implementations: { name: string; open(): Promise<Database> }[] = [
  { name: 'SQLite', open: async () => kyselyOver(openSqlite(':memory:')) },
];

for (const { name, open } of implementations) {
  const make = async (): Promise<WorkshopStores> => {
    const db = await open();
    await migrate(db as never, migrations);
    return {
      people: sqlPeopleStore(db),
      organisations: sqlOrganisationStore(db),
      links: sqlLinkStore(db),
      meetings: sqlMeetingStore(db),
      workshops: sqlWorkshopStore(db),
      live: sqlWorkshopLiveStore(db),
      close: () => db.destroy(),
    };
  };
  registerStoreContract(name, make);
  meetingStoreContract(name, make);
  workshopStoreContract(name, make);

  describe(`sessions kept by ${name}`, () => {
    let db: Database;
    beforeEach(async () => {
      db = await open();
    });
    afterEach(() => db.destroy());

    it("passes lucia's own contract for adapters, unchanged", async () => {
      await sql`create table member (id text primary key, username text not null)`.execute(db);
      await sql`create table visit (
        id text primary key, user_id text not null references member (id) on delete cascade,
        expires_at bigint not null, country text not null
      )`.execute(db);
      const attributes = databaseUser.attributes as unknown as { username: string };
      await sql`insert into member values (${databaseUser.id}, ${attributes.username})`.execute(db);
      // The suite prints its progress; a failure throws.
      const quiet = vi.spyOn(console, 'log').mockImplementation(() => {});
      try {
        const store = sqlSessionStoreOver<{ country: string }, { username: string }>(db as never, {
          session: 'visit',
          user: 'member',
          sessionAttributes: ['country'],
          userAttributes: ['username'],
        });
        await testAdapter(store as unknown as Parameters<typeof testAdapter>[0]);
      } finally {
        quiet.mockRestore();
      }
    });
  });
}

describe('the SQLite file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'radslag-sqlite-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is opened with a write-ahead log, full durability and foreign keys', () => {
    const raw = openSqlite(join(folder, 'deep', 'data.sqlite'));
    const pragma = (name: string) => Object.values(raw.prepare(`pragma ${name}`).get() ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('busy_timeout')]).toEqual([
      'wal',
      2,
      1,
      5_000,
    ]);
    raw.close();
  });

  it('begins transactions as a writer: two that read and then write never refuse each other', async () => {
    const [a, b] = [0, 1].map(() => kyselyOver(openSqlite(join(folder, 'data.sqlite')))) as [Database, Database];
    await sql`create table t (n integer)`.execute(a);
    await sql`insert into t values (0)`.execute(a);
    const add = (db: Database) =>
      db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ n: number }>`select n from t`.execute(trx);
        await sql`update t set n = ${(rows[0]?.n ?? 0) + 1}`.execute(trx);
      });
    // The second connection blocks this thread while the first holds the lock, so they take turns.
    for (let i = 0; i < 20; i += 1) await add(i % 2 === 0 ? a : b);
    expect((await sql<{ n: number }>`select n from t`.execute(a)).rows).toEqual([{ n: 20 }]);
    await a.destroy();
    await b.destroy();
  });
});
