/**
 * Why this file exists: the demo's meeting has a past. While it is written the server's clock stands where the story is;
 * afterwards it is the machine's.
 */
import type { Clock } from '../relay/ports.ts';

export interface DemoClock {
  clock: Clock;
  /** Stands still at `at`, milliseconds since 1970. */
  set(at: number): void;
  /** From here on the machine's time. */
  release(): void;
}

export function createDemoClock(): DemoClock {
  let fixed: number | null = null;
  return {
    clock: () => fixed ?? Date.now(),
    set: (at) => {
      fixed = at;
    },
    release: () => {
      fixed = null;
    },
  };
}
