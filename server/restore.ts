/**
 * Why this file exists: `npm run restore -- FILE`. The server must be stopped; what was there before is kept.
 */
import { resolve } from 'node:path';
import { ConfigError, parseConfig } from './config.ts';
import { restoreBackup } from './storage/backup.ts';
import { NotABackup } from './storage/backup-seal.ts';
import { FolderInUse } from './storage/folder-lock.ts';

function reason(error: unknown): string {
  if (error instanceof NotABackup) return `this file is not a whole backup: ${error.message}.`;
  if (error instanceof FolderInUse) return 'the server is running on this data. Stop it first, then restore.';
  return error instanceof Error ? error.message : String(error);
}

const name = process.argv[2];
try {
  if (!name || process.argv.length > 3) throw new Error('Say from where: npm run restore -- FILE');
  const { dataDir } = parseConfig(process.env);
  const { seal, rooms, before } = restoreBackup(resolve(process.env.INIT_CWD ?? '.', name), dataDir, Date.now());
  console.log(`Restored the backup of ${new Date(seal.madeAt).toISOString()} (${rooms} rooms) into ${dataDir}.`);
  if (before) console.log(`What was there before is kept: ${before}`);
  console.log('Everybody has to sign in again. Pages with newer text show it to their people to copy.');
} catch (error) {
  for (const line of error instanceof ConfigError ? error.lines : [reason(error)])
    console.error(`Nothing was changed: ${line}`);
  process.exitCode = 1;
}
