/**
 * Why this file exists: a copy of a running database's file is half a copy, and looks like a whole one. A backup of ours
 * carries a seal: one row that says when it was made and the hash of everything else in it. What has no seal, or another
 * hash, is not restored.
 */
import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

const SEAL = 'backup_seal';

/** What a backup says about itself. */
export interface Seal {
  /** When it was made, milliseconds since 1970 UTC. */
  madeAt: number;
  /** The program's version that made it. */
  program: string;
}

/** The file is no whole backup; the message says in what. */
export class NotABackup extends Error {
  override readonly name = 'NotABackup';
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function take(hash: Hash, value: SQLOutputValue): void {
  const [kind, bytes] =
    value === null
      ? ['n', '']
      : value instanceof Uint8Array
        ? ['b', value]
        : typeof value === 'string'
          ? ['s', value]
          : ['i', String(value)];
  hash.update(`${kind}${typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.byteLength}:`);
  hash.update(bytes);
}

/** SHA-256 of every row of every table but the seal's, and of the tables' definitions. */
function contentHash(db: DatabaseSync): string {
  const hash = createHash('sha256');
  const tables = db
    .prepare(
      "select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name <> ? order by name",
    )
    .all(SEAL) as { name: string; sql: string }[];
  for (const { name, sql } of tables) {
    take(hash, name);
    take(hash, sql);
    // A table without row ids is read in the order of its key anyway.
    const order = /\bwithout\s+rowid\s*$/i.test(sql) ? '' : ' order by rowid';
    const rows = db.prepare(`select * from ${quoted(name)}${order}`);
    rows.setReadBigInts(true);
    for (const row of rows.iterate()) for (const value of Object.values(row)) take(hash, value);
  }
  return hash.digest('hex');
}

/** Puts the seal on a finished copy. */
export function seal(db: DatabaseSync, { madeAt, program }: Seal): void {
  const content = contentHash(db);
  db.exec(`create table ${SEAL} (made_at integer not null, program text not null, content text not null)`);
  db.prepare(`insert into ${SEAL} (made_at, program, content) values (?, ?, ?)`).run(madeAt, program, content);
}

/** Reads the seal and checks everything against it. Throws {@link NotABackup}. */
export function checkSeal(db: DatabaseSync): Seal {
  try {
    if (db.prepare('select 1 as found from sqlite_schema where name = ?').get(SEAL) === undefined)
      throw new NotABackup(
        'it carries no seal. Only files made by `npm run backup` are restored: a copy of a running database lacks its newest changes',
      );
    const { integrity_check: integrity } = db.prepare('pragma integrity_check').get() as { integrity_check: string };
    if (integrity !== 'ok') throw new NotABackup('it is damaged');
    const row = db.prepare(`select made_at, program, content from ${SEAL}`).get() as
      | { made_at: number; program: string; content: string }
      | undefined;
    if (row?.content !== contentHash(db)) throw new NotABackup('it is not what it was when it was made');
    return { madeAt: row.made_at, program: row.program };
  } catch (error) {
    if (error instanceof NotABackup) throw error;
    throw new NotABackup(`it cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Takes the seal off, so that the copy can be lived in. */
export function unseal(db: DatabaseSync): void {
  db.exec(`drop table ${SEAL}`);
}
