/**
 * Why this file exists: who looks at a protocol sees it as it is now, and everybody else writes on undisturbed. When
 * something is written in a meeting whose protocol was looked at lately, those in its agenda are told to ask again:
 * at most once in a while, and the last change is never left untold.
 */
import type { Id } from '#shared/ids.ts';
import { parseRoom } from '#shared/rooms.ts';

/** At most this often, milliseconds. */
const EVERY_MS = 1_500;
/** So long after somebody asked for a protocol changes are told; a page that stays asks again before. Milliseconds. */
export const LOOKED_MS = 10 * 60_000;

export interface MinutesWatch {
  /** Somebody asked for the meeting's protocol. */
  looked(meetingId: Id): void;
  /** Something was written in a room; every room of the house. */
  written(room: string): void;
  /** Tells nobody anything any more. */
  stop(): void;
}

/** `tell` is called with the meeting whose protocol says something else now. `everyMs` for tests. */
export function createMinutesWatch(
  tell: (meetingId: Id) => void,
  { everyMs = EVERY_MS, now = () => performance.now() }: { everyMs?: number; now?: () => number } = {},
): MinutesWatch {
  const until = new Map<Id, number>();
  const timers = new Map<Id, NodeJS.Timeout>();
  return {
    looked: (meetingId) => void until.set(meetingId, now() + LOOKED_MS),
    written(room) {
      // Most meetings' protocols nobody looks at: this is asked with every commit.
      if (until.size === 0) return;
      const parsed = parseRoom(room);
      if (!parsed || parsed.kind === 'group' || parsed.kind === 'harvest') return;
      const { meetingId } = parsed;
      const end = until.get(meetingId);
      if (end === undefined || timers.has(meetingId)) return;
      if (end < now()) {
        until.delete(meetingId);
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(meetingId);
        tell(meetingId);
      }, everyMs);
      timer.unref();
      timers.set(meetingId, timer);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      until.clear();
    },
  };
}
