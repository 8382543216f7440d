/**
 * Why this file exists: a server killed while it brings its data forward must find each step wholly there or not at all.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Migration, migrate, NewerDatabaseError } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';

const run = promisify(execFile);
const CHILD = new URL('./migrate-child.ts', import.meta.url).pathname;

function tables(file: string): string[] {
  const db = new DatabaseSync(file);
  const rows = db.prepare('select sql from sqlite_schema where sql is not null order by name').all();
  db.close();
  return rows.map((row) => String(row.sql));
}

function done(file: string): string[] {
  const db = new DatabaseSync(file);
  const has = db.prepare("select 1 from sqlite_schema where name = 'migration'").get();
  const rows = has ? db.prepare('select name from migration order by rowid').all() : [];
  db.close();
  return rows.map((row) => String(row.name));
}

describe('bringing the data forward', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'radslag-migrate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('survives being killed at every statement', { timeout: 120_000 }, async () => {
    const whole = join(folder, 'whole.sqlite');
    const { stdout } = await run(process.execPath, [CHILD, whole, '0']);
    const statements = Number(stdout);
    expect(statements).toBeGreaterThan(30);
    const expected = tables(whole);

    // What each step has made once it is done, to tell "not at all" from "half".
    const after = new Map<string, string[]>([['', []]]);
    for (const [i, last] of migrations.entries()) {
      const file = join(folder, `upto-${i}.sqlite`);
      const db = kyselyOver(openSqlite(file));
      await migrate(db as never, migrations.slice(0, i + 1));
      await db.destroy();
      after.set(last.name, tables(file));
    }

    const one = async (fatal: number): Promise<void> => {
      const file = join(folder, `killed-${fatal}.sqlite`);
      const end = await run(process.execPath, [CHILD, file, String(fatal)]).catch(
        (error: { signal?: string }) => error,
      );
      expect(end).toMatchObject({ signal: 'SIGKILL' });
      const ran = done(file);
      const made = tables(file).filter((statement) => !/^create table migration/i.test(statement));
      const should = (after.get(ran.at(-1) ?? '') ?? []).filter((s) => !/^create table migration/i.test(s));
      expect(made, `statement ${fatal}`).toEqual(should);
      const db = kyselyOver(openSqlite(file));
      expect(await migrate(db as never, migrations)).toEqual(migrations.slice(ran.length).map((m) => m.name));
      await db.destroy();
      expect(tables(file), `statement ${fatal}`).toEqual(expected);
    };
    const queue = Array.from({ length: statements }, (_, i) => i + 1);
    const worker = async () => {
      for (let fatal = queue.shift(); fatal !== undefined; fatal = queue.shift()) await one(fatal);
    };
    await Promise.all([worker(), worker()]);
  });

  it('takes each step once, and refuses data of a newer version', async () => {
    const file = join(folder, 'data.sqlite');
    const step = (name: string): Migration => ({
      name,
      up: async (db) => {
        await sql`create table ${sql.table(name)} (n integer)`.execute(db);
      },
    });
    const [a, b] = [step('a'), step('b')];
    const db = kyselyOver(openSqlite(file));
    expect(await migrate(db as never, [a])).toEqual(['a']);
    expect(await migrate(db as never, [a, b])).toEqual(['b']);
    expect(await migrate(db as never, [a, b])).toEqual([]);
    await expect(migrate(db as never, [a])).rejects.toThrow(NewerDatabaseError);
    const broken: Migration = {
      name: 'c',
      up: async (trx) => {
        await sql`create table c (n integer)`.execute(trx);
        throw new Error('broken');
      },
    };
    await expect(migrate(db as never, [a, b, broken])).rejects.toThrow('broken');
    expect(await migrate(db as never, [a, b, step('c')])).toEqual(['c']);
    await db.destroy();
  });
});
