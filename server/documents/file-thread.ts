/**
 * Why this file exists: files take their time, and everybody's keystrokes go through this process. Each is
 * made in a thread that lives for one file, with an end to how long that may take, how much memory it may hold and how many
 * are made at once. Who asks for many waits behind those who ask for one.
 */
import { Worker } from 'node:worker_threads';
import type { Id } from '#shared/ids.ts';
import { Refusal } from '../refusal.ts';
import type { Job } from './job.ts';
import { createTurns, type TurnLimits } from './turns.ts';

/** A file of a hundred pages takes some seconds; on a machine that has much else to do, many. */
const MOST_MS = 60_000;
/** What it may take of a core; an archive holds every kind of file. */
const MOST_CPU_MS = 10_000;
const ARCHIVE = 4;
/** How often what it took is looked at, milliseconds. */
const LOOK_MS = 250;
/** Of the thread's own heap; the typesetter's memory is bounded beside it (pdf.ts). A file of a thousand items takes less. */
const MOST_HEAP_MB = 256;

export interface FileThreads {
  /**
   * The bytes of a file, for a person or, with `null`, for the house itself. A job that is large to hold is given as what
   * makes it, which is asked when its turn has come. Refuses with `too-large` what takes too long or too much memory,
   * with `too-many-attempts` when too many wait.
   */
  make(job: Job | (() => Promise<Job>), by: Id | null): Promise<Uint8Array>;
}

export interface FileLimits extends TurnLimits {
  /** How long one file may take, milliseconds. */
  mostMs: number;
  /** How much of a core, milliseconds. */
  mostCpuMs: number;
  mostHeapMb: number;
}

export function createFileThreads(limits: Partial<FileLimits> = {}): FileThreads {
  const { mostMs = MOST_MS, mostCpuMs = MOST_CPU_MS, mostHeapMb = MOST_HEAP_MB, ...turnLimits } = limits;
  const turns = createTurns(turnLimits);
  return {
    make: (job, by) =>
      turns.take(by, async () => {
        const given = typeof job === 'function' ? await job() : job;
        return inThread(given, { mostMs, mostCpuMs: mostCpuMs * (given.of === 'package' ? ARCHIVE : 1), mostHeapMb });
      }),
  };
}

/** Settles when the thread is gone: what is given up holds neither a core nor memory any more. */
async function inThread(
  job: Job,
  { mostMs, mostCpuMs, mostHeapMb }: Pick<FileLimits, 'mostMs' | 'mostCpuMs' | 'mostHeapMb'>,
): Promise<Uint8Array> {
  // Typst says on its standard error which of its calls are old; that is nobody's log.
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
    workerData: job,
    execArgv: [],
    stderr: true,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
  });
  let bytes: Uint8Array | null = null;
  let failed: unknown = null;
  const tooMuch = (): void => {
    failed ??= new Refusal('too-large', 'The text is too long for a file of this kind.');
    void worker.terminate();
  };
  const timer = setTimeout(tooMuch, mostMs);
  const look = setInterval(async () => {
    const used = await worker.cpuUsage().catch(() => null);
    if (used && (used.user + used.system) / 1_000 > mostCpuMs) tooMuch();
  }, LOOK_MS);
  worker.once('message', (said: Uint8Array | 'no-memory') => {
    if (said === 'no-memory') return tooMuch();
    bytes = said;
    void worker.terminate();
  });
  worker.once('error', (error: Error & { code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch();
    else failed ??= error;
  });
  await new Promise((resolve) => worker.once('exit', resolve));
  clearTimeout(timer);
  clearInterval(look);
  if (bytes) return bytes;
  throw failed ?? new Error('the thread ended without a file');
}
