/**
 * What the assignment promises, for people, groups and wishes drawn at random: everybody is placed once, groups are of
 * equal size, mixing mixes, and a wish is either kept or named.
 */
import { array, assert, constantFrom, integer, nat, property, record, subarray, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import {
  ASSIGNMENT_METHODS,
  type Assignable,
  type AssignmentInput,
  type AssignmentMethod,
  assign,
} from '#shared/workshop/assignment.ts';
import { balanceOf, unevenness } from '#shared/workshop/balance.ts';
import type { Pair } from '#shared/workshop/wished-pairs.ts';

const MIXING = ['mix-organisations', 'mix-categories', 'mix-both'] as const;
const FREE = [...MIXING, 'random', 'even'] as const satisfies readonly AssignmentMethod[];

const IDS = Array.from({ length: 120 }, newId);
const ORGANISATIONS = [null, ...Array.from({ length: 9 }, newId)];
const GROUPS = Array.from({ length: 12 }, newId);

const person = record({ organisation: nat(9), category: constantFrom('elected', 'official', 'guest'), table: nat(14) });
const crowd = array(person, { maxLength: 90 }).map((drawn) =>
  drawn.map(
    ({ organisation, category, table }, at): Assignable => ({
      id: IDS[at] as string,
      organisationId: ORGANISATIONS[organisation] ?? null,
      category,
      ...(table > 0 ? { table: String(table) } : {}),
    }),
  ),
);
const pairsOf = (people: readonly Assignable[], most: number) =>
  people.length < 2
    ? array(tuple(constantFrom(''), constantFrom('')), { maxLength: 0 })
    : array(tuple(constantFrom(...people), constantFrom(...people)), { maxLength: most }).map((pairs) =>
        pairs.filter(([one, other]) => one.id !== other.id).map(([one, other]): Pair => [one.id, other.id]),
      );

/** Everything at once: any method, people already in groups, some of them kept, wishes that may contradict. */
const anything = crowd.chain((people) =>
  integer({ min: 1, max: 12 }).chain((count) =>
    record({
      people: constantFrom(people),
      method: constantFrom(...ASSIGNMENT_METHODS),
      seed: integer(),
      now: array(integer({ min: -1, max: count - 1 }), { minLength: people.length, maxLength: people.length }),
      before: array(integer({ min: -1, max: count }), { minLength: people.length, maxLength: people.length }),
      kept: subarray(people.map(({ id }) => id)),
      keeps: nat(3),
      apart: pairsOf(people, 12) as ReturnType<typeof pairsOf>,
      together: pairsOf(people, 8) as ReturnType<typeof pairsOf>,
    }).map((drawn): AssignmentInput => {
      const groups = (place: readonly number[], howMany: number) =>
        GROUPS.slice(0, howMany).map((id, group) => ({
          id,
          members: people.filter((_, at) => place[at] === group).map((one) => one.id),
        }));
      return {
        people,
        method: drawn.method,
        seed: drawn.seed,
        groups: groups(drawn.now, count),
        previous: groups(drawn.before, Math.min(12, count + 1)),
        kept: new Set(drawn.keeps === 0 ? drawn.kept : []),
        apart: drawn.apart as Pair[],
        together: drawn.together as Pair[],
      };
    }),
  ),
);

function groupNumbers(groups: readonly { members: readonly string[] }[]): Map<string, number> {
  return new Map(groups.flatMap(({ members }, at) => members.map((id) => [id, at] as const)));
}

describe('for any people, groups, method and wishes', () => {
  test('everybody is placed exactly once, in a group that was given', () => {
    assert(
      property(anything, (input) => {
        const { groups } = assign(input);
        expect(groups.map(({ id }) => id)).toEqual(input.groups.map(({ id }) => id));
        expect(groups.flatMap(({ members }) => members).sort()).toEqual(input.people.map(({ id }) => id).sort());
      }),
    );
  });

  test('those who are kept stay', () => {
    assert(
      property(anything, (input) => {
        const now = groupNumbers(input.groups);
        const then = groupNumbers(assign(input).groups);
        for (const id of input.kept ?? []) if (now.has(id)) expect(then.get(id)).toBe(now.get(id));
      }),
    );
  });

  test('a pair is kept or named, and never named when it is kept', () => {
    assert(
      property(anything, (input) => {
        const { groups, problems } = assign(input);
        const place = groupNumbers(groups);
        for (const kind of ['apart', 'together'] as const)
          for (const pair of input[kind] ?? []) {
            const kept = (place.get(pair[0]) === place.get(pair[1])) === (kind === 'together');
            const named = problems.some((problem) => problem.kind === kind && problem.pair === pair);
            expect(named).toBe(!kept);
          }
      }),
    );
  });

  test('groups differ by at most one, or the difference is named with its reason', () => {
    assert(
      property(anything, (input) => {
        const { groups, problems } = assign(input);
        const sizes = groups.map(({ members }) => members.length);
        const named = problems.find((problem) => problem.kind === 'sizes');
        if (unevenness(sizes) <= 1) expect(named).toBeUndefined();
        else expect(named).toMatchObject({ smallest: Math.min(...sizes), largest: Math.max(...sizes) });
      }),
    );
  });

  test('the same seed gives the same groups', () => {
    assert(
      property(anything, (input) => {
        expect(assign(input)).toEqual(assign(structuredClone(input)));
      }),
    );
  });
});

describe('when nothing is in the way', () => {
  const free = record({
    people: crowd,
    count: integer({ min: 1, max: 12 }),
    seed: integer(),
  });
  const empty = (count: number) => GROUPS.slice(0, count).map((id) => ({ id, members: [] }));

  test.each(FREE)('%s: groups differ by at most one', (method) => {
    assert(
      property(free, ({ people, count, seed }) => {
        const { groups, problems } = assign({ people, groups: empty(count), method, seed });
        expect(unevenness(groups.map(({ members }) => members.length))).toBeLessThanOrEqual(1);
        expect(problems).toEqual([]);
      }),
    );
  });

  test.each(MIXING)(
    '%s: each organisation and category that is mixed differs by at most one between any groups',
    (method) => {
      assert(
        property(free, ({ people, count, seed }) => {
          const balance = balanceOf(people, assign({ people, groups: empty(count), method, seed }).groups);
          const [first] = balance;
          if (method !== 'mix-categories')
            for (const organisation of first?.organisations.keys() ?? [])
              expect(unevenness(balance.map(({ organisations }) => organisations.get(organisation) ?? 0))).toBeLessThan(
                2,
              );
          if (method !== 'mix-organisations')
            for (const category of first?.categories.keys() ?? [])
              expect(unevenness(balance.map(({ categories }) => categories.get(category) ?? 0))).toBeLessThan(2);
        }),
        { numRuns: 300 },
      );
    },
  );

  test('another seed gives other groups', () => {
    const people = IDS.slice(0, 30).map((id) => ({ id, organisationId: null, category: 'elected' }));
    const made = [1, 2, 3].map((seed) => JSON.stringify(assign({ people, groups: empty(3), method: 'random', seed })));
    expect(new Set(made).size).toBe(3);
  });
});

describe('wishes that can be kept are kept', () => {
  const few = record({
    people: crowd.filter(({ length }) => length >= 8),
    count: integer({ min: 2, max: 6 }),
    method: constantFrom(...FREE),
    seed: integer(),
  });
  const dealt = (people: readonly Assignable[], count: number, seed: number) =>
    assign({ people, groups: GROUPS.slice(0, count).map((id) => ({ id, members: [] })), method: 'random', seed })
      .groups;

  test('pairs apart, taken from an even placement that exists', () => {
    assert(
      property(
        few,
        array(tuple(nat(89), nat(89)), { maxLength: 15 }),
        nat(),
        ({ people, count, method, seed }, draws, other) => {
          const hidden = groupNumbers(dealt(people, count, other));
          const apart = draws
            .map(([a, b]): Pair => [people[a % people.length]?.id as string, people[b % people.length]?.id as string])
            .filter(([a, b]) => hidden.get(a) !== hidden.get(b));
          const groups = GROUPS.slice(0, count).map((id) => ({ id, members: [] }));
          expect(assign({ people, groups, method, seed, apart }).problems).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('couples who go together, as long as there is somebody single for each group', () => {
    assert(
      property(few, nat(12), ({ people, count, method, seed }, wanted) => {
        const couples = Math.min(wanted, Math.floor((people.length - count) / 2));
        const together = Array.from(
          { length: couples },
          (_, at): Pair => [people[2 * at]?.id as string, people[2 * at + 1]?.id as string],
        );
        const groups = GROUPS.slice(0, count).map((id) => ({ id, members: [] }));
        expect(assign({ people, groups, method, seed, together }).problems).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('people who stay, as long as no group has more of them than its share', () => {
    assert(
      property(few, nat(40), ({ people, count, method, seed }, howMany) => {
        const groups = dealt(people, count, seed + 1);
        const kept = new Set(people.slice(0, howMany).map(({ id }) => id));
        expect(assign({ people, groups, method, seed, kept }).problems).toEqual([]);
      }),
    );
  });
});

describe('by example', () => {
  const people = IDS.slice(0, 7).map((id, at) => ({
    id,
    organisationId: ORGANISATIONS[1 + (at % 3)] as string,
    category: 'elected',
  }));
  const [a, b, c, d, e, f, g] = people.map(({ id }) => id) as [string, string, string, string, string, string, string];
  const [one, two, three] = GROUPS as [string, string, string];
  const groups = [
    { id: one, members: [a, b, c, d] },
    { id: two, members: [e] },
    { id: three, members: [] },
  ];
  const members = (input: Omit<AssignmentInput, 'people' | 'seed'>) =>
    assign({ people, seed: 7, ...input }).groups.map((group) => group.members);

  test('even moves as few as possible', () => {
    const placed = members({ method: 'even', groups });
    expect(placed[0]?.filter((id) => [a, b, c, d].includes(id)).length).toBe(placed[0]?.length);
    expect(placed[1]).toContain(e);
    // Two of the first group's four had to go when it got three, or one when it kept three and another got two.
    const moved = [a, b, c, d, e].filter(
      (id) => ![...(placed[0] ?? []), ...(placed[1]?.includes(e) ? [e] : [])].includes(id),
    );
    expect(moved.length).toBe(1);
  });

  test('same as last round follows the groups by number, and newcomers go where there are fewest', () => {
    const previous = [{ members: [a, b, c] }, { members: [d] }, { members: [e, f] }];
    expect(members({ method: 'same-as-last-round', groups, previous })).toEqual([
      [a, b, c],
      [d, g],
      [e, f],
    ]);
  });

  test('by table number, and in the order they sit when nobody has a table', () => {
    const seated = people.map((person, at) => ({ ...person, table: ['2', '2', '1', '3', '3', '', ''][at] as string }));
    const placed = assign({ people: seated, groups, method: 'by-table-number', seed: 1 }).groups;
    expect(placed[0]?.members).toContain(c);
    expect(placed[1]?.members).toEqual([a, b]);
    expect(placed[2]?.members).toEqual([d, e]);
    expect(placed[0]?.members.length).toBe(3);
    expect(members({ method: 'by-table-number', groups })).toEqual([
      [a, b, c],
      [d, e],
      [f, g],
    ]);
  });

  test('a new mix lets people meet others than last time', () => {
    const crowd = IDS.slice(0, 27).map((id) => ({ id, organisationId: null, category: 'elected' }));
    const nine = GROUPS.slice(0, 3).map((id) => ({ id, members: [] }));
    const first = assign({ people: crowd, groups: nine, method: 'random', seed: 1 }).groups;
    const second = assign({ people: crowd, groups: nine, method: 'mix-both', seed: 2, previous: first }).groups;
    for (const before of first)
      for (const after of second) expect(after.members.filter((id) => before.members.includes(id)).length).toBe(3);
  });

  test('mixing goes on around those who stay and those who should be apart', () => {
    const crowd = IDS.slice(0, 30).map((id, at) => ({
      id,
      organisationId: ORGANISATIONS[1 + (at % 3)] as string,
      category: at < 15 ? 'elected' : 'official',
    }));
    // The first six are all in the same group, and two of them stay there.
    const groups = [one, two, three].map((id, at) => ({ id, members: at === 0 ? IDS.slice(0, 6) : [] }));
    const kept = new Set(IDS.slice(0, 2));
    const apart: Pair[] = [[IDS[2] as string, IDS[5] as string]];
    for (let seed = 0; seed < 30; seed++) {
      const mixed = assign({ people: crowd, groups, method: 'mix-organisations', seed, kept, apart });
      expect(mixed.problems).toEqual([]);
      const balance = balanceOf(crowd, mixed.groups);
      for (const organisation of balance[0]?.organisations.keys() ?? [])
        expect(unevenness(balance.map(({ organisations }) => organisations.get(organisation) ?? 0))).toBeLessThan(2);
    }
  });

  test('each reason why a pair could not be kept', () => {
    const reasons = (input: Partial<AssignmentInput>) =>
      assign({ people, groups, method: 'random', seed: 3, ...input }).problems.flatMap((problem) =>
        problem.kind === 'sizes' ? [] : [`${problem.kind} ${problem.reason}`],
      );
    expect(reasons({ kept: new Set([a, b]), apart: [[a, b]] })).toEqual(['apart both-kept']);
    expect(reasons({ kept: new Set([a, e]), together: [[a, e]] })).toEqual(['together both-kept']);
    expect(
      reasons({
        together: [
          [a, b],
          [b, c],
        ],
        apart: [[a, c]],
      }),
    ).toEqual(['apart also-together']);
    expect(reasons({ groups: groups.slice(0, 1), apart: [[a, b]] })).toEqual(['apart one-group']);
    const all: Pair[] = [
      [a, b],
      [a, c],
      [a, d],
      [b, c],
      [b, d],
      [c, d],
    ];
    expect(reasons({ apart: all }).every((reason) => reason === 'apart no-room')).toBe(true);
    expect(reasons({ apart: all })).toHaveLength(1);
  });

  test('no group to place anybody in is refused', () => {
    expect(() => assign({ people, groups: [], method: 'even', seed: 1 })).toThrow(RangeError);
  });
});
