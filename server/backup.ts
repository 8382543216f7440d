/**
 * Why this file exists: `npm run backup -- FILE`. It works beside a running server and without one.
 */
import { resolve } from 'node:path';
import pkg from '../package.json' with { type: 'json' };
import { ConfigError, parseConfig } from './config.ts';
import { makeBackup } from './storage/backup.ts';

const name = process.argv[2];
try {
  if (!name || process.argv.length > 3) throw new Error('Say where to: npm run backup -- FILE');
  const { dataDir } = parseConfig(process.env);
  // npm changes the folder; the file is meant from where the person is.
  const { file, bytes } = makeBackup(dataDir, resolve(process.env.INIT_CWD ?? '.', name), pkg.version, Date.now());
  console.log(`Backup made and checked: ${file} (${(bytes / 1_048_576).toFixed(1)} MB)`);
} catch (error) {
  for (const line of error instanceof ConfigError ? error.lines : [error instanceof Error ? error.message : error])
    console.error(`No backup was made: ${String(line)}`);
  process.exitCode = 1;
}
