/**
 * Why this file exists: a hundred guests come within ten seconds, and everybody who looks at the meeting asks for it again
 * at each notice. So notices of a meeting are told at once and then at most once a second.
 */
import type { Id } from '#shared/ids.ts';

const PAUSE_MS = 1_000;

/** Calls `tell` for a meeting now, or when the pause after the last time is over; never loses the last one. */
export function createNotices(tell: (meetingId: Id) => void, pauseMs = PAUSE_MS): (meetingId: Id) => void {
  /** Meetings in their pause; whether something came meanwhile. */
  const pausing = new Map<Id, boolean>();
  const pause = (meetingId: Id): void => {
    pausing.set(meetingId, false);
    const timer = setTimeout(() => {
      const again = pausing.get(meetingId) === true;
      pausing.delete(meetingId);
      if (again) now(meetingId);
    }, pauseMs);
    timer.unref();
  };
  const now = (meetingId: Id): void => {
    pause(meetingId);
    tell(meetingId);
  };
  return (meetingId) => {
    if (pausing.has(meetingId)) pausing.set(meetingId, true);
    else now(meetingId);
  };
}
