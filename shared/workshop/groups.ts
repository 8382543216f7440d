/**
 * Why this file exists: a round's groups as the facilitator decided them in one go: renamed, re-staffed, added, taken
 * away. What a group has of its own (its id, its state, its extra time) follows it.
 */
import { type Id, newId } from '../ids.ts';
import { WorkshopProblem } from './problem.ts';
import type { Group, GroupState, Round } from './workshop.ts';

/** A group as the facilitator made it; what is left out stays as it is, or is empty in a new group. */
export interface GroupDraft {
  /** Without one it is a new group. */
  id?: Id | undefined;
  name: string;
  topic?: string | undefined;
  place?: string | undefined;
  colour?: number | undefined;
  members?: readonly Id[] | undefined;
}

const COLOURS = 12;

/** How far a round has come. */
export type RoundStage = 'planned' | 'running' | 'paused' | 'closed';

export function stageOf(round: Pick<Round, 'startedAt' | 'closedAt' | 'pausedMs'>): RoundStage {
  if (round.startedAt === null) return 'planned';
  if (round.closedAt !== null) return 'closed';
  return round.pausedMs === null ? 'running' : 'paused';
}

/** What a group is that is added to the round now. */
function stateOfNew(round: Round): GroupState {
  const stage = stageOf(round);
  if (stage === 'planned' || stage === 'closed') return stage;
  return 'open';
}

/**
 * The groups of `round` as `drafts` say. `fresh` are ids that may be new although they are given. Throws for an id the
 * round does not have, and when somebody is in two groups.
 */
export function makeGroups(round: Round, drafts: readonly GroupDraft[], fresh: ReadonlySet<Id> = new Set()): Group[] {
  const known = new Map(round.groups.map((group) => [group.id, group]));
  const ids = new Set<Id>();
  const people = new Set<Id>();
  const colours = dealColours(
    drafts.map(({ id, colour }) => colour ?? (id === undefined ? undefined : known.get(id)?.colour)),
  );
  return drafts.map((draft, i) => {
    const old = draft.id === undefined ? undefined : known.get(draft.id);
    if (draft.id !== undefined) {
      if (!old && !fresh.has(draft.id)) throw new WorkshopProblem('groups', 'missing');
      if (ids.has(draft.id)) throw new WorkshopProblem('groups', 'twice');
      ids.add(draft.id);
    }
    const members = [...(draft.members ?? old?.members ?? [])];
    for (const personId of members) {
      if (people.has(personId)) throw new WorkshopProblem('members', 'twice');
      people.add(personId);
    }
    return {
      id: draft.id ?? newId(),
      name: draft.name,
      topic: draft.topic ?? old?.topic ?? '',
      place: draft.place ?? old?.place ?? '',
      colour: colours[i] ?? 0,
      state: old?.state ?? stateOfNew(round),
      extraMs: old?.extraMs ?? 0,
      members,
    };
  });
}

/** A colour for each group: its own, or the next that no group has; from the beginning again when all are taken. */
function dealColours(wanted: readonly (number | undefined)[]): number[] {
  const taken = new Map<number, number>();
  for (const colour of wanted) if (colour !== undefined) taken.set(colour, (taken.get(colour) ?? 0) + 1);
  return wanted.map((colour) => {
    if (colour !== undefined) return colour;
    let best = 0;
    for (let i = 1; i < COLOURS; i++) if ((taken.get(i) ?? 0) < (taken.get(best) ?? 0)) best = i;
    taken.set(best, (taken.get(best) ?? 0) + 1);
    return best;
  });
}
