/**
 * Why this file exists: whoever asks for the floor and takes it back a hundred times a second would keep the whole hall
 * asking again. People press a few times in a row; what comes faster for longer is refused for a moment.
 */
import type { Id } from '#shared/ids.ts';
import { Refusal } from '../refusal.ts';

/** So many at once, and one more each time this has passed, milliseconds. */
const AT_ONCE = 40;
const ONE_MORE_MS = 250;
/** So that many people cannot fill the memory; whoever is forgotten begins anew. */
const MOST_PEOPLE = 5_000;

export interface FloorRate {
  /** Counts one change by somebody; refuses with `too-many-attempts` and the seconds to wait. */
  count(personId: Id): void;
}

/** Lives in memory: it starts afresh with the server. `now` is milliseconds from anywhere. */
export function createFloorRate(now: () => number = () => performance.now()): FloorRate {
  /** When somebody would have all of them again. */
  const fullAt = new Map<Id, number>();
  return {
    count(personId) {
      const at = now();
      const full = Math.max(at, fullAt.get(personId) ?? at) + ONE_MORE_MS;
      const over = full - at - AT_ONCE * ONE_MORE_MS;
      if (over > 0)
        throw new Refusal('too-many-attempts', 'Too many changes of the list of speakers; wait a little.', {
          retryAfter: Math.ceil(over / 1000),
        });
      // Set anew, so that the map's order is by last change and the oldest can go first.
      fullAt.delete(personId);
      fullAt.set(personId, full);
      for (const oldest of fullAt.keys()) {
        if (fullAt.size <= MOST_PEOPLE) break;
        fullAt.delete(oldest);
      }
    },
  };
}
