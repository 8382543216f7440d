/**
 * Why this file exists: who goes to which group. A pure function of people, groups, method, wishes and a seed, so that
 * the preview a facilitator sees is exactly what takes effect, and so that its promises can be tested: everybody is
 * placed once, groups differ by at most one, and a wish that cannot be kept is named.
 */
import type { Id } from '../ids.ts';
import { Search } from './assignment-search.ts';
import { classCount, spreadEvenly } from './equal-split.ts';
import { type Draw, seeded } from './seeded.ts';
import { type Pair, type PairProblem, sortPairs } from './wished-pairs.ts';

/**
 * random: by lot · even: as few as possible change groups · mix-…: each organisation, category, or both, is spread as
 * evenly as can be · same-as-last-round: the group with the same number as last time · by-table-number: as they sit.
 */
export const ASSIGNMENT_METHODS = [
  'mix-organisations',
  'mix-categories',
  'mix-both',
  'random',
  'even',
  'by-table-number',
  'same-as-last-round',
] as const;
export type AssignmentMethod = (typeof ASSIGNMENT_METHODS)[number];

export interface Assignable {
  id: Id;
  /** `null` counts as an organisation of its own. */
  organisationId: Id | null;
  category: string;
  /** Where they sit, for `by-table-number`. */
  table?: string;
}

export interface AssignmentInput {
  /** Each person once. Their order is the order they are listed in, and the order they sit in when nobody has a table. */
  people: readonly Assignable[];
  /** At least one. Members who are not among the people are left out. */
  groups: readonly { id: Id; members: readonly Id[] }[];
  method: AssignmentMethod;
  seed: number;
  /** Pairs with somebody who is not among the people are passed over. */
  apart?: readonly Pair[];
  together?: readonly Pair[];
  /** Those who stay in the group they are in now. */
  kept?: ReadonlySet<Id>;
  /** The groups of the round before, in order: whom to follow, and, when mixing, whom to meet somebody new. */
  previous?: readonly { members: readonly Id[] }[];
}

/**
 * A wish that could not be kept. `sizes`: the groups differ by more than one, because of people who stay, because of
 * those who go together, or because the method follows something else.
 */
export type AssignmentProblem =
  | PairProblem
  | { kind: 'sizes'; smallest: number; largest: number; reason: 'kept' | 'together' | 'method' };

export interface Assignment {
  /** In the order of the input; members in the order of the people. */
  groups: { id: Id; members: Id[] }[];
  problems: AssignmentProblem[];
}

