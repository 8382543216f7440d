/** Why this file exists: what a group's clock says, from what is stored and what time it is on the server. */
import { LAST_MINUTE_MS } from '#shared/workshop/clock.ts';
import { type Group, groupEndsAt, type Round } from '#shared/workshop/workshop.ts';

/**
 * planned: nothing to count yet · free: open without an end · running · last-minute · paused · ending: finish the sentence
 * · closed.
 */
export type GroupTime =
  | { kind: 'planned' | 'free' | 'ending' | 'closed' }
  /** `left` in milliseconds, never negative; `part` is how much of the time is gone, 0–1. */
  | { kind: 'running' | 'last-minute'; left: number; endsAt: number; part: number }
  | { kind: 'paused'; left: number };

/** The group's clock at `now`. A group whose time is up is ending, also before the server has said so. */
export function groupTime(round: Round, group: Group, now: number): GroupTime {
  if (group.state === 'planned' || group.state === 'ending' || group.state === 'closed') return { kind: group.state };
  if (round.pausedMs !== null) return { kind: 'paused', left: Math.max(0, round.pausedMs + group.extraMs) };
  const endsAt = groupEndsAt(round, group);
  if (endsAt === null) return { kind: 'free' };
  const left = endsAt - now;
  if (left <= 0) return { kind: 'ending' };
  const whole = Math.max(left, endsAt - (round.startedAt ?? now));
  return { kind: left <= LAST_MINUTE_MS ? 'last-minute' : 'running', left, endsAt, part: 1 - left / whole };
}

/** Whole minutes and seconds of what is left, rounded up: it says 0:00 only when nothing is left. */
export function minutesAndSeconds(left: number): { minutes: number; seconds: number } {
  const seconds = Math.ceil(left / 1000);
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
}

/** As a clock shows it: "18:10". */
export function clockFace(left: number): string {
  const { minutes, seconds } = minutesAndSeconds(left);
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}
