/**
 * Why this file exists: files take their time, and everybody's keystrokes go through this process. Each is
 * made in a thread that lives for one file, with an end to how long that may take and to how many are made at once.
 */
import { Worker } from 'node:worker_threads';
import { Refusal } from '../refusal.ts';
import type { Job } from './job.ts';

/** Made at the same time; each may hold a core. */
const AT_ONCE = 2;
/** Who comes when so many wait is told to come again. */
const MOST_WAITING = 20;
/** A file of a hundred pages takes some seconds. */
const MOST_MS = 60_000;
const AGAIN_S = 10;

export interface FileThreads {
  /** The bytes of a file. Refuses with `too-large` when it takes too long, `too-many-attempts` when too many wait. */
  make(job: Job): Promise<Uint8Array>;
}

/** `mostMs` is how long one file may take. */
export function createFileThreads({ mostMs = MOST_MS }: { mostMs?: number } = {}): FileThreads {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function turn(): Promise<void> {
    if (running < AT_ONCE) {
      running++;
      return;
    }
    if (waiting.length >= MOST_WAITING)
      throw new Refusal('too-many-attempts', 'Too many files are being made.', { retryAfter: AGAIN_S });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  function done(): void {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  return {
    async make(job) {
      await turn();
      try {
        return await inThread(job, mostMs);
      } finally {
        done();
      }
    },
  };
}

function inThread(job: Job, mostMs: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // Typst says on its standard error which of its calls are old; that is nobody's log.
    const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
      workerData: job,
      execArgv: [],
      stderr: true,
      stdout: true,
    });
    const timer = setTimeout(() => {
      reject(new Refusal('too-large', 'The text is too long for a file of this kind.'));
      void worker.terminate();
    }, mostMs);
    worker.once('message', (bytes: Uint8Array) => {
      resolve(bytes);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread ended without a file'));
    });
  });
}
