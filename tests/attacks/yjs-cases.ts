/**
 * Why this file exists: the cases of yjs.test.ts about updates and state vectors.
 */
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import {
  type Case,
  closed,
  type Expected,
  enter,
  harmless,
  nothing,
  type Outcome,
  outcomeOf,
  refused,
  refusedWithNotice,
  speak,
} from './cases.ts';
import {
  EMPTY_VECTOR,
  heard,
  joinAll,
  joined,
  paragraph,
  step1,
  step2,
  syncBody,
  updateBy,
  updateMessage,
  varint,
} from './frames.ts';
import {
  any,
  type Block,
  binary,
  deleted,
  embed,
  format,
  json,
  rawUpdate,
  struct,
  subdocument,
  text,
  type,
} from './update-bytes.ts';
import type { World } from './world.ts';

/** What is put aside or left out: the socket stays and nothing is told, or it is refused in one of the two ways. */
const dropped: Expected = {
  words: 'put aside, or refused',
  judge: (o) => (o.code === null ? (o.problems ?? []) : refused.judge(o)),
};
const malformed = closed(1008);

/** As an update and as an answer to the server's question: two ways in, one case each. */
const bothWays = (id: string, title: string, expected: Expected, update: (w: World) => Uint8Array): Case[] => [
  { id, title, send: speak({ say: (w) => [updateMessage(update(w))] }), expect: expected },
  { id, title: `${title}, as an answer`, send: speak({ say: (w) => [step2(update(w))] }), expect: expected },
];

const inAgenda = (id: string, title: string, expected: Expected, update: () => Uint8Array): Case => ({
  id,
  title,
  send: speak({
    as: (w) => w.people.chair,
    room: (w) => w.places.ongoing.agenda,
    say: () => [updateMessage(update())],
  }),
  expect: expected,
});

const CLIENT = 987_654_321;
const one = (structs: readonly Uint8Array[], more: Partial<Block> = {}): Uint8Array =>
  rawUpdate([{ client: CLIENT, structs, ...more }]);

/* A25: counts ------------------------------------------------------------------------------------------------------ */

const HUGE: [string, bigint][] = [
  ['2^24', 2n ** 24n],
  ['2^25-1', 2n ** 25n - 1n],
  ['2^31', 2n ** 31n],
  ['2^32', 2n ** 32n],
  ['2^40', 2n ** 40n],
  ['2^53-1', 2n ** 53n - 1n],
  ['2^64', 2n ** 64n],
];
const bombs = (says: bigint): [string, Uint8Array][] => [
  ['structs', rawUpdate([{ client: CLIENT, says }])],
  ['clients', rawUpdate([], [], { blocks: says })],
  ['clients with deletions', rawUpdate([], [], { deletions: says })],
  ['deletions', rawUpdate([], [{ client: CLIENT, ranges: [], says }])],
  ['values', one([struct(any(says))])],
  ['letters', one([joined(Uint8Array.of(4, 1, 5), Buffer.from('notes'), varint(says), Buffer.from('x'))])],
];
const COUNTS: Case[] = HUGE.flatMap(([name, says]) =>
  bombs(says).map(
    ([what, update]): Case => ({
      id: 'A25',
      title: `${update.length} bytes that say they hold ${name} ${what}`,
      send: speak({ say: () => [updateMessage(update)] }),
      expect: malformed,
    }),
  ),
);

/* A26, A27 --------------------------------------------------------------------------------------------------------- */

const v2 = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getXmlFragment('notes').insert(0, [new Y.XmlElement('paragraph')]);
  return Y.encodeStateAsUpdateV2(doc);
};
const whole = paragraph('Hej', 4_712);
const CUTS: Case[] = [
  ...bothWays('A26', 'an update of format V2', refused, v2),
  ...bothWays('A26', 'a run-length of 2^31 in format V2', refused, () =>
    joined(Uint8Array.of(0, 0, 6), varint(2n ** 31n), Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0)),
  ),
  ...bothWays('A27', 'an update without its deletions', malformed, () => whole.subarray(0, -1)),
  ...bothWays('A27', 'an update whose deletions are one more than there are', malformed, () =>
    joined(whole.subarray(0, -1), Uint8Array.of(1)),
  ),
  ...bothWays('A27', 'an update with one struct less than it says', malformed, () =>
    one([struct(type(3, 'paragraph'))], { says: 2 }),
  ),
  ...bothWays('A27', 'an update with one struct more than it says', malformed, () =>
    one([struct(type(3, 'paragraph')), struct(type(3, 'paragraph'))], { says: 1 }),
  ),
  ...bothWays('A27', 'an update and a byte', malformed, () => joined(whole, Uint8Array.of(0))),
  ...bothWays('A27', 'deletions that are cut off', malformed, () =>
    joined(whole.subarray(0, -1), Uint8Array.of(1), varint(CLIENT), Uint8Array.of(1, 0)),
  ),
];

