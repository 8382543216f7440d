/** Why this file exists: what a preview shows, what is moved in it and what is sent are one thing; and the strip says what comes next. */
import { describe, expect, test } from 'vitest';
import type { Meeting, Participant } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import type { Role } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import { currentRound, type Round } from '#shared/workshop/workshop.ts';
import { groupsFromSet } from '../../client/workshop/setup/group-sets.tsx';
import {
  fingerprint,
  firstMethod,
  groupsOf,
  inputOf,
  joinsGroups,
  planned,
  roundBefore,
  smallest,
  whereIs,
  withCount,
  withPerson,
} from '../../client/workshop/setup/plan.ts';
import { workshopSteps } from '../../client/workshop/workshop-strip.tsx';

const person = (roles: Role[], organisationId: string | null, category: Participant['category']): Participant => ({
  personId: newId(),
  name: 'Någon',
  title: '',
  organisationId,
  category,
  party: '',
  colour: 0,
  roles,
  absence: '',
  capacity: '',
  hasAccount: true,
});
const [almvik, tallmo] = [newId(), newId()];
const people = [
  person(['chair'], almvik, 'elected'),
  ...Array.from({ length: 5 }, () => person(['member'], almvik, 'elected')),
  ...Array.from({ length: 6 }, () => person(['member'], tallmo, 'official')),
];
const made = newWorkshop({
  meetingId: newId(),
  itemId: newId(),
  prompts: [{ heading: 'Nuläge', help: '', minutes: 0 }],
  groups: 3,
  minutes: 20,
  language: 'sv',
  scribes: [],
});
const round = currentRound(made);
const nameOf = (number: number): string => `Grupp ${number}`;

describe('a plan', () => {
  test('grows by groups the server does not know, in colours that are free, and shrinks from the end', () => {
    const [first, second, third] = groupsOf(round);
    const recoloured = [first, { ...second, colour: 7 }, third].flatMap((group) => group ?? []) as ReturnType<
      typeof groupsOf
    >;
    const five = withCount(recoloured, 5, nameOf);
    expect(five.map(({ name, isNew, colour }) => [name, isNew, colour])).toEqual([
      ['Grupp 1', false, 0],
      ['Grupp 2', false, 7],
      ['Grupp 3', false, 2],
      ['Grupp 4', true, 1],
      ['Grupp 5', true, 3],
    ]);
    expect(withCount(five, 2, nameOf)).toEqual(five.slice(0, 2));
    const sent = inputOf(five);
    expect(sent.map(({ id }) => id)).toEqual([first?.id, second?.id, third?.id, undefined, undefined]);
  });

  test('places everybody, follows moves by hand and keeps those who stay', () => {
    const empty = groupsOf(round);
    const plan = planned(fingerprint(round), empty, people, { method: 'mix-both', seed: 4 });
    expect(plan.groups.map(({ members }) => members.length)).toEqual([4, 4, 4]);
    const who = plan.groups[0]?.members[0] as string;
    const moved = withPerson(plan.groups, who, plan.groups[1]?.id ?? null);
    expect(moved.map(({ members }) => members.length)).toEqual([3, 5, 4]);
    expect(whereIs(moved, who)?.name).toBe('Grupp 2');
    expect(smallest(moved)?.name).toBe('Grupp 1');
    expect(whereIs(withPerson(moved, who, null), who)).toBeNull();
    for (let seed = 0; seed < 20; seed++) {
      const again = planned('', moved, people, { method: 'mix-both', seed, kept: new Set([who]) });
      expect(whereIs(again.groups, who)?.name).toBe('Grupp 2');
    }
  });

  test('is of the groups as they were: another member is another print, another clock is not', () => {
    const print = fingerprint(round);
    const [first, ...rest] = round.groups;
    const joined: Round = { ...round, groups: first ? [{ ...first, members: [newId()] }, ...rest] : rest };
    expect(fingerprint(joined)).not.toBe(print);
    expect(fingerprint({ ...round, startedAt: 5, endsAt: 9 })).toBe(print);
  });

  test('begins with the method that has something to mix', () => {
    expect(firstMethod(people)).toBe('mix-organisations');
    expect(firstMethod(people.map((one) => ({ ...one, organisationId: almvik })))).toBe('mix-categories');
    expect(firstMethod(people.slice(0, 3))).toBe('random');
  });

  test('leaves out who only leads or watches, and takes the round before as what to differ from', () => {
    expect(
      [['facilitator'], ['observer'], ['screen'], ['facilitator', 'observer'], ['secretary', 'facilitator']].map(
        (roles) => joinsGroups({ roles: roles as Role[] }),
      ),
    ).toEqual([false, false, false, false, false]);
    expect(
      [['member'], ['guest'], ['chair'], ['facilitator', 'member']].map((roles) =>
        joinsGroups({ roles: roles as Role[] }),
      ),
    ).toEqual([true, true, true, true]);
    const second = { ...round, id: newId() };
    expect(roundBefore([round, second], second.id)).toBe(round);
    expect(roundBefore([round, second], round.id)).toBeNull();
  });

  test('from a saved set: the round’s groups in order, and only who still takes part', () => {
    const [here, gone] = [newId(), newId()];
    const group = (name: string, members: string[]) => ({ name, topic: '', place: 'Salen', colour: 4, members });
    const set = { groups: [group('Ett', [here]), group('Två', [gone]), group('Tre', []), group('Fyra', [])] };
    const groups = groupsFromSet(set, groupsOf(round), (id) => id === here);
    expect(groups.map(({ name, isNew, members }) => [name, isNew, members])).toEqual([
      ['Ett', false, [here]],
      ['Två', false, []],
      ['Tre', false, []],
      ['Fyra', true, []],
    ]);
    expect(groups.slice(0, 3).map(({ id }) => id)).toEqual(round.groups.map(({ id }) => id));
  });
});

