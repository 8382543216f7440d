/**
 * Why this file exists: the cases of yjs.test.ts about presence. A chair sits in the room with a caret, an observer looks
 * on, and a member lies: what the observer is shown of the chair stays true.
 */
import { type Case, type Expected, enter, type Outcome, outcomeOf } from './cases.ts';
import { awareness, bytes, joinAll, joined, QUERY_AWARENESS, statesOf, varint } from './frames.ts';
import type { World } from './world.ts';

const CHAIR = 501;
const OWN = 502;
const forged = (name: string, id = 'x'): string => JSON.stringify({ user: { id, name, colour: 3, role: 'chair' } });

interface Seen {
  /** What the observer is shown in the end, by client. */
  states: Map<number, Record<string, unknown> | null>;
  /** Every name that was shown to them on the way, by client. */
  names: Map<number, Set<string>>;
  chairName: string;
  memberName: string;
}

const nameIn = (state: Record<string, unknown> | null): string => {
  const user = state?.user as { name?: unknown } | undefined;
  return state === null ? '(gone)' : String(user?.name);
};

const lie =
  (say: (world: World) => readonly Uint8Array[], judge: (seen: Seen) => string[] = () => []) =>
  async (world: World): Promise<Outcome> => {
    const { chair, member, observer } = world.people;
    const place = await world.ask('newPlace', 'ongoing', [
      [chair.id, ['chair']],
      [member.id, ['member']],
      [observer.id, ['observer']],
    ]);
    const seated = await enter(world, chair, place.open);
    seated.send(awareness([CHAIR, 7, '{"caret":1}']));
    await outcomeOf(seated);
    const onlooker = await enter(world, observer, place.open);
    await outcomeOf(onlooker);
    const liar = await enter(world, member, place.open);
    liar.frames.splice(0);
    for (const message of say(world)) liar.send(message);
    const outcome = await outcomeOf(liar);
    onlooker.send(QUERY_AWARENESS);
    await outcomeOf(onlooker);
    const names = new Map<number, Set<string>>();
    let states = new Map<number, Record<string, unknown> | null>();
    for (const frame of onlooker.frames) {
      const told = statesOf(frame);
      if (told.size > 0) states = new Map([...states, ...told]);
      for (const [client, state] of told) names.set(client, (names.get(client) ?? new Set()).add(nameIn(state)));
    }
    await Promise.all([seated.end(), onlooker.end(), liar.end()]);
    const shown = [...(names.get(CHAIR) ?? [])];
    const problems = shown.some((name) => name !== chair.name) ? [`the chair was shown as ${shown.join(', ')}`] : [];
    for (const client of names.keys())
      if (client !== CHAIR && client !== OWN) problems.push(`client ${client} was shown`);
    problems.push(...judge({ states, names, chairName: chair.name, memberName: member.name }));
    return { ...outcome, problems };
  };

const sameMember = ({ names, memberName }: Seen): string[] => {
  const shown = [...(names.get(OWN) ?? [])];
  return shown.every((name) => name === memberName) ? [] : [`the member was shown as ${shown.join(', ')}`];
};
const notShown = ({ names }: Seen): string[] => (names.has(OWN) ? ['the state was shown'] : []);

/** The socket stays or is closed as malformed; what was shown is the case's own matter. */
const quietly: Expected = {
  words: 'dropped, or closed with 1008',
  judge: (o) => [
    ...(o.code === null || o.code === 1008 || o.code === 1009 ? [] : [`closed with ${o.code}`]),
    ...(o.problems ?? []),
  ],
};

