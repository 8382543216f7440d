/**
 * Why this file exists: the demo's meeting has a past. While it is written the server's clock stands where the story is;
 * afterwards it is the machine's, ahead of it in the small hours: a retreat that began today has to have begun hours ago.
 */
import type { Clock } from '../relay/ports.ts';

export interface DemoClock {
  clock: Clock;
  /** Stands still at `at`, milliseconds since 1970. */
  set(at: number): void;
  /** The time it is when nothing is played. */
  now(): number;
  /** From here on it runs with the machine's. */
  release(): void;
}

/** `ahead`: so many milliseconds later than the machine's; see {@link untilInFullSwing}. */
export function createDemoClock(ahead = 0): DemoClock {
  const now = (): number => Date.now() + ahead;
  let fixed: number | null = null;
  return {
    clock: () => fixed ?? now(),
    now,
    set: (at) => {
      fixed = at;
    },
    release: () => {
      fixed = null;
    },
  };
}
