/**
 * Why this file exists: what somebody uploaded is anybody's bytes, and looking at fifty megabytes of them takes a while. It is done
 * in a thread with an end to its time and memory, one file at a time: whoever writes meanwhile does not feel it, and a file that
 * breaks the looking breaks nothing else.
 */
import { Worker } from 'node:worker_threads';
import { Refusal } from '../refusal.ts';
import type { Refused, Seen } from './content.ts';

const MOST_MS = 30_000;
const MOST_MEMORY_MB = 384;
const MOST_WAITING = 20;
const AGAIN_S = 5;

/** What a file is; the bytes are given away. Refuses with `too-many-attempts` when too many wait. */
export type Look = (bytes: ArrayBuffer, name: string) => Promise<Seen | Refused>;

/** `mostMs` is how long one file may take. */
export function createLook({ mostMs = MOST_MS }: { mostMs?: number } = {}): Look {
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (bytes, name) => {
    if (waiting >= MOST_WAITING)
      throw new Refusal('too-many-attempts', 'Too many files are being looked at.', { retryAfter: AGAIN_S });
    waiting++;
    const mine = turn.then(() => inThread(bytes, name, mostMs));
    turn = mine.catch(() => undefined).finally(() => waiting--);
    return mine;
  };
}

function inThread(bytes: ArrayBuffer, name: string, mostMs: number): Promise<Seen | Refused> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./look-worker.ts', import.meta.url), {
      workerData: { bytes, name },
      transferList: [bytes],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const broken = (): void => resolve({ problem: 'broken' });
    const timer = setTimeout(() => {
      broken();
      void worker.terminate();
    }, mostMs);
    worker.once('message', (seen: Seen | Refused) => {
      resolve(seen);
      void worker.terminate();
    });
    // Out of memory, or a mistake of the library's: the file is at fault either way.
    worker.once('error', broken);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread ended without a word'));
    });
  });
}
