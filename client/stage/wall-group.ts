/** Why this file exists: what the pages that lead a workshop know of a group: itself, its round, its people, its hand. */
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { joinsGroups } from '../workshop/setup/plan.ts';
import type { Pulse } from './wall/pulse.ts';

export interface GroupPerson {
  id: Id;
  name: string;
  first: string;
  /** Has something to connect with: who has neither an account nor a guest's place is on paper. */
  expected: boolean;
}

export interface WallGroup {
  group: Group;
  round: Round;
  /** Its place in the round, from 1: what it is called and which key enlarges it. */
  number: number;
  people: readonly GroupPerson[];
  hand: WorkshopView['hands'][number] | null;
  /** Has another end than the round. */
  ownTime: boolean;
}

type Participant = Meeting['participants'][number];

/** The round's groups in order. */
export function wallGroups(
  workshop: Pick<WorkshopView, 'hands'>,
  round: Round,
  participants: readonly Participant[],
): WallGroup[] {
  const known = new Map(participants.map((person) => [person.personId, person]));
  return round.groups.map((group, index) => ({
    group,
    round,
    number: index + 1,
    people: group.members.flatMap((id) => {
      const person = known.get(id);
      return person ? [groupPerson(person)] : [];
    }),
    hand: workshop.hands.find(({ groupId }) => groupId === group.id) ?? null,
    ownTime: group.extraMs !== 0,
  }));
}

function groupPerson(person: Participant): GroupPerson {
  return {
    id: person.personId,
    name: person.name,
    first: person.name.split(' ')[0] ?? person.name,
    expected: person.hasAccount || person.roles.includes('guest'),
  };
}

/** Those who are to write in groups and are in none: not who leads, nor who is known to be away. */
export function withoutGroup(round: Round, participants: readonly Participant[]): Participant[] {
  const placed = new Set(round.groups.flatMap(({ members }) => members));
  return participants.filter(
    (one) => !placed.has(one.personId) && one.absence === '' && joinsGroups(one) && !one.roles.includes('facilitator'),
  );
}

/** Members who should be in the group's room and are not: they have something to connect with, or were there before. */
export function missingFrom({ people }: WallGroup, pulse: Pick<Pulse, 'present' | 'seen'>): GroupPerson[] {
  return people.filter(({ id, expected }) => (expected || pulse.seen.has(id)) && !pulse.present.has(id));
}

/** The group with the fewest people; the first of them. */
export function smallestGroup(round: Round): Group | null {
  return round.groups.reduce<Group | null>(
    (least, group) => (least === null || group.members.length < least.members.length ? group : least),
    null,
  );
}
