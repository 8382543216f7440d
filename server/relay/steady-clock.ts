/**
 * Why this file exists: the machine's clock is set now and then, by an hour sometimes. Minutes in a record follow it;
 * silences, pauses and the time a room is kept are measured in time that never runs backwards.
 */
import type { Clock } from './ports.ts';

/** A clock for differences alone: it goes with `clock` and stands still where that one is set back. */
export function steadyClock(clock: Clock): Clock {
  let ahead = 0;
  let last = clock();
  return () => {
    const now = clock() + ahead;
    if (now < last) ahead += last - now;
    else last = now;
    return last;
  };
}
