/** Two ways of dividing people at once: every class of either, and the groups themselves, differ by at most one. */
import { array, assert, integer, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { spreadEvenly } from '#shared/workshop/equal-split.ts';

test('from any placement, with any two classes', () => {
  assert(
    property(
      array(tuple(nat(11), nat(6), nat(4)), { maxLength: 150 }),
      integer({ min: 1, max: 12 }),
      (people, groups) => {
        const place = Int32Array.from(people, ([at]) => at % groups);
        const first = Int32Array.from(people, ([, one]) => one);
        const second = Int32Array.from(people, ([, , other]) => other);
        spreadEvenly({ place, groups, first, second });
        const uneven = (is: (person: number) => boolean): number => {
          const counts = new Array<number>(groups).fill(0);
          for (const [person, group] of place.entries()) if (is(person)) counts[group] = (counts[group] ?? 0) + 1;
          return Math.max(...counts) - Math.min(...counts);
        };
        expect(uneven(() => true)).toBeLessThan(2);
        for (let one = 0; one <= 6; one++) expect(uneven((person) => first[person] === one)).toBeLessThan(2);
        for (let other = 0; other <= 4; other++) expect(uneven((person) => second[person] === other)).toBeLessThan(2);
      },
    ),
    { numRuns: 300 },
  );
});
