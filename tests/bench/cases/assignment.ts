/**
 * Why this file exists: a preview of who goes where is made while a facilitator waits for it, again and again: how long it
 * takes for as many people as a hall holds.
 */
import { newId } from '#shared/ids.ts';
import { ASSIGNMENT_METHODS, type AssignmentInput, assign } from '#shared/workshop/assignment.ts';
import type { Line } from '../lines.ts';
import type { Case } from './case.ts';

const PEOPLE = 200;
const GROUPS = 20;
const ROUNDS = 25;
const GOAL_MS = 50;

/** The slowest of all methods, median of rounds with new seeds, milliseconds. */
function slowest(more: Partial<AssignmentInput>, people: AssignmentInput['people'], groups: AssignmentInput['groups']) {
  return Math.max(
    ...ASSIGNMENT_METHODS.map((method) => {
      const times = Array.from({ length: ROUNDS }, (_, seed) => {
        const begun = performance.now();
        assign({ people, groups, method, seed, ...more });
        return performance.now() - begun;
      });
      return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    }),
  );
}

export const assignmentCase: Case = {
  name: 'assignment',
  async run(_plan, say) {
    say(`${PEOPLE} people in ${GROUPS} groups`);
    const organisations = Array.from({ length: 15 }, newId);
    const people = Array.from({ length: PEOPLE }, (_, at) => ({
      id: newId(),
      organisationId: organisations[(at * at) % organisations.length] ?? null,
      category: ['elected', 'official', 'guest'][at % 3] ?? 'guest',
      table: String(at % 23),
    }));
    const groups = Array.from({ length: GROUPS }, () => ({ id: newId(), members: [] as string[] }));
    const before = assign({ people, groups, method: 'mix-both', seed: 1 }).groups;
    const pair = (at: number) => [people[at]?.id ?? '', people[(at * 7 + 3) % PEOPLE]?.id ?? ''] as const;
    const wishes: Partial<AssignmentInput> = {
      previous: before,
      apart: Array.from({ length: 40 }, (_, at) => pair(at)),
      together: Array.from({ length: 10 }, (_, at) => pair(100 + 2 * at)),
      kept: new Set(people.slice(0, 30).map(({ id }) => id)),
    };
    // More people who must all be apart than there are groups: it looks for what cannot be found, and gives up.
    const crowd = people.slice(0, GROUPS + 1).map(({ id }) => id);
    const apart = crowd.flatMap((one, at) => crowd.slice(at + 1).map((other) => [one, other] as const));
    const line = (figure: string, ms: number, goal: boolean): Line => ({
      case: `Groups for ${PEOPLE} people`,
      figure,
      unit: 'ms',
      better: 'less',
      figures: { ours: [ms] },
      ...(goal ? { goal: { absolute: GOAL_MS } } : {}),
    });
    return [
      line('slowest method', slowest({}, people, groups), true),
      line('with 50 pairs, 30 who stay and a round before', slowest(wishes, people, before), true),
      line('wishes that cannot be kept', slowest({ apart }, people, groups), false),
    ];
  },
};
