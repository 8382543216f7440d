/**
 * Why this file exists: one person goes into a group, out of it or to another; by an officer, by themselves, or by rule
 * when they come late. Nobody is ever in two groups of a round.
 */
import type { Id } from '../ids.ts';
import { stageOf } from './groups.ts';
import { WorkshopProblem } from './problem.ts';
import { roundOf, withRound } from './rounds.ts';
import { currentRound, type Group, groupOf, type Round, type Workshop } from './workshop.ts';

/** With the person in this group of the round, last, and in no other; `null` takes them out. */
export function place(workshop: Workshop, roundId: Id, personId: Id, groupId: Id | null): Workshop {
  const round = roundOf(workshop, roundId);
  if (groupId !== null && !round.groups.some(({ id }) => id === groupId))
    throw new WorkshopProblem('groupId', 'missing');
  if ((groupOf(round, personId)?.id ?? null) === groupId) return workshop;
  const groups = round.groups.map((group): Group => {
    if (group.id === groupId) return { ...group, members: [...group.members, personId] };
    return group.members.includes(personId)
      ? { ...group, members: group.members.filter((id) => id !== personId) }
      : group;
  });
  return withRound(workshop, { ...round, groups });
}

/**
 * As {@link place}, by the person: where participants may choose, while the round is not closed and the group is not full.
 * `here` tells who still takes part in the meeting; the others take no place.
 */
export function placeOneself(
  workshop: Workshop,
  roundId: Id,
  personId: Id,
  groupId: Id | null,
  here: (personId: Id) => boolean,
): Workshop {
  const round = roundOf(workshop, roundId);
  if (stageOf(round) === 'closed') throw new WorkshopProblem('groupId', 'clock');
  const others = round.groups.find(({ id }) => id === groupId)?.members.filter((id) => id !== personId && here(id));
  if (others && others.length >= workshop.selfSelectCap) throw new WorkshopProblem('groupId', 'full');
  return place(workshop, roundId, personId, groupId);
}

/**
 * With somebody who has just come in the smallest group of the round that people are shown, if that is the rule and people
 * have been placed already; else the same workshop.
 */
export function placeLatecomer(workshop: Workshop, personId: Id, here: (personId: Id) => boolean): Workshop {
  const round = currentRound(workshop);
  if (workshop.latecomers !== 'smallest' || stageOf(round) === 'closed') return workshop;
  if (groupOf(round, personId) || round.groups.every(({ members }) => members.length === 0)) return workshop;
  const group = smallestGroup(round, here);
  return group ? place(workshop, round.id, personId, group.id) : workshop;
}

/** The group with the fewest members; the first of several. Closed groups take nobody. */
export function smallestGroup(round: Round, here: (personId: Id) => boolean): Group | null {
  const size = (group: Group): number => group.members.filter(here).length;
  return round.groups
    .filter(({ state }) => state !== 'closed')
    .reduce<Group | null>((best, group) => (best === null || size(group) < size(best) ? group : best), null);
}
