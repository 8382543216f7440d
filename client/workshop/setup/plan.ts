/**
 * Why this file exists: groups as they are laid out before they take effect. Plain values and functions, so that what a
 * preview shows, what moves by hand in it and what is sent to the server are the same thing.
 */
import type { z } from 'zod';
import type { Participant } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { Role } from '#shared/policy.ts';
import type { groupInput } from '#shared/workshop/api.ts';
import {
  type AssignmentInput,
  type AssignmentMethod,
  type AssignmentProblem,
  assign,
} from '#shared/workshop/assignment.ts';
import type { Group, Round } from '#shared/workshop/workshop.ts';

/** A group of the plan. `id` is a name for it here; `isNew` when the server does not know it yet. */
export interface PlannedGroup {
  id: Id;
  isNew: boolean;
  name: string;
  topic: string;
  place: string;
  colour: number;
  members: readonly Id[];
}

export interface Plan {
  /** What the groups were when the plan was made: {@link fingerprint}. */
  base: string;
  groups: readonly PlannedGroup[];
  method: AssignmentMethod;
  problems: readonly AssignmentProblem[];
}

/** The round's groups as a plan of what is. */
export function groupsOf(round: Round): PlannedGroup[] {
  return round.groups.map(({ id, name, topic, place, colour, members }) => ({
    id,
    isNew: false,
    name,
    topic,
    place,
    colour,
    members,
  }));
}

/** Changes whenever somebody has changed the groups or who is in them; not with the clock. */
export function fingerprint(round: Round): string {
  return JSON.stringify(groupsOf(round));
}

/** As many groups as asked for: new ones at the end, or without the last ones, whose members are left without a group. */
export function withCount(
  groups: readonly PlannedGroup[],
  count: number,
  nameOf: (number: number) => string,
): PlannedGroup[] {
  const kept = groups.slice(0, count);
  const colours = new Set(kept.map(({ colour }) => colour));
  while (kept.length < count) {
    const free = Array.from({ length: 12 }, (_, colour) => colour).find((colour) => !colours.has(colour));
    const colour = free ?? kept.length % 12;
    colours.add(colour);
    kept.push({ id: newId(), isNew: true, name: nameOf(kept.length + 1), topic: '', place: '', colour, members: [] });
  }
  return kept;
}

/** One person moved; `null` leaves them without a group. */
export function withPerson(groups: readonly PlannedGroup[], personId: Id, groupId: Id | null): PlannedGroup[] {
  return groups.map((group) => {
    const members = group.members.filter((id) => id !== personId);
    if (group.id === groupId) return { ...group, members: [...members, personId] };
    return members.length === group.members.length ? group : { ...group, members };
  });
}

/** What the server is sent. */
export function inputOf(groups: readonly PlannedGroup[]): z.input<typeof groupInput>[] {
  return groups.map(({ id, isNew, name, topic, place, colour, members }) => ({
    ...(isNew ? {} : { id }),
    name,
    topic,
    place,
    colour,
    members: [...members],
  }));
}

/** The group with fewest members, the first of several; `null` when there is none. */
export function smallest(groups: readonly PlannedGroup[]): PlannedGroup | null {
  return groups.reduce<PlannedGroup | null>(
    (least, group) => (least === null || group.members.length < least.members.length ? group : least),
    null,
  );
}

/** Where somebody is, or `null`. */
export function whereIs(groups: readonly PlannedGroup[], personId: Id): PlannedGroup | null {
  return groups.find(({ members }) => members.includes(personId)) ?? null;
}

const BESIDE: readonly Role[] = ['facilitator', 'secretary', 'observer', 'screen'];

/**
 * Whether somebody is placed along with the rest: all who take part with their own voice. Who only leads the talk, keeps
 * the notes or watches stands beside, until somebody places them: so does whoever made the meeting.
 */
export function joinsGroups({ roles }: Pick<Participant, 'roles'>): boolean {
  return roles.some((role) => !BESIDE.includes(role));
}

/** The method to begin with: the one that has something to mix. */
export function firstMethod(people: readonly Participant[]): AssignmentMethod {
  const kinds = (of: (person: Participant) => unknown) => new Set(people.map(of)).size;
  if (kinds(({ organisationId }) => organisationId) > 1) return 'mix-organisations';
  return kinds(({ category }) => category) > 1 ? 'mix-categories' : 'random';
}

/** What an assignment needs beyond the plan's own groups. */
export type PlanWishes = Pick<AssignmentInput, 'seed' | 'kept' | 'apart' | 'together' | 'previous'> & {
  method: AssignmentMethod;
  /** Where people sit, by person. */
  tables?: ReadonlyMap<Id, string>;
};

/** Everybody in `people` placed anew in these groups. */
export function planned(
  base: string,
  groups: readonly PlannedGroup[],
  people: readonly Participant[],
  { tables, ...wishes }: PlanWishes,
): Plan {
  const result = assign({
    people: people.map(({ personId, organisationId, category }) => {
      const table = tables?.get(personId);
      return { id: personId, organisationId, category, ...(table ? { table } : {}) };
    }),
    groups: groups.map(({ id, members }) => ({ id, members })),
    ...wishes,
  });
  const members = new Map(result.groups.map((group) => [group.id, group.members]));
  return {
    base,
    method: wishes.method,
    problems: result.problems,
    groups: groups.map((group) => ({ ...group, members: members.get(group.id) ?? [] })),
  };
}

/** The round held before this one, whose groups are met with. */
export function roundBefore(rounds: readonly Round[], roundId: Id): Round | null {
  const at = rounds.findIndex(({ id }) => id === roundId);
  return rounds[at - 1] ?? null;
}

/** Whether nobody is in any group. */
export const nobodyPlaced = (groups: readonly Pick<Group, 'members'>[]): boolean =>
  groups.every(({ members }) => members.length === 0);