/* A33, A34: other people's ids ------------------------------------------------------------------------------------- */

/** The state of the ongoing meeting's open item, and who wrote first in it: the host, by the server's hand. */
async function known(world: World, room = world.places.ongoing.open) {
  const wire = await enter(world, world.host, room);
  wire.send(step1(EMPTY_VECTOR));
  const isAnswer = (frame: Uint8Array): boolean => heard(frame).type === 0 && heard(frame).step === 1;
  await wire.until(() => !wire.open || wire.frames.some(isAnswer));
  const state = syncBody(wire.frames.find(isAnswer) ?? new Uint8Array());
  await wire.end();
  const [client, clock] = [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state))][0] ?? [0, 0];
  return { state, client, clock };
}

const withKnown =
  (make: (theirs: { client: number; clock: number; state: Uint8Array }) => readonly Uint8Array[]) =>
  async (world: World) => {
    const theirs = await known(world);
    return speak({ say: () => make(theirs) })(world);
  };

const FOREIGN: [string, string, Expected, Parameters<typeof withKnown>[0]][] = [
  [
    'A33',
    'new structs under somebody else’s id',
    refusedWithNotice,
    ({ client, clock }) => [updateMessage(rawUpdate([{ client, clock, structs: [struct(type(3, 'paragraph'))] }]))],
  ],
  [
    'A33',
    'new structs under somebody else’s id, as an answer',
    refusedWithNotice,
    ({ client, clock }) => [step2(rawUpdate([{ client, clock, structs: [struct(type(3, 'paragraph'))] }]))],
  ],
  [
    'A33',
    'somebody else’s first words said again in other words',
    dropped,
    ({ client }) => [updateMessage(rawUpdate([{ client, structs: [struct(type(3, 'heading'))] }]))],
  ],
  [
    'A33',
    'honest structs, and new ones under somebody else’s id behind them',
    refusedWithNotice,
    ({ client, clock }) => [
      updateMessage(
        rawUpdate(
          [
            { client: CLIENT, structs: [struct(type(3, 'paragraph'))] },
            { client, clock, structs: [struct(type(3, 'paragraph'))] },
          ].toSorted((a, b) => b.client - a.client),
        ),
      ),
    ],
  ],
  [
    'A34',
    'deletions of what somebody else has not written yet',
    dropped,
    ({ client, clock }) => [updateMessage(rawUpdate([], [{ client, ranges: [[clock, 1_000]] }]))],
  ],
  [
    'A34',
    'deletions of what somebody else has not written yet, as an answer',
    dropped,
    ({ client, clock }) => [step2(rawUpdate([], [{ client, ranges: [[clock + 5, 2 ** 31 - 1]] }]))],
  ],
  [
    'A34',
    'deletions of what nobody knows',
    dropped,
    () => [updateMessage(rawUpdate([], [{ client: 31_337, ranges: [[0, 2 ** 31 - 1]] }]))],
  ],
  [
    'A34',
    'deletions of clocks up to 2^53',
    dropped,
    ({ client, clock }) => [updateMessage(rawUpdate([], [{ client, ranges: [[clock, 2n ** 53n - 1n]] }]))],
  ],
];

/** Text that is written after the attack stays: for who is there, and for who comes later. */
async function laterTextSurvives(world: World): Promise<Outcome> {
  const place = await world.ask('newPlace', 'ongoing', [[world.people.member.id, ['member']]]);
  const wire = await enter(world, world.host, place.open);
  const doc = new Y.Doc();
  doc.clientID = 77_000_111;
  doc.on('update', (update: Uint8Array) => wire.send(updateMessage(update)));
  const element = new Y.XmlElement('paragraph');
  const words = new Y.XmlText('först');
  element.insert(0, [words]);
  doc.getXmlFragment('notes').insert(0, [element]);
  await outcomeOf(wire);
  const next = Y.getState(doc.store, doc.clientID);
  const deletion = rawUpdate([], [{ client: doc.clientID, ranges: [[next, 10_000]] }]);
  await speak({ room: () => place.open, say: () => [updateMessage(deletion), step2(deletion)] })(world);
  words.insert(5, ' sedan');
  await outcomeOf(wire);
  await wire.end();
  await world.settled();
  const { state } = await known(world, place.open);
  const seen = new Y.Doc();
  Y.applyUpdate(seen, state);
  const read = seen.getXmlFragment('notes').toString();
  return { problems: read.includes('först sedan') ? [] : [`the room holds ${read}`] };
}

