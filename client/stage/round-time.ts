/** Why this file exists: one clock for the whole round: the groups' own extra minutes are shown at the groups. */
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { type GroupTime, groupTime } from '../workshop/group/group-time.ts';

/** The round's clock at `now`, as of a group without extra time that is as far as the most active of the groups. */
export function roundTime(round: Round, now: number): GroupTime {
  const has = (state: Group['state']): boolean => round.groups.some((group) => group.state === state);
  const state = has('open') ? 'open' : has('ending') ? 'ending' : has('planned') ? 'planned' : 'closed';
  const first = round.groups[0];
  return first ? groupTime(round, { ...first, extraMs: 0, state }, now) : { kind: 'planned' };
}
