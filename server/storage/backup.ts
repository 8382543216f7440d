/**
 * Why this file exists: making a backup of the data, on a running server too, and going back to one. Both are done so
 * that a crash at any moment leaves either the old state or the new one, and never something that only looks whole.
 *
 * A restored room gets a new epoch: pages and devices that remember a later history than the backup's then know that
 * theirs is another one, and ask their people instead of merging it back in silently.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { OwnReason } from '#shared/notice/mail.ts';
import { checkSeal, NotABackup, type Seal, seal, unseal } from './backup-seal.ts';
import { lockFolder } from './folder-lock.ts';
import { migrations } from './migrations.ts';

/** The database of a data folder. */
export const databaseFile = (dataDir: string): string => join(dataDir, 'radslag.sqlite');
const noteFile = (dataDir: string): string => join(dataDir, 'last-backup.json');

const BUSY_TIMEOUT_MS = 10_000;

/** A finished backup. */
export interface Backup {
  /** Milliseconds since 1970 UTC. */
  at: number;
  bytes: number;
  /** Absolute path. */
  file: string;
}

/** There is something at the target already, or there is nothing to copy. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Copies the data into one file, consistent at one moment, while a server may be writing. The file appears under its
 * name when it is whole and on disk. Blocks; run it in a process or thread of its own. Throws {@link BackupRefused} when
 * the target exists or there is no data, and whatever the disk says.
 */
export function makeBackup(dataDir: string, target: string, program: string, at: number): Backup {
  if (existsSync(target)) throw new BackupRefused(`${target} exists already; a backup is never written over`);
  if (!existsSync(databaseFile(dataDir))) throw new BackupRefused(`there is no data in ${dataDir}`);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const part = `${target}.part`;
  rmSync(part, { force: true });
  try {
    const source = new DatabaseSync(databaseFile(dataDir), { timeout: BUSY_TIMEOUT_MS });
    try {
      // One read transaction: consistent, does not hold up who writes, and takes along no pages of deleted text.
      source.prepare('vacuum into ?').run(part);
    } finally {
      source.close();
    }
    const copy = new DatabaseSync(part);
    try {
      copy.exec('pragma synchronous = full');
      seal(copy, { madeAt: at, program });
      checkSeal(copy);
    } finally {
      copy.close();
    }
    sync(part);
    renameSync(part, target);
    sync(dirname(target));
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  const made: Backup = { at, bytes: statSync(target).size, file: target };
  writeFileSync(noteFile(dataDir), JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The last backup made of this folder, whoever made it, or `null`. */
export function lastBackup(dataDir: string): Backup | null {
  try {
    return JSON.parse(readFileSync(noteFile(dataDir), 'utf8')) as Backup;
  } catch {
    return null;
  }
}

/** Checks a file without changing it. Throws {@link NotABackup}. */
export function checkBackup(file: string): Seal {
  if (!existsSync(file)) throw new NotABackup('there is no such file');
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    const found = checkSeal(db);
    const known = new Set(migrations.map(({ name }) => name));
    const rows = db.prepare('select name from migration').all() as { name: string }[];
    if (rows.some(({ name }) => !known.has(name)))
      throw new NotABackup(`it was made by a newer version of Rådslag (${found.program})`);
    return found;
  } catch (error) {
    if (error instanceof NotABackup) throw error;
    throw new NotABackup(`it cannot be read (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    db?.close();
  }
}

export interface Restored {
  seal: Seal;
  rooms: number;
  /** Where the data that was there before is now, or `null` when there was none. */
  before: string | null;
}

/**
 * Puts a backup in the place of the folder's data, which is kept beside it. Everybody signs in anew: a session or link
 * that was ended after the backup must not live again. Throws {@link NotABackup}, and FolderInUse while a server runs.
 */
export function restoreBackup(file: string, dataDir: string, now: number): Restored {
  const found = checkBackup(file);
  const unlock = lockFolder(dataDir, 0);
  try {
    const database = databaseFile(dataDir);
    const fresh = `${database}.restoring`;
    rmSync(fresh, { force: true });
    copyFileSync(file, fresh, constants.COPYFILE_EXCL);
    const rooms = prepare(fresh);
    sync(fresh);
    const before = putAside(database, now);
    renameSync(fresh, database);
    sync(dataDir);
    return { seal: found, rooms, before };
  } finally {
    unlock();
  }
}

/** Makes a copied backup into data to live in; the number of rooms. */
function prepare(file: string): number {
  const db = new DatabaseSync(file);
  try {
    // Once more, on the copy: what is put in place is what was checked.
    checkSeal(db);
    db.exec('begin immediate');
    unseal(db);
    const rooms = db.prepare('select name from room').all() as { name: string }[];
    const renew = db.prepare('update room set epoch = ? where name = ?');
    for (const { name } of rooms) renew.run(randomUUID(), name);
    db.exec('delete from session');
    db.exec('delete from link');
    keepMails(db);
    db.exec('commit');
    return rooms.length;
  } finally {
    db.close();
  }
}

/** What was queued when the backup was made may have gone out since: somebody decides whether it goes out again. */
function keepMails(db: DatabaseSync): void {
  // Older data has no mails.
  if (!db.prepare("select 1 from sqlite_master where type = 'table' and name = 'notice_mail'").get()) return;
  const reason: OwnReason = '@restored';
  db.prepare("update notice_mail set state = 'uncertain', reason = ? where state in ('queued', 'sending')").run(reason);
}

/** Keeps the present data under another name. The database stays where it is until the new one takes its name. */
function putAside(database: string, now: number): string | null {
  if (!existsSync(database)) return null;
  const aside = `${database}.before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '')}`;
  try {
    const db = new DatabaseSync(database);
    // The log belongs to the old data and would be read into the new.
    db.exec('pragma wal_checkpoint(truncate)');
    db.close();
  } catch {
    // Damaged, which may be why one goes back: its parts are kept as they are.
  }
  linkSync(database, aside);
  for (const part of ['-wal', '-shm']) if (existsSync(database + part)) renameSync(database + part, aside + part);
  return aside;
}
