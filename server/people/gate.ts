/**
 * Why this file exists: hashing a password takes tens of megabytes and a whole core. A crowd must queue, not multiply.
 */
import { Refusal } from '../refusal.ts';

export interface Gate {
  /** Runs `work` when there is room; refuses with `too-many-attempts` when the queue is full. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** At most `width` at once and `queue` waiting, first come first served. */
export function createGate(width = 2, queue = 300): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (running >= width) {
        if (waiting.length >= queue)
          throw new Refusal('too-many-attempts', 'Too many people are signing in at once.', { retryAfter: 10 });
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else running += 1;
      try {
        return await work();
      } finally {
        // The place is handed over, never freed in between, so nobody can slip past the queue.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