/* A35, A36: what waits --------------------------------------------------------------------------------------------- */

/** Letters that each follow the one before, without the first. */
function lettersWithoutTheFirst(count: number, client: number): Uint8Array[] {
  return Array.from({ length: count }, (_, n) =>
    updateMessage(rawUpdate([{ client, clock: n + 1, structs: [struct(text('x'), { origin: [client, n] })] }])),
  );
}

const pendingDeletes = (): Uint8Array =>
  rawUpdate([], [{ client: 31_338, ranges: Array.from({ length: 100_000 }, (_, n) => [n * 2, 1] as const) }]);

/* A37–A41: what may stand where ------------------------------------------------------------------------------------ */

/** Elements inside each other; by id, so that it can be sent in parts. */
function nested(depth: number, client = CLIENT): Uint8Array {
  return rawUpdate([
    {
      client,
      structs: Array.from({ length: depth }, (_, n) =>
        struct(type(3, 'blockquote'), n === 0 ? {} : { parent: [client, n - 1] }),
      ),
    },
  ]);
}

const nestedBit = (n: number): Uint8Array =>
  rawUpdate([
    {
      client: CLIENT + 1,
      clock: n,
      structs: [struct(type(3, 'blockquote'), n === 0 ? {} : { parent: [CLIENT + 1, n - 1] })],
    },
  ]);

/** What would be kept of it is honest nesting; what is refused is everything over the bound. */
async function byInstalments(world: World): Promise<Outcome> {
  const place = await world.ask('newPlace', 'ongoing', [[world.people.member.id, ['member']]]);
  const outcome = await speak({
    room: () => place.open,
    say: () => Array.from({ length: 300 }, (_, n) => updateMessage(nestedBit(n))),
  })(world);
  await world.settled();
  const { state } = await known(world, place.open);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const depth =
    doc
      .getXmlFragment('notes')
      .toString()
      .match(/<blockquote>/g)?.length ?? 0;
  return { ...outcome, problems: depth <= 64 ? [] : [`${depth} inside each other`] };
}

const element =
  (name: string, fill: (element: Y.XmlElement) => void = () => {}) =>
  () =>
    updateBy((doc) => {
      const made = new Y.XmlElement(name);
      fill(made);
      doc.getXmlFragment('notes').insert(0, [made]);
    });
const marked = (name: string, value: unknown) =>
  element('paragraph', (made) => {
    const words = new Y.XmlText();
    words.insert(0, 'x', { [name]: value });
    made.insert(0, [words]);
  });
const value = (...written: number[]) => Uint8Array.from(written);
const poisoned = (key: string) => joined(value(118, 1), varint(key.length), Buffer.from(key), value(118, 0));

