/**
 * Why this file exists: the one way to open the server's database, where durability is asked for and then checked.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite-driver.ts';

/** How long a statement waits for another connection's write, in milliseconds. The journal writes to the same file. */
const BUSY_TIMEOUT_MS = 5_000;

export type Database = Kysely<Schema>;

/**
 * Opens (and makes) a database file: write-ahead log, every commit on disk before it is answered (`synchronous=FULL`),
 * foreign keys on. Throws when the file cannot be opened so. `:memory:` is for tests.
 */
export function openSqlite(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const raw = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  raw.exec('pragma journal_mode = wal');
  raw.exec('pragma synchronous = full');
  // What people take away is overwritten, not only let go: attachments, votes, summaries as much as notes.
  raw.exec('pragma secure_delete = on');
  // NORMAL in WAL mode may lose commits at power loss, which no kill test can show: so ask what is really set.
  const synchronous = raw.prepare('pragma synchronous').get()?.synchronous;
  if (synchronous !== 2) {
    raw.close();
    throw new Error(`SQLite would not promise durability: synchronous is ${String(synchronous)}, not 2 (FULL)`);
  }
  return raw;
}

/** Kysely over an open database; `destroy()` closes it. */
export function kyselyOver(raw: DatabaseSync): Database {
  // From here on nobody sleeps for a lock: the driver asks again.
  raw.exec('pragma busy_timeout = 0');
  return new Kysely<Schema>({ dialect: sqliteDialect(raw, BUSY_TIMEOUT_MS) });
}
