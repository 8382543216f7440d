/**
 * Why this file exists: some work is so heavy that a few at once are all there is room for. Others wait in line, so many of
 * each person and so many in all; whoever comes then is told when to come again, and nobody waits behind one who asked
 * for everything.
 */
import type { Id } from '#shared/ids.ts';
import { Refusal } from '../refusal.ts';

export interface TurnLimits {
  /** Done at the same time; each may hold a core. */
  atOnce?: number;
  /** Waiting in all. */
  mostWaiting?: number;
  /** Of one person, being done or waiting. */
  mostOfOne?: number;
}

/** Seconds after which somebody has had their turn. */
const AGAIN_S = 10;

export interface Turns {
  /**
   * Does `work` when its turn has come. `by` is who asked, `null` the house itself, which is refused only when the whole
   * line is full. Refuses with `too-many-attempts`.
   */
  take<T>(by: Id | null, work: () => Promise<T>): Promise<T>;
}

/** A line of its own. Persons take turns: of those who wait, the next is one of whom least is being done. */
export function createTurns({ atOnce = 2, mostWaiting = 20, mostOfOne = 6 }: TurnLimits = {}): Turns {
  const waiting: { by: Id | null; go: () => void }[] = [];
  const running: (Id | null)[] = [];
  const doneOf = (by: Id | null): number => running.filter((one) => one === by).length;

  function next(): void {
    while (running.length < atOnce) {
      const least = Math.min(...waiting.map(({ by }) => doneOf(by)));
      const n = waiting.findIndex(({ by }) => doneOf(by) === least);
      const [one] = n < 0 ? [] : waiting.splice(n, 1);
      if (!one) return;
      running.push(one.by);
      one.go();
    }
  }

  return {
    async take(by, work) {
      const mine = doneOf(by) + waiting.filter((one) => one.by === by).length;
      if ((by !== null && mine >= mostOfOne) || (running.length >= atOnce && waiting.length >= mostWaiting))
        throw new Refusal('too-many-attempts', 'Too many files are being made.', { retryAfter: AGAIN_S });
      await new Promise<void>((go) => {
        waiting.push({ by, go });
        next();
      });
      try {
        return await work();
      } finally {
        running.splice(running.indexOf(by), 1);
        next();
      }
    },
  };
}
