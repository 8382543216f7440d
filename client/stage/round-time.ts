/** Why this file exists: the big clock shows the round: the time of those groups that have no time of their own. */
import { GRACE_MS } from '#shared/workshop/clock.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { type GroupTime, groupTime } from '../workshop/group/group-time.ts';

export type RoundTime = GroupTime & {
  /** How many groups end at another time than the others. */
  apart: number;
  /** When the last group closes by itself; `null` when none is finishing. */
  closesAt: number | null;
};

/** The round's clock at `now`. */
export function roundTime(round: Round, now: number): RoundTime {
  const apart = round.groups.filter(({ extraMs }) => extraMs !== 0).length;
  const shown = round.groups.find(({ extraMs }) => extraMs === 0) ?? round.groups[0];
  if (!shown || round.startedAt === null) return { kind: 'planned', apart: 0, closesAt: null };
  if (round.closedAt !== null) return { kind: 'closed', apart: 0, closesAt: null };
  const time = groupTime(round, shown, now);
  const closesAt = time.kind === 'ending' && round.endsAt !== null ? round.endsAt + GRACE_MS : null;
  return { ...time, apart, closesAt };
}
