/**
 * Why this file exists: a backup that somebody has to remember is not made. With a folder set, one is made every night,
 * a missed one when the server starts, and the oldest are let go. One that fails is told in the log and tried again.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Backup, lastBackup } from './backup.ts';
import type { BackupOrder } from './backup-worker.ts';

export interface NightlyBackupOptions {
  dataDir: string;
  /** Folder of the backups; made when missing. */
  folder: string;
  /** Local time of day, `HH:MM`. */
  at: string;
  /** How many are kept. Only files with our own names are ever removed. */
  keep: number;
  program: string;
  /** Milliseconds since 1970 UTC. */
  clock(): number;
  made(backup: Backup): void;
  failed(error: unknown): void;
}

const DAY_MS = 86_400_000;
const RETRY_MS = 3_600_000;
/** A server that has just started has more urgent things to do. */
const SETTLE_MS = 60_000;
/** Longer waits would overflow a timer. */
const LONGEST_WAIT_MS = DAY_MS;
const OUR_NAME = /^radslag-\d{4}-\d{2}-\d{2}T\d{6}Z\.sqlite$/;

/** The next moment the local clock shows `time`, after `now`. Days with a change of clocks included. */
export function nextTimeOfDay(time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const next = new Date(now);
  next.setHours(hours, minutes, 0, 0);
  if (next.getTime() <= now) {
    next.setDate(next.getDate() + 1);
    next.setHours(hours, minutes, 0, 0);
  }
  return next.getTime();
}

/** Makes a backup in a thread of its own. */
export function backupInThread(order: BackupOrder): Promise<Backup> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: order, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the backup ended without a word')));
  });
}

/** Removes the oldest backups of ours beyond `keep`. */
export function letGo(folder: string, keep: number): void {
  // The names sort by time.
  const ours = readdirSync(folder)
    .filter((name) => OUR_NAME.test(name))
    .sort();
  for (const name of ours.slice(0, Math.max(0, ours.length - keep))) rmSync(join(folder, name), { force: true });
}

/** Starts the nightly backups; `stop` resolves when none is being made any more. */
export function createNightlyBackup(options: NightlyBackupOptions): { stop(): Promise<void> } {
  const { dataDir, folder, program, clock } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  function wait(until: number): void {
    if (stopped) return;
    const ms = Math.max(0, until - clock());
    timer = setTimeout(
      () => {
        if (ms > LONGEST_WAIT_MS) wait(until);
        else running = run();
      },
      Math.min(ms, LONGEST_WAIT_MS),
    );
    timer.unref();
  }

  async function run(): Promise<void> {
    const at = clock();
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '');
      const backup = await backupInThread({ dataDir, target: join(folder, `radslag-${stamp}Z.sqlite`), program, at });
      letGo(folder, options.keep);
      options.made(backup);
      wait(nextTimeOfDay(options.at, clock()));
    } catch (error) {
      options.failed(error);
      wait(Math.min(clock() + RETRY_MS, nextTimeOfDay(options.at, clock())));
    }
  }

  const last = lastBackup(dataDir);
  const missed = last === null || last.at < clock() - DAY_MS;
  wait(missed ? clock() + SETTLE_MS : nextTimeOfDay(options.at, clock()));

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
