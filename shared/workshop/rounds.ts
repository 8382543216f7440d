/**
 * Why this file exists: a workshop is held in one or more rounds, each with groups of its own. Rounds are added, changed
 * and taken away as whole decisions of the facilitator; the workshop is never without one.
 */
import type { Id } from '../ids.ts';
import { type GroupDraft, makeGroups, stageOf } from './groups.ts';
import { newRound } from './making.ts';
import { WorkshopProblem } from './problem.ts';
import type { Round, Workshop } from './workshop.ts';

/** More than anybody holds in a day. */
export const MOST_ROUNDS = 20;

export interface RoundDraft {
  title: string;
  minutes: number;
  groups: readonly GroupDraft[];
}

/** The round of this id; throws when there is none. */
export function roundOf(workshop: Pick<Workshop, 'rounds'>, roundId: Id): Round {
  const round = workshop.rounds.find(({ id }) => id === roundId);
  if (!round) throw new WorkshopProblem('roundId', 'missing');
  return round;
}

/** The workshop with one round in the place of the one with the same id. */
export function withRound(workshop: Workshop, round: Round): Workshop {
  return { ...workshop, rounds: workshop.rounds.map((one) => (one.id === round.id ? round : one)) };
}

/** With one more round, planned, last. `fresh` are the ids its groups are given. */
export function addRound(workshop: Workshop, roundId: Id, draft: RoundDraft, fresh: ReadonlySet<Id>): Workshop {
  if (workshop.rounds.length >= MOST_ROUNDS) throw new WorkshopProblem('rounds', 'many');
  const round = { ...newRound(draft.title, draft.minutes), id: roundId };
  const groups = makeGroups(round, draft.groups, fresh);
  return { ...workshop, rounds: [...workshop.rounds, { ...round, groups }] };
}

/** With another title, time or other groups in a round; what is left out stays. */
export function changeRound(
  workshop: Workshop,
  roundId: Id,
  draft: { [K in keyof RoundDraft]?: RoundDraft[K] | undefined },
  fresh: ReadonlySet<Id>,
): Workshop {
  const round = roundOf(workshop, roundId);
  return withRound(workshop, {
    ...round,
    title: draft.title ?? round.title,
    minutes: draft.minutes ?? round.minutes,
    groups: draft.groups ? makeGroups(round, draft.groups, fresh) : round.groups,
  });
}

/** Ids of the round's groups that `drafts` leave out. */
export function droppedGroups(round: Round, drafts: readonly GroupDraft[]): Id[] {
  const kept = new Set(drafts.map(({ id }) => id));
  return round.groups.map(({ id }) => id).filter((id) => !kept.has(id));
}

/** Without a round; never the last one, nor one that goes on. Who looked at it is shown the one before. */
export function removeRound(workshop: Workshop, roundId: Id): Workshop {
  const stage = stageOf(roundOf(workshop, roundId));
  if (stage === 'running' || stage === 'paused') throw new WorkshopProblem('roundId', 'running');
  const at = workshop.rounds.findIndex(({ id }) => id === roundId);
  const rounds = workshop.rounds.filter(({ id }) => id !== roundId);
  const other = rounds[Math.max(0, at - 1)];
  if (!other) throw new WorkshopProblem('roundId', 'last');
  const currentRoundId = workshop.currentRoundId === roundId ? other.id : workshop.currentRoundId;
  return { ...workshop, rounds, currentRoundId };
}

/** With this round as the one that people are shown. */
export function makeCurrent(workshop: Workshop, roundId: Id): Workshop {
  const { id } = roundOf(workshop, roundId);
  return id === workshop.currentRoundId ? workshop : { ...workshop, currentRoundId: id };
}