const LIES: [string, string, (w: World) => readonly Uint8Array[], ((seen: Seen) => string[])?][] = [
  ['A28', 'a forged name under the chair’s client id', () => [awareness([CHAIR, 8, forged('Ordförande')])]],
  [
    'A28',
    'the same behind an own state',
    () => [awareness([OWN, 1, '{}'], [CHAIR, 99, forged('Ordförande')])],
    sameMember,
  ],
  ['A28', 'the same in front of an own state', () => [awareness([CHAIR, 99, forged('Ordförande')], [OWN, 1, '{}'])]],
  ['A28', 'the chair’s id twice in one message', () => [awareness([CHAIR, 8, forged('A')], [CHAIR, 9, forged('B')])]],
  ['A29', 'a forged name under an own id', () => [awareness([OWN, 1, forged('Ordförande')])], sameMember],
  [
    'A29',
    'somebody else’s id and name under an own id',
    (w) => [awareness([OWN, 1, forged(w.people.chair.name, w.people.chair.id)])],
    sameMember,
  ],
  [
    'A29',
    'a forged name, two keys of the same name',
    () => [awareness([OWN, 1, '{"user":{},"user":{"name":"Ordförande"}}'])],
    sameMember,
  ],
  [
    'A29',
    'a forged name behind an escape',
    () => [awareness([OWN, 1, '{"\\u0075ser":{"name":"Ordförande"}}'])],
    sameMember,
  ],
  ['A29', 'user as a text', () => [awareness([OWN, 1, '{"user":"Ordförande"}'])], sameMember],
  ['A30', 'the chair’s goodbye at clock 2^53-1', () => [awareness([CHAIR, 2 ** 53 - 1, 'null'])]],
  ['A30', 'the chair’s state at clock 2^53-1', () => [awareness([CHAIR, 2 ** 53 - 1, forged('Ordförande')])]],
  ['A30', 'the chair’s goodbye at clock 2^32', () => [awareness([CHAIR, 2 ** 32, 'null'])]],
  ['A31', 'a second own id', () => [awareness([OWN, 1, '{}']), awareness([503, 1, '{}']), awareness([504, 1, '{}'])]],
  [
    'A31',
    '100,000 invented ids',
    () => [bytes(1, joinAll([varint(100_000), ...Array.from({ length: 100_000 }, (_, n) => bytes(n + 600, 1, '{}'))]))],
  ],
  ['A31', '100,000 ids that are not there', () => [bytes(1, varint(100_000))]],
  ['A32', 'a state of 5 KB', () => [awareness([OWN, 1, JSON.stringify({ x: 'x'.repeat(5_000) })])], notShown],
  ['A32', 'a state of 1 MB', () => [awareness([OWN, 1, JSON.stringify({ x: 'x'.repeat(1_000_000) })])], notShown],
  [
    'A32',
    'a state nested 200,000 deep',
    () => [awareness([OWN, 1, `${'['.repeat(200_000)}${']'.repeat(200_000)}`])],
    notShown,
  ],
  [
    'A32',
    'a state nested 1,000 deep within 4 KB',
    () => [awareness([OWN, 1, `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`])],
  ],
  ['A32', 'a state that is no JSON', () => [awareness([OWN, 1, '{"a":'])], notShown],
  ['A32', 'a state that is a list', () => [awareness([OWN, 1, '[1]'])], notShown],
  ['A32', 'a state that is a number', () => [awareness([OWN, 1, '7'])], notShown],
  [
    'A32',
    'a state in broken UTF-8',
    () => [bytes(1, joined(varint(1), bytes(OWN, 1, Uint8Array.of(0x22, 0xff, 0x22))))],
    notShown,
  ],
  [
    'A38',
    'a state with the key __proto__',
    () => [awareness([OWN, 1, '{"__proto__":{"user":{"name":"Ordförande"}}}'])],
    sameMember,
  ],
  [
    'A38',
    'a state with the key constructor',
    () => [awareness([OWN, 1, '{"constructor":{"prototype":{"name":"x"}}}'])],
    sameMember,
  ],
  ['A41', 'a client id of 2^53', () => [bytes(1, joined(varint(1), varint(2n ** 53n), varint(1), bytes('{}')))]],
  [
    'A41',
    'a clock of 2^64',
    () => [bytes(1, joined(varint(1), varint(OWN), varint(2n ** 64n), bytes('{}')))],
    sameMember,
  ],
];

/** A thousand caret moves in one breath: others are sent the last of them, or few. */
async function thousandMoves(world: World): Promise<Outcome> {
  const { member, observer } = world.people;
  const place = await world.ask('newPlace', 'ongoing', [
    [member.id, ['member']],
    [observer.id, ['observer']],
  ]);
  const onlooker = await enter(world, observer, place.open);
  await outcomeOf(onlooker);
  const before = onlooker.received;
  const wire = await enter(world, member, place.open);
  for (let n = 0; n < 1_000; n++)
    wire.send(awareness([OWN, n + 1, JSON.stringify({ caret: n, pad: 'x'.repeat(3_000) })]));
  const outcome = await outcomeOf(wire);
  await outcomeOf(onlooker);
  const bytesSent = onlooker.received - before;
  await Promise.all([wire.end(), onlooker.end()]);
  // A thousand of them would be three megabytes.
  return { ...outcome, problems: bytesSent < 2_000_000 ? [] : [`${bytesSent} bytes were passed on`] };
}

export const presenceCases: readonly Case[] = [
  ...LIES.map(
    ([id, title, say, judge]): Case => ({ id, title, send: lie(say, judge), expect: quietly, allowed: true }),
  ),
  { id: 'A32', title: 'a thousand states of 3 KB in one breath', send: thousandMoves, expect: quietly, allowed: true },
];
