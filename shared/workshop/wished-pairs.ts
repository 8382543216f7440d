/**
 * Why this file exists: which people must go together and which apart, worked out before anybody is placed, and
 * afterwards what could not be kept and why, in a form that can be told to the facilitator by name.
 */
import type { Id } from '../ids.ts';

export type Pair = readonly [Id, Id];

/**
 * Why a pair could not be kept. both-kept: they stay where they are, which says otherwise · also-together: other pairs
 * bring them together · one-group: there is only one group · no-room: no placement was found that keeps it along with
 * the rest.
 */
export type PairReason = 'both-kept' | 'also-together' | 'one-group' | 'no-room';
export interface PairProblem {
  kind: 'apart' | 'together';
  pair: Pair;
  reason: PairReason;
}

export interface SortedPairs {
  /** Those who may not be moved: kept, or tied to somebody who is. */
  fixed: Uint8Array;
  apart: number[][];
  /** Those who go together, two or more. */
  blocks: number[][];
  /** Changes a placement so that those who stay do, and those who go together are. */
  put(place: Int32Array): void;
  problems(place: Int32Array, groups: number): PairProblem[];
  /** Why groups cannot be of equal size. */
  unevenBecause(groups: number): 'kept' | 'together';
}

/**
 * Sorts the wishes. `kept` is the group each person stays in, or -1. A pair that contradicts an earlier one, or those
 * who stay, is set aside; `problems` names it.
 */
export function sortPairs(
  people: readonly { id: Id }[],
  kept: Int32Array,
  apart: readonly Pair[],
  together: readonly Pair[],
): SortedPairs {
  const index = new Map(people.map(({ id }, person) => [id, person]));
  const known = ([one, other]: Pair): boolean => one !== other && index.has(one) && index.has(other);
  const at = ([one, other]: Pair): [number, number] => [index.get(one) as number, index.get(other) as number];
  // Each person's block, by reference; blocks are joined by pairs.
  const block = people.map((_, person) => [person]);
  const anchor = (members: readonly number[]): number =>
    kept[members.find((person) => kept[person] !== -1) ?? -1] ?? -1;
  for (const pair of together.filter(known)) {
    const [one, other] = at(pair).map((person) => block[person] as number[]) as [number[], number[]];
    if (one === other) continue;
    const [here, there] = [anchor(one), anchor(other)];
    if (here !== -1 && there !== -1 && here !== there) continue;
    one.push(...other);
    for (const person of other) block[person] = one;
  }
  const blocks = [...new Set(block)].filter((members) => members.length > 1);
  const neighbours: number[][] = people.map(() => []);
  for (const pair of apart.filter(known)) {
    const [one, other] = at(pair);
    if (block[one] === block[other] || neighbours[one]?.includes(other)) continue;
    neighbours[one]?.push(other);
    neighbours[other]?.push(one);
  }
  const fixed = Uint8Array.from(people, (_, person) => (anchor(block[person] as number[]) === -1 ? 0 : 1));

  return {
    fixed,
    apart: neighbours,
    blocks,
    put(place) {
      for (const [person, group] of kept.entries()) if (group !== -1) place[person] = group;
      for (const members of blocks) {
        const held = anchor(members);
        const group = held === -1 ? (place[members[0] as number] as number) : held;
        for (const person of members) place[person] = group;
      }
    },
    problems(place, groups) {
      const found: PairProblem[] = [];
      for (const pair of together.filter(known)) {
        const [one, other] = at(pair);
        if (place[one] !== place[other]) found.push({ kind: 'together', pair, reason: 'both-kept' });
      }
      for (const pair of apart.filter(known)) {
        const [one, other] = at(pair);
        if (place[one] !== place[other]) continue;
        let reason: PairReason = 'no-room';
        if (block[one] === block[other]) reason = 'also-together';
        else if (groups === 1) reason = 'one-group';
        else if (fixed[one] && fixed[other]) reason = 'both-kept';
        found.push({ kind: 'apart', pair, reason });
      }
      return found;
    },
    unevenBecause(groups) {
      const share = Math.ceil(people.length / groups);
      if (blocks.some((members) => members.length > share)) return 'together';
      return kept.some((group) => group !== -1) ? 'kept' : 'together';
    },
  };
}
