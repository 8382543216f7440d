/**
 * Why this file exists: a database is brought forward in steps, each in one transaction together with the row that says
 * it is done. A server killed at any moment finds the step either wholly there or not at all.
 */
import { type Kysely, sql } from 'kysely';

export interface Migration {
  /** Unique for ever; the order is that of the list, not of the names. */
  name: string;
  /** Changes tables through the connection it is given and nothing else. */
  up(db: Kysely<unknown>): Promise<void>;
}

/** The database was written by a newer version of the program. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Runs the steps that have not been run, in order, and returns their names. Two servers starting at once wait for each
 * other: the check is made again inside each transaction. Throws {@link NewerDatabaseError} for steps it does not know.
 */
export async function migrate(db: Kysely<never>, migrations: readonly Migration[]): Promise<string[]> {
  const any = db as unknown as Kysely<unknown>;
  await sql`create table if not exists migration (name text primary key, run_at bigint not null)`.execute(any);
  const known = new Set(migrations.map((migration) => migration.name));
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(any);
  const foreign = rows.filter((row) => !known.has(row.name)).map((row) => row.name);
  if (foreign.length > 0)
    throw new NewerDatabaseError(`The data was written by a newer version of Rådslag (steps ${foreign.join(', ')}).`);
  const ran: string[] = [];
  for (const migration of migrations) {
    const fresh = await any.transaction().execute(async (trx) => {
      const done = await sql`select 1 as done from migration where name = ${migration.name}`.execute(trx);
      if (done.rows.length > 0) return false;
      await migration.up(trx);
      await sql`insert into migration (name, run_at) values (${migration.name}, ${Date.now()})`.execute(trx);
      return true;
    });
    if (fresh) ran.push(migration.name);
  }
  return ran;
}
