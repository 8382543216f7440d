/**
 * Why this file exists: two servers on one folder would each believe that what they hold in memory is the truth. The
 * lock is the operating system's, so it ends with the process however it ends.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Somebody else holds the lock. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes a folder for this process, waiting at most `waitMs` for whoever has it. Returns what gives it back. Throws
 * {@link FolderInUse}.
 */
export function lockFolder(folder: string, waitMs: number): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'in-use.lock'), { timeout: waitMs });
  try {
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    throw new FolderInUse(`${folder} is used by another server.`);
  }
  return () => lock.close();
}