const POISON = ['__proto__', 'constructor', 'prototype'];
const SHAPES: [string, string, () => Uint8Array][] = [
  ...[100, 1_000, 3_000, 30_000].map((depth): [string, string, () => Uint8Array] => [
    'A37',
    `${depth} elements inside each other`,
    () => nested(depth),
  ]),
  ...POISON.flatMap((key): [string, string, () => Uint8Array][] => [
    ['A38', `an attribute named ${key}`, () => one([struct(any(1, value(119, 1, 120)), { key })])],
    ['A38', `a mark named ${key}`, () => one([struct(type(6)), struct(format(key, true), { parent: [CLIENT, 0] })])],
    ['A38', `an element named ${key}`, () => one([struct(type(3, key))])],
    ['A38', `a root named ${key}`, () => one([struct(type(3, 'paragraph'), { parent: key })])],
    ['A38', `a value with the key ${key}`, () => one([struct(any(1, poisoned(key)))])],
    [
      'A38',
      `a mark whose value has the key ${key}`,
      () =>
        one([
          struct(type(3, 'paragraph')),
          struct(type(6), { parent: [CLIENT, 0] }),
          struct(
            {
              kind: 6,
              bytes: joined(
                Uint8Array.of(4),
                Buffer.from('link'),
                varint(key.length + 10),
                Buffer.from(`{"${key}":{}}X`.padEnd(key.length + 10).slice(0, key.length + 10)),
              ),
            },
            { parent: [CLIENT, 1] },
          ),
        ]),
    ],
  ]),
  ['A39', 'the notes as a map', () => updateBy((doc) => doc.getMap('notes').set('a', 1))],
  ['A39', 'the notes as a list', () => updateBy((doc) => doc.getArray('notes').insert(0, [1]))],
  ['A39', 'the notes as text', () => updateBy((doc) => doc.getText('notes').insert(0, 'hej'))],
  ['A39', 'a list inside the notes', () => one([struct(type(0))])],
  ['A39', 'a map inside the notes', () => one([struct(type(1))])],
  ['A39', 'a text that is not of an element inside the notes', () => one([struct(type(2))])],
  ['A39', 'a fragment inside the notes', () => one([struct(type(4))])],
  ['A39', 'a hook inside the notes', () => one([struct(type(5, 'x'))])],
  ['A39', 'bytes inside the notes', () => one([struct(binary(new Uint8Array(4)))])],
  ['A39', 'JSON inside the notes', () => one([struct(json('{}'))])],
  ['A39', 'a picture inside the notes', () => one([struct(embed({ image: 'x' }))])],
  ['A39', 'a number inside the notes', () => one([struct(any(1, value(125, 7)))])],
  ['A39', 'another document inside the notes', () => one([struct(subdocument('x'))])],
  ['A39', 'another root', () => updateBy((doc) => doc.getMap('hemligt').set('a', 1))],
  ['A39', 'the agenda’s root in an item', () => updateBy((doc) => doc.getMap('items').set('a', 1))],
  ['A40', 'an element nobody knows', element('iframe')],
  ['A40', 'an element with a name in capitals', element('PARAGRAPH')],
  ['A40', 'an element without a name', () => one([struct(type(3, ''))])],
  ['A40', 'a mark nobody knows', marked('onclick', 'alert(1)')],
  ['A40', 'an attribute nobody knows', element('paragraph', (made) => made.setAttribute('style', 'color:red'))],
  ['A40', 'a heading whose level is an object', element('heading', (made) => made.setAttribute('level', {} as never))],
  ['A40', 'a cell outside every table', element('tableCell')],
  ['A40', 'a row inside a paragraph', element('paragraph', (made) => made.insert(0, [new Y.XmlElement('tableRow')]))],
  [
    'A40',
    'an item of a list inside a heading',
    element('heading', (made) => made.insert(0, [new Y.XmlElement('listItem')])),
  ],
  ['A40', 'a type nobody knows', () => one([struct(type(7))])],
  ['A40', 'a kind of content nobody knows', () => one([struct({ kind: 11, bytes: value(0) })])],
  ['A40', 'a kind of content nobody knows, 31', () => one([struct({ kind: 31, bytes: value(0) })])],
];

const NUMBERS: [string, () => Uint8Array][] = [
  ['client 2^32', () => rawUpdate([{ client: 2n ** 32n, structs: [struct(type(3, 'paragraph'))] }])],
  ['client 2^53-1', () => rawUpdate([{ client: 2n ** 53n - 1n, structs: [struct(type(3, 'paragraph'))] }])],
  ['client 2^53', () => rawUpdate([{ client: 2n ** 53n, structs: [struct(type(3, 'paragraph'))] }])],
  ['client 2^70', () => rawUpdate([{ client: 2n ** 70n, structs: [struct(type(3, 'paragraph'))] }])],
  ['clock 2^32', () => rawUpdate([{ client: CLIENT, clock: 2n ** 32n, structs: [struct(type(3, 'paragraph'))] }])],
  [
    'clock 2^53-1',
    () => rawUpdate([{ client: CLIENT, clock: 2n ** 53n - 1n, structs: [struct(type(3, 'paragraph'))] }]),
  ],
  ['clock 2^53', () => rawUpdate([{ client: CLIENT, clock: 2n ** 53n, structs: [struct(type(3, 'paragraph'))] }])],
  ['a deleted stretch of 2^32', () => one([struct(deleted(2n ** 32n))])],
  ['a deleted stretch of 2^53-1', () => one([struct(deleted(2n ** 53n - 1n))])],
  ['a deleted stretch of 0', () => one([struct(deleted(0))])],
  [
    'a client in more bytes than needed',
    () => joined(Uint8Array.of(1, 1), varint(5, 3), varint(0), struct(type(3, 'paragraph')), Uint8Array.of(0)),
  ],
  [
    'a count in more bytes than needed',
    () => joined(varint(1, 4), Uint8Array.of(1, 5, 0), struct(type(3, 'paragraph')), Uint8Array.of(0)),
  ],
  [
    'a clock in ten bytes',
    () => joined(Uint8Array.of(1, 1, 5), varint(0, 9), struct(type(3, 'paragraph')), Uint8Array.of(0)),
  ],
  ['an origin at client 2^53', () => one([struct(text('x'), { origin: [2n ** 53n, 0] })])],
  [
    'the same client twice',
    () =>
      rawUpdate([
        { client: CLIENT, structs: [struct(type(3, 'paragraph'))] },
        { client: CLIENT, clock: 1, structs: [struct(type(3, 'paragraph'))] },
      ]),
  ],
  ['a struct that stands behind itself', () => one([struct(text('x'), { origin: [CLIENT, 0] })])],
  ['a struct inside itself', () => one([struct(type(3, 'paragraph'), { parent: [CLIENT, 0] })])],
];

