/**
 * Why this file exists: what every server under load tells about itself, ours and the references in the same way.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answerQuestions } from '../processes.ts';

/** Where a server is and who may come in. */
export interface Target {
  url: string;
  /** One per person; references need none. */
  cookies: string[];
  rooms: string[];
  /** Of ours: a workshop under way. */
  workshop?: WorkshopTarget;
}

/** Groups that write, and who looks on. */
export interface WorkshopTarget {
  /** Group after group: its members, then the facilitator's wall, then the projector. */
  cookies: string[];
  /** The groups' rooms. */
  rooms: string[];
  /** A prompt of each, by the rooms' places. */
  fragments: string[];
}

export interface Usage {
  /** User and system time of the process so far, microseconds. */
  cpu: number;
  /** Resident memory, bytes. */
  rss: number;
  /** Of it: V8's objects, and what they hold outside its heap. */
  heap: number;
  external: number;
}

/** What our server counts about itself; references count nothing. */
export interface Counts {
  rooms: number;
  compactions: number;
  commits: number;
  /** All of them together, milliseconds. */
  commitMs: number;
}

const NOTHING_COUNTED: Counts = { rooms: 0, compactions: 0, commits: 0, commitMs: 0 };

export interface ServerQuestions {
  /** Resolves when it serves. */
  target: { in: null; out: Target };
  usage: { in: null; out: Usage };
  /** The same after a thorough garbage collection, where the process was started with `--expose-gc`. */
  settled: { in: null; out: Usage };
  /** Starts to watch for how long the event loop is held. */
  watchLoop: { in: null; out: null };
  /** The longest time it was held since, milliseconds. */
  loopHeld: { in: null; out: number };
  counts: { in: null; out: Counts };
  stop: { in: null; out: null };
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { cpu: user + system, rss, heap: heapUsed, external };
}

async function settled(): Promise<Usage> {
  for (let n = 0; n < 4; n++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return usage();
}

/** Serves the questions; `stop` runs once, when asked for or when the bench is gone. */
export function answerAsServer(
  start: () => Promise<Target>,
  stop: () => Promise<void>,
  counts: () => Counts = () => NOTHING_COUNTED,
): void {
  const started = start();
  started.catch(() => {});
  let loop: ReturnType<typeof monitorEventLoopDelay> | null = null;
  let stopping: Promise<void> | null = null;
  const stopOnce = (): Promise<void> => {
    stopping ??= started.then(stop, () => {});
    return stopping;
  };
  answerQuestions<ServerQuestions>(
    {
      target: () => started,
      usage,
      settled,
      watchLoop: () => {
        loop?.disable();
        loop = monitorEventLoopDelay({ resolution: 1 });
        loop.enable();
        return null;
      },
      // The watch itself sleeps a millisecond between two looks.
      loopHeld: () => Math.max(0, (loop?.max ?? 0) / 1e6 - 1),
      counts,
      stop: () => stopOnce().then(() => null),
    },
    stopOnce,
  );
}
