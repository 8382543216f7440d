/**
 * Why this file exists: the facilitator sees, for each group, how many come from each organisation and of each category,
 * before anything takes effect.
 */
import type { Id } from '../ids.ts';

export interface GroupBalance {
  groupId: Id;
  size: number;
  /** Number of members by organisation id; the empty string is those without one. All organisations of the people. */
  organisations: ReadonlyMap<Id, number>;
  /** Number of members by category; all categories of the people. */
  categories: ReadonlyMap<string, number>;
}

type Placed = readonly { id: Id; members: readonly Id[] }[];
type Person = { id: Id; organisationId: Id | null; category: string };

/** How each group is made up. Members who are not among the people count in its size only. */
export function balanceOf(people: readonly Person[], groups: Placed): GroupBalance[] {
  const known = new Map(people.map((person) => [person.id, person]));
  const organisations = new Set(people.map(({ organisationId }) => organisationId ?? ''));
  const categories = new Set(people.map(({ category }) => category));
  return groups.map(({ id, members }) => {
    const inGroup = members.flatMap((member) => known.get(member) ?? []);
    const count = (by: (person: Person) => string, of: Set<string>) =>
      new Map([...of].map((one) => [one, inGroup.filter((person) => by(person) === one).length]));
    return {
      groupId: id,
      size: members.length,
      organisations: count(({ organisationId }) => organisationId ?? '', organisations),
      categories: count(({ category }) => category, categories),
    };
  });
}

/** By how much the groups differ in one count: the largest less the smallest. */
export function unevenness(counts: readonly number[]): number {
  return counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);
}
