/**
 * Why this file exists: what is deleted is overwritten in the database, and still stands in the write-ahead log beside it, where
 * the pages as they were before stay until something else is written over them; in a quiet house that may be never. So
 * the log is emptied now and then.
 */
import { sql } from 'kysely';
import type { Database } from './sqlite.ts';

/** Puts the log into the database and empties it; `false` when somebody is reading or writing just now. Waits for nobody. */
export async function emptyLog(db: Database): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
  return rows[0]?.busy === 0;
}