/** Numbers for the values of a list, beginning at 0, in the order they are first seen. */
function classesOf(values: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(values, (value) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
}

function whereabouts(groups: readonly { members: readonly Id[] }[], index: ReadonlyMap<Id, number>): Int32Array {
  const place = new Int32Array(index.size).fill(-1);
  for (const [group, { members }] of groups.entries())
    for (const id of members) {
      const person = index.get(id);
      if (person !== undefined) place[person] = group;
    }
  return place;
}

/** Tables that are numbered like the groups are those groups; others are taken in order, and begin again after the last. */
function byTable(people: readonly Assignable[], groups: number): Int32Array {
  const tables = [...new Set(people.map(({ table }) => table?.trim() ?? '').filter((table) => table !== ''))];
  if (tables.length === 0) return Int32Array.from(people, (_, person) => Math.floor((person * groups) / people.length));
  tables.sort((a, b) => a.localeCompare(b, 'sv', { numeric: true }));
  const numbered = tables.every((table) => /^\d{1,3}$/.test(table) && Number(table) >= 1 && Number(table) <= groups);
  return Int32Array.from(people, ({ table }) => {
    const at = tables.indexOf(table?.trim() ?? '');
    if (at < 0) return -1;
    return numbered ? Number(tables[at]) - 1 : at % groups;
  });
}

/** Gives everybody without a place (-1) one in the group that has fewest. */
function fill(place: Int32Array, groups: number, order: readonly number[]): Int32Array {
  const sizes = new Int32Array(groups);
  for (const group of place) if (group >= 0) (sizes[group] as number) += 1;
  for (const person of order) {
    if ((place[person] as number) >= 0) continue;
    const smallest = sizes.indexOf(Math.min(...sizes));
    place[person] = smallest;
    sizes[smallest] = (sizes[smallest] as number) + 1;
  }
  return place;
}

/** What is to be spread, by method: two lists of classes, all the same where nothing is. */
function spreadOf(method: AssignmentMethod, people: readonly Assignable[]): [Int32Array, Int32Array] {
  const nothing = new Int32Array(people.length);
  const organisations = classesOf(people.map(({ organisationId }) => organisationId ?? ''));
  const categories = classesOf(people.map(({ category }) => category));
  if (method === 'mix-organisations') return [organisations, nothing];
  if (method === 'mix-categories') return [nothing, categories];
  return method === 'mix-both' ? [organisations, categories] : [nothing, nothing];
}

function wishedPlaces(input: AssignmentInput, now: Int32Array, index: ReadonlyMap<Id, number>): Int32Array {
  if (input.method === 'even') return now;
  if (input.method === 'by-table-number') return byTable(input.people, input.groups.length);
  const wished = new Int32Array(input.people.length).fill(-1);
  if (input.method !== 'same-as-last-round') return wished;
  return whereabouts(input.previous ?? [], index).map((group) => (group < input.groups.length ? group : -1));
}

/** Where the search begins: by lot and then mixed, or the places that the method says. */
function beginning(input: AssignmentInput, wished: Int32Array, draw: Draw): Int32Array {
  const groups = input.groups.length;
  const order = draw.shuffled([...input.people.keys()]);
  const place = fill(Int32Array.from(wished), groups, order);
  if (wished.every((group) => group < 0)) {
    const [first, second] = spreadOf(input.method, input.people);
    spreadEvenly({ place, groups, first, second });
  }
  return place;
}

/** Places everybody. Throws RangeError when there is no group. */
export function assign(input: AssignmentInput): Assignment {
  const { people, groups, method } = input;
  if (groups.length === 0) throw new RangeError('there is no group to place anybody in');
  const draw = seeded(input.seed);
  const index = new Map(people.map(({ id }, person) => [id, person]));
  const now = whereabouts(groups, index);
  const kept = Int32Array.from(people, ({ id }, person) => (input.kept?.has(id) ? (now[person] as number) : -1));
  const pairs = sortPairs(people, kept, input.apart ?? [], input.together ?? []);
  const wished = wishedPlaces(input, now, index);
  const place = beginning(input, wished, draw);
  pairs.put(place);
  // Methods that follow something are followed before the groups are made equal; pairs go before both.
  const follows = method === 'by-table-number' || method === 'same-as-last-round';
  const before = method.startsWith('mix') ? whereabouts(input.previous ?? [], index) : now.map(() => -1);
  const met = before.map((group) => group + 1);
  const [first, second] = spreadOf(method, people);
  new Search(
    {
      groups: groups.length,
      preferred: wished,
      fixed: pairs.fixed,
      apart: pairs.apart,
      blocks: pairs.blocks,
      spreads: [
        { classes: first, count: classCount(first), weight: 1e4 },
        { classes: second, count: classCount(second), weight: 1e4 },
        { classes: met, count: classCount(met), weight: 1 },
      ].filter(({ count }) => count > 1),
      weights: follows ? { size: 1, apart: 1e12, preferred: 1e6 } : { size: 1e12, apart: 1e9, preferred: 1 },
    },
    place,
  ).run(draw);
  const placed = groups.map(({ id }, group) => ({
    id,
    members: people.filter((_, person) => place[person] === group).map((person) => person.id),
  }));
  const sizes = placed.map(({ members }) => members.length);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const problems: AssignmentProblem[] = pairs.problems(place, groups.length);
  if (largest - smallest > 1)
    problems.push({
      kind: 'sizes',
      smallest,
      largest,
      reason: follows ? 'method' : pairs.unevenBecause(groups.length),
    });
  return { groups: placed, problems };
}