describe('the strip', () => {
  const own = newId();
  const meeting = (myRoles: Role[], phase: Meeting['phase'] = 'ongoing') =>
    ({
      id: made.meetingId,
      myRoles,
      phase,
      agendaOpen: true,
      guestsWrite: false,
      cancelledAt: null,
      archivedAt: null,
    }) as unknown as Meeting;
  const view = (change: Partial<Round> = {}, more: Partial<WorkshopView> = {}): WorkshopView => {
    const plain = structuredClone(made) as unknown as WorkshopView;
    const rounds = plain.rounds.map((one) => ({ ...one, ...(change as Partial<WorkshopView['rounds'][number]>) }));
    return { ...plain, rounds, hands: [], messages: [], now: 0, ...more };
  };
  const steps = (roles: Role[], workshop: WorkshopView | null) =>
    workshopSteps(meeting(roles), made.itemId, workshop, own).map(({ key }) => key);
  const mine = view({ groups: round.groups.map((group, at) => ({ ...group, members: at === 1 ? [own] : [] })) });

  test('says to who leads what comes next as the workshop goes on', () => {
    expect(steps(['facilitator'], null)).toEqual(['create']);
    expect(steps(['facilitator'], view())[0]).toBe('groups');
    expect(steps(['facilitator'], view({ startedAt: 1 }))[0]).toBe('lead');
    expect(steps(['facilitator'], view({ startedAt: 1, closedAt: 2 }))[0]).toBe('harvest');
    const final = view({ startedAt: 1 }, { summary: { status: 'final', revision: 1, scribes: [], comments: false } });
    expect(steps(['chair'], final)[0]).toBe('summary');
    for (const workshop of [view(), view({ startedAt: 1 }), final])
      expect(steps(['secretary'], workshop).sort()).toEqual(['groups', 'harvest', 'lead', 'summary']);
    expect(workshopSteps(meeting(['chair'], 'verified'), made.itemId, null, own)).toEqual([]);
  });

  test('leads a member to their group, or to choosing one, and shows only what they may read', () => {
    expect(steps(['member'], null)).toEqual([]);
    expect(steps(['member'], mine)).toEqual(['own', 'groups']);
    expect(steps(['member'], view())).toEqual(['groups']);
    expect(steps(['member'], view({}, { selfSelectCap: 4 }))).toEqual(['choose']);
    expect(steps(['member'], { ...mine, harvest: 'read' })).toEqual(['own', 'harvest', 'groups']);
    const final = { ...mine, summary: { status: 'final' as const, revision: 1, scribes: [], comments: false } };
    expect(steps(['observer'], final)).toContain('summary');
  });
});
