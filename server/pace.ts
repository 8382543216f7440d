/**
 * Why this file exists: what one person does makes the pages of a whole hall ask again. A few times in a row is somebody
 * who changes their mind; after that it goes at a walking pace.
 */
import type { Id } from '#shared/ids.ts';
import { Refusal } from './refusal.ts';

/** So many at once, then one each so many milliseconds. */
export interface PaceRule {
  atOnce: number;
  everyMs: number;
}

/** So that a flood of people cannot fill the memory. */
const MOST_PEOPLE = 10_000;

/** Takes one step as somebody; refuses with `too-many-attempts` and the seconds to wait. A refused step costs nothing. */
export type Pace = (personId: Id) => void;

/** A pace that lives in memory: it starts afresh with the server. */
export function createPace({ atOnce, everyMs }: PaceRule, now: () => number = () => performance.now()): Pace {
  /** Until when each person has used up what they had; a moment in the past is nothing used. */
  const usedUntil = new Map<Id, number>();
  return (personId) => {
    const used = Math.max(now(), usedUntil.get(personId) ?? 0) + everyMs;
    const over = used - now() - atOnce * everyMs;
    if (over > 0)
      throw new Refusal('too-many-attempts', 'Not so often; wait and try again.', {
        retryAfter: Math.ceil(over / 1000),
      });
    // Set anew, so that who stepped last goes last.
    usedUntil.delete(personId);
    usedUntil.set(personId, used);
    for (const oldest of usedUntil.keys()) {
      if (usedUntil.size <= MOST_PEOPLE) break;
      usedUntil.delete(oldest);
    }
  };
}
