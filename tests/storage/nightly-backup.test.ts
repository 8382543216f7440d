/**
 * Why this file exists: backups are made without anybody remembering: when a night was missed, at the hour that was set,
 * again after a failure, and no more are kept than asked for.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkBackup, databaseFile, lastBackup, makeBackup } from '../../server/storage/backup.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { createNightlyBackup, letGo, nextTimeOfDay } from '../../server/storage/nightly-backup.ts';
import { kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';
import { temporaryFolder } from '../support/server-process.ts';

let folder: ReturnType<typeof temporaryFolder>;
let dataDir = '';
let backups = '';
let stop: (() => Promise<void>) | null = null;

beforeEach(async () => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'data');
  backups = join(folder.path, 'kopior');
  const db = kyselyOver(openSqlite(databaseFile(dataDir)));
  await migrate(db as never, migrations);
  await db.destroy();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(2026, 2, 10, 12, 0) });
});
afterEach(async () => {
  await stop?.();
  stop = null;
  vi.useRealTimers();
  folder.remove();
});

/** Starts the nightly backups; `next` resolves with what happens next. */
function start(keep = 14): () => Promise<'made' | 'failed'> {
  const heard: ('made' | 'failed')[] = [];
  let wake: (() => void) | null = null;
  const hear = (what: 'made' | 'failed') => () => {
    heard.push(what);
    wake?.();
  };
  const nightly = createNightlyBackup({
    dataDir,
    folder: backups,
    at: '03:00',
    keep,
    program: 'test',
    clock: () => Date.now(),
    made: hear('made'),
    failed: hear('failed'),
  });
  stop = () => nightly.stop();
  return async () => {
    while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return heard.shift() ?? 'failed';
  };
}

it('a missed night is made up for soon after the start, the next one comes at its hour, and old ones are let go', async () => {
  const next = start(2);
  vi.advanceTimersByTime(60_000);
  expect(await next()).toBe('made');
  for (const day of [11, 12]) {
    const hour = new Date(2026, 2, day, 3, 0).getTime();
    vi.advanceTimersByTime(hour - Date.now() - 1);
    expect(lastBackup(dataDir)?.at).toBeLessThan(hour - 1);
    vi.advanceTimersByTime(1);
    expect(await next()).toBe('made');
    expect(lastBackup(dataDir)?.at).toBe(hour);
  }
  const kept = readdirSync(backups);
  expect(kept).toHaveLength(2);
  for (const name of kept) expect(checkBackup(join(backups, name)).program).toBe('test');
});

it('with one of today nothing is made before the night', async () => {
  makeBackup(dataDir, join(folder.path, 'today.sqlite'), 'test', Date.now());
  start();
  vi.advanceTimersByTime(3_600_000);
  await stop?.();
  expect(existsSync(backups)).toBe(false);
});

it('a folder that cannot be written is told, and tried again within the hour', async () => {
  writeFileSync(backups, 'a file where the folder should be');
  const next = start();
  vi.advanceTimersByTime(60_000);
  expect(await next()).toBe('failed');
  vi.advanceTimersByTime(3_600_000);
  expect(await next()).toBe('failed');
});

it('only our own files are ever removed', () => {
  mkdirSync(backups);
  const names = ['radslag-2026-01-01T030000Z.sqlite', 'radslag-2026-01-02T030000Z.sqlite', 'a-min-egen.sqlite'];
  for (const name of names) writeFileSync(join(backups, name), '');
  letGo(backups, 1);
  expect(readdirSync(backups).sort()).toEqual(['a-min-egen.sqlite', 'radslag-2026-01-02T030000Z.sqlite']);
});

it('the hour is the clock on the wall: after it has struck it is tomorrow’s', () => {
  const at = (...parts: [number, number, number, number]): number => new Date(2026, ...parts).getTime();
  expect(nextTimeOfDay('03:00', at(2, 10, 2, 59))).toBe(at(2, 10, 3, 0));
  expect(nextTimeOfDay('03:00', at(2, 10, 3, 0))).toBe(at(2, 11, 3, 0));
  expect(new Date(nextTimeOfDay('03:00', at(2, 28, 23, 0))).getHours()).toBe(3);
});
