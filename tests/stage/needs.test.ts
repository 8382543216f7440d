/** Why this file exists: who waits for the one who leads, and in which order, and who does not wait. */
import { describe, expect, test } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { GRACE_MS } from '#shared/workshop/clock.ts';
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { needsOf } from '../../client/stage/needs.ts';
import { roundTime } from '../../client/stage/round-time.ts';
import type { Pulse } from '../../client/stage/wall/pulse.ts';
import { smallestGroup, wallGroups } from '../../client/stage/wall-group.ts';

type Participant = Meeting['participants'][number];
const START = 1_000_000_000_000;
const MINUTE = 60_000;

const person = (name: string, more: Partial<Participant> = {}): Participant => ({
  personId: newId(),
  name,
  title: '',
  organisationId: null,
  category: 'official',
  party: '',
  colour: 0,
  roles: ['member'],
  absence: '',
  capacity: '',
  hasAccount: true,
  ...more,
});
const group = (name: string, members: Participant[], more: Partial<Group> = {}): Group => ({
  id: newId(),
  name,
  topic: '',
  place: '',
  colour: 0,
  state: 'open',
  extraMs: 0,
  members: members.map(({ personId }) => personId),
  ...more,
});
const roundOf = (groups: Group[], more: Partial<Round> = {}): Round => ({
  id: newId(),
  title: '',
  minutes: 20,
  startedAt: START,
  endsAt: START + 20 * MINUTE,
  pausedMs: null,
  closedAt: null,
  groups,
  ...more,
});
const pulse = (present: Participant[], more: Partial<Pulse> = {}): Pulse => ({
  words: 40,
  answers: [],
  lastKey: START,
  typing: [],
  present: new Set(present.map(({ personId }) => personId)),
  seen: new Set(),
  pace: [],
  known: true,
  cut: false,
  ...more,
});

const [elsa, rut, leif, paper] = [
  person('Elsa Lind'),
  person('Rut Ek'),
  person('Leif Skog'),
  person('Gun Malm', { hasAccount: false }),
];
const frida = person('Frida Holm', { roles: ['facilitator', 'secretary'] });
const away = person('Dag Fors', { absence: 'sjuk' });
const looker = person('Ines Vik', { roles: ['observer'] });
const participants = [elsa, rut, leif, paper, frida, away, looker];

function needs(
  round: Round,
  pulses: Pulse[],
  now: number,
  more: { hands?: [number, number][]; here?: Participant[] } = {},
) {
  const hands = (more.hands ?? []).map(([index, at]) => ({
    groupId: round.groups[index]!.id,
    personId: elsa.personId,
    at,
    note: '',
  }));
  const groups = wallGroups({ hands }, round, participants);
  const here = new Set((more.here ?? []).map(({ personId }) => personId));
  return needsOf({ groups, pulses, round, participants, here, now }).map((need) =>
    need.kind === 'person'
      ? `${need.kind} ${need.name}${need.here ? ' here' : ''}`
      : `${need.kind} ${need.one.group.name}`,
  );
}

describe('who waits', () => {
  const two = () => roundOf([group('Älven', [elsa, paper]), group('Skogen', [rut, leif])]);

  test('hands first, the oldest before the newer; nobody else in a group that goes well', () => {
    const pulses = [pulse([elsa]), pulse([rut, leif])];
    expect(needs(two(), pulses, START + MINUTE)).toEqual([]);
    expect(
      needs(two(), pulses, START + MINUTE, {
        hands: [
          [0, START + 50_000],
          [1, START + 40_000],
        ],
      }),
    ).toEqual(['hand Skogen', 'hand Älven']);
  });

  test('people without a group, those who are here first; not who leads, looks on or is away', () => {
    const round = roundOf([group('Älven', [elsa])]);
    expect(needs(round, [pulse([elsa])], START, { here: [leif] })).toEqual([
      'person Leif Skog here',
      'person Rut Ek',
      'person Gun Malm',
    ]);
    const closed = { ...round, closedAt: START };
    expect(needs(closed, [pulse([elsa])], START)).toEqual([]);
  });

  test('a group that has been quiet for three minutes, unless somebody types or nothing is known', () => {
    const now = START + 3 * MINUTE;
    const well = pulse([rut, leif], { lastKey: now });
    expect(needs(two(), [pulse([elsa]), well], now)).toEqual(['quiet Älven']);
    expect(needs(two(), [pulse([elsa]), well], now - 1)).toEqual([]);
    expect(needs(two(), [pulse([elsa], { typing: [{ id: elsa.personId, name: '', colour: 0 }] }), well], now)).toEqual(
      [],
    );
    // Words of an unknown age say nothing; none at all since the start do.
    expect(needs(two(), [pulse([elsa], { lastKey: null }), well], now)).toEqual([]);
    expect(needs(two(), [pulse([elsa], { lastKey: null, words: 0 }), well], now)).toEqual(['quiet Älven']);
    expect(needs({ ...two(), pausedMs: MINUTE, endsAt: null }, [pulse([elsa]), well], now)).toEqual([]);
  });

  test('members who could be there and are not; who has nothing to connect with is not missed until seen', () => {
    const now = START + MINUTE;
    expect(needs(two(), [pulse([]), pulse([rut, leif])], now)).toEqual(['cut Älven']);
    expect(needs(two(), [pulse([elsa]), pulse([rut, leif])], now)).toEqual([]);
    expect(needs(two(), [pulse([elsa], { seen: new Set([paper.personId]) }), pulse([rut, leif])], now)).toEqual([
      'cut Älven',
    ]);
    expect(needs(two(), [pulse([], { known: false }), pulse([rut, leif])], now)).toEqual([]);
  });

  test('a group that nothing has closed though its time and its grace are over', () => {
    const end = START + 20 * MINUTE + GRACE_MS;
    const well = [pulse([elsa], { lastKey: end }), pulse([rut, leif], { lastKey: end })];
    expect(needs(two(), well, end)).toEqual([]);
    expect(needs(two(), well, end + 1)).toEqual(['over Älven', 'over Skogen']);
  });

  test('the smallest group is where a latecomer goes with one click', () => {
    expect(smallestGroup(roundOf([group('Älven', [elsa, rut]), group('Skogen', [leif])]))?.name).toBe('Skogen');
    expect(smallestGroup(roundOf([]))).toBeNull();
  });
});

describe('the big clock', () => {
  test('shows those without a time of their own, and says how many have one', () => {
    const round = roundOf([group('Älven', [elsa], { extraMs: 5 * MINUTE }), group('Skogen', [rut])]);
    expect(roundTime(round, START)).toMatchObject({ kind: 'running', left: 20 * MINUTE, apart: 1, closesAt: null });
    expect(roundTime({ ...round, startedAt: null, endsAt: null }, START).kind).toBe('planned');
    expect(roundTime({ ...round, closedAt: START }, START).kind).toBe('closed');
    const ending = roundOf([group('Älven', [elsa], { state: 'ending' })]);
    expect(roundTime(ending, START + 20 * MINUTE)).toMatchObject({
      kind: 'ending',
      closesAt: START + 20 * MINUTE + GRACE_MS,
    });
  });
});