/* A42: state vectors ----------------------------------------------------------------------------------------------- */

const vector = (count: number, says: number | bigint = count): Uint8Array =>
  joinAll([varint(says), ...Array.from({ length: count }, (_, n) => joined(varint(n + 1), varint(1)))]);

const VECTORS: [string, Uint8Array, Expected][] = [
  ['150,000 clients', vector(150_000), malformed],
  ['10,001 clients', vector(10_001), malformed],
  ['2^53 clients that are not there', vector(0, 2n ** 53n), malformed],
  ['2^31 clients that are not there', vector(0, 2n ** 31n), malformed],
  ['one client less than it says', vector(3, 4), malformed],
  ['clients beyond 2^53', joined(varint(1), varint(2n ** 60n), varint(1)), dropped],
  ['9,999 clients, as a room of many years has', vector(9_999), nothing],
];

export const yjsCases: readonly Case[] = [
  ...COUNTS,
  ...CUTS,
  ...FOREIGN.map(([id, title, expected, make]): Case => ({ id, title, send: withKnown(make), expect: expected })),
  {
    id: 'A34',
    title: 'text written after deletions of the future stays',
    send: laterTextSurvives,
    expect: harmless,
    allowed: true,
  },
  {
    id: 'A35',
    title: '4,000 letters without the first, by one client',
    send: speak({ say: () => lettersWithoutTheFirst(4_000, CLIENT + 2) }),
    expect: dropped,
  },
  {
    id: 'A35',
    title: '4,000 letters without the first, by 400 clients',
    send: speak({
      say: () => Array.from({ length: 400 }, (_, n) => lettersWithoutTheFirst(10, CLIENT + 10 + n)).flat(),
    }),
    expect: dropped,
  },
  ...bothWays('A36', '100,000 deletions of what is not there', dropped, pendingDeletes),
  ...SHAPES.map(
    ([id, title, update]): Case => ({
      id,
      title,
      send: speak({ say: () => [updateMessage(update())] }),
      expect: refused,
    }),
  ),
  {
    id: 'A37',
    title: '300 elements inside each other, one at a time',
    send: byInstalments,
    expect: harmless,
    allowed: true,
  },
  inAgenda('A39', 'the agenda as a list', refused, () => updateBy((doc) => doc.getArray('items').insert(0, [1]))),
  inAgenda('A39', 'the agenda as text', refused, () => updateBy((doc) => doc.getText('items').insert(0, 'hej'))),
  inAgenda('A39', 'notes in the agenda', refused, () => paragraph('Hej')),
  inAgenda('A38', 'an item of the agenda named __proto__', refused, () =>
    one([struct(type(1), { parent: 'items', key: '__proto__' })]),
  ),
  inAgenda('A38', 'a field of an item named constructor', refused, () =>
    one([
      struct(type(1), { parent: 'items', key: newId() }),
      struct(any(1, value(119, 1, 120)), { parent: [CLIENT, 0], key: 'constructor' }),
    ]),
  ),
  ...NUMBERS.flatMap(([title, update]) => bothWays('A41', title, dropped, update)),
  ...VECTORS.map(
    ([title, state, expected]): Case => ({
      id: 'A42',
      title: `a state vector of ${title}`,
      send: speak({ say: () => [step1(state)] }),
      expect: expected,
    }),
  ),
];
