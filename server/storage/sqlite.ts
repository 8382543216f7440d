/**
 * Why this file exists: Kysely speaks to better-sqlite3's interface; Node brings its own SQLite. This is the seam, and
 * the place where durability is asked for and then checked.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Schema } from './schema.ts';

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
  return new Kysely<Schema>({
    dialect: new SqliteDialect({
      database: {
        close: () => raw.close(),
        prepare(sql) {
          // A transaction that begins as a reader cannot become a writer once somebody else has written: take the lock first.
          const statement = raw.prepare(sql === 'begin' ? 'begin immediate' : sql);
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
            run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
            iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
          };
        },
      },
    }),
  });
}
