/**
 * Why this file exists: mixing people so that every organisation and every category is spread as evenly as can be, both
 * at once and with groups of equal size. Dealing like cards does it for one of the two; for both it takes this.
 *
 * Think of each person as a line between an organisation and a category. Two groups are made equal by pairing the lines
 * at each end, two and two: each line then has at most one partner at either end, so the lines hang together in chains
 * and rings, where every second one goes to either group. Each organisation and category is then halved to within one,
 * and because chains of odd length begin on alternate sides, so are the groups. Done for two groups at a time until no
 * two differ by more than one anywhere; each round lowers the sum of squares, so it ends.
 */

/** People by index: where each is, and the two classes that are spread. */
export interface Split {
  /** Changed in place: the group of each person, 0 up to `groups` - 1. */
  place: Int32Array;
  groups: number;
  first: Int32Array;
  second: Int32Array;
}

/** The number of classes in a list of class numbers that begin at 0. */
export function classCount(classes: Int32Array): number {
  let most = -1;
  for (const one of classes) most = Math.max(most, one);
  return most + 1;
}

/** Adds to one place of a table of numbers. */
export function bump(table: Int32Array, at: number, by: number): void {
  table[at] = (table[at] as number) + by;
}

/** Joins people of the same class two and two, in the order given; at most one of each class is left without. */
function partners(people: readonly number[], classes: Int32Array): Map<number, number> {
  const waiting = new Map<number, number>();
  const pairs = new Map<number, number>();
  for (const person of people) {
    const one = classes[person] as number;
    const other = waiting.get(one);
    if (other === undefined) waiting.set(one, person);
    else {
      waiting.delete(one);
      pairs.set(person, other);
      pairs.set(other, person);
    }
  }
  return pairs;
}

/** Shares `people` between two groups so that each class, and the groups, differ by at most one. */
function halve(people: readonly number[], split: Split, left: number, right: number): void {
  const byFirst = partners(people, split.first);
  const bySecond = partners(people, split.second);
  const done = new Set<number>();
  let odd = left;
  const walk = (start: number, way: Map<number, number>): void => {
    let person: number | undefined = start;
    let next = way;
    let group = odd;
    let length = 0;
    while (person !== undefined && !done.has(person)) {
      done.add(person);
      split.place[person] = group;
      group = group === left ? right : left;
      length++;
      person = next.get(person);
      next = next === byFirst ? bySecond : byFirst;
    }
    if (length % 2 === 1) odd = odd === left ? right : left;
  };
  for (const person of people) {
    // Chains first, from their ends; what is left are rings.
    if (done.has(person)) continue;
    if (!byFirst.has(person)) walk(person, bySecond);
    else if (!bySecond.has(person)) walk(person, byFirst);
  }
  for (const person of people) if (!done.has(person)) walk(person, byFirst);
}

/** Spreads everybody: afterwards no two groups differ by more than one in size, in any first class or any second class. */
export function spreadEvenly(split: Split): void {
  const { place, groups } = split;
  const kinds = [split.first, split.second].map((classes) => ({ classes, count: classCount(classes) }));
  const members: number[][] = Array.from({ length: groups }, () => []);
  for (const [person, group] of place.entries()) members[group]?.push(person);
  const uneven = (left: number, right: number): boolean => {
    const [here, there] = [members[left] ?? [], members[right] ?? []];
    if (Math.abs(here.length - there.length) > 1) return true;
    return kinds.some(({ classes, count }) => {
      const difference = new Int32Array(count);
      for (const person of here) bump(difference, classes[person] as number, 1);
      for (const person of there) bump(difference, classes[person] as number, -1);
      return difference.some((by) => Math.abs(by) > 1);
    });
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let left = 0; left < groups; left++)
      for (let right = left + 1; right < groups; right++) {
        if (!uneven(left, right)) continue;
        changed = true;
        const both = [...(members[left] ?? []), ...(members[right] ?? [])];
        halve(both, split, left, right);
        members[left] = both.filter((person) => place[person] === left);
        members[right] = both.filter((person) => place[person] === right);
      }
  }
}
