/**
 * Why this file exists: the cases of rights.test.ts about rooms: what each role may write where, and what readers try.
 */
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import {
  type Case,
  closedAtTheDoor,
  type Expected,
  enter,
  knock,
  nothing,
  nothingOrClosed,
  type Outcome,
  outcomeOf,
  refusedWithNotice,
  speak,
} from './cases.ts';
import {
  awareness,
  bytes,
  EMPTY_VECTOR,
  heard,
  mark,
  paragraph,
  step1,
  step2,
  syncBody,
  updateBy,
  updateMessage,
} from './frames.ts';
import type { Person } from './protocol.ts';
import { type Cell, cells } from './rights-matrix.ts';
import type { World } from './world.ts';

/** Something nobody has written yet, of the kind the room holds. */
function news(room: string): Uint8Array {
  if (room.startsWith('item:')) return paragraph('Nytt');
  return updateBy((doc) => addItem(doc, { id: newId(), title: 'Ny punkt', kind: 'dialogue' }));
}

/** Writes, and finds out from the journal itself whether it was kept. */
async function write(world: World, as: Person, room: string): Promise<Outcome> {
  const rows = world.journalRows();
  const wire = await enter(world, as, room);
  wire.frames.splice(0);
  wire.send(updateMessage(news(room)));
  wire.send(mark(1));
  const persisted = Buffer.from(bytes(MESSAGE_PERSISTED, 1));
  await wire.until(() => !wire.open || wire.frames.some((frame) => persisted.equals(frame)));
  const outcome = await outcomeOf(wire);
  await wire.end();
  const more = world.journalRows() - rows;
  return { ...outcome, problems: more === 1 ? [] : [`${more} rows were written`] };
}

const kept: Expected = { words: 'kept', judge: (o) => nothing.judge({ ...o, told: [] }) };

function cellCase({ room, state, who, may }: Cell): Case {
  const title = `${who} in the ${room} room of a meeting that is ${state}: ${may}`;
  const roomOf = (w: World): string => w.places[state][room];
  const as = (w: World): Person => w.people[who];
  if (may === 'none') return { id: 'A03', title, send: knock({ room: roomOf, as }), expect: closedAtTheDoor(4403) };
  if (may === 'read')
    return {
      id: 'A03',
      title,
      send: speak({ as, room: roomOf, say: (w) => [updateMessage(news(roomOf(w)))] }),
      expect: refusedWithNotice,
    };
  return { id: 'A03', title, send: (w) => write(w, as(w), roomOf(w)), expect: kept, allowed: true };
}

/* A13, A14: what readers try --------------------------------------------------------------------------------------- */

const READERS: [string, (w: World) => { as: Person; room: string }][] = [
  ['an observer', (w) => ({ as: w.people.observer, room: w.places.ongoing.open })],
  ['a chair in a locked item', (w) => ({ as: w.people.chair, room: w.places.ongoing.locked })],
  ['a secretary in a sealed meeting', (w) => ({ as: w.people.secretary, room: w.places.verified.open })],
  [
    'a facilitator while the minutes are verified',
    (w) => ({ as: w.people.facilitator, room: w.places.verification.open }),
  ],
  ['a chair in a cancelled meeting', (w) => ({ as: w.people.chair, room: w.places.cancelled.open })],
  ['a chair in the archive', (w) => ({ as: w.people.chair, room: w.places.archived.open })],
  [
    'a member before an agenda that is not open',
    (w) => ({ as: w.people.member, room: w.places['preparation-closed'].agenda }),
  ],
];

/** The room's whole state, as anybody who may read gets it. */
async function stateOf(world: World, as: Person, room: string): Promise<Uint8Array> {
  const wire = await enter(world, as, room);
  wire.send(step1(EMPTY_VECTOR));
  const isAnswer = (frame: Uint8Array): boolean => heard(frame).type === 0 && heard(frame).step === 1;
  await wire.until(() => !wire.open || wire.frames.some(isAnswer));
  const answer = wire.frames.find(isAnswer);
  await wire.end();
  if (!answer) throw new Error('the room did not answer');
  return syncBody(answer);
}

/** An update that deletes everything the room holds. */
function deletionOf(state: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  doc.getXmlFragment('notes').delete(0, doc.getXmlFragment('notes').length);
  for (const key of [...doc.getMap('items').keys()]) doc.getMap('items').delete(key);
  return Y.encodeStateAsUpdate(doc, before);
}

type Trick = (state: Uint8Array, room: string) => readonly Uint8Array[];

const TRICKS: [string, Trick, Expected][] = [
  ['an update', (_, room) => [updateMessage(news(room))], refusedWithNotice],
  ['an answer with something new in it', (_, room) => [step2(news(room))], refusedWithNotice],
  [
    'the room’s own state with something new merged in',
    (state, room) => [step2(Y.mergeUpdates([state, news(room)]))],
    refusedWithNotice,
  ],
  ['the deletion of everything', (state) => [updateMessage(deletionOf(state))], refusedWithNotice],
  ['the deletion of everything, as an answer', (state) => [step2(deletionOf(state))], refusedWithNotice],
  [
    'a hundred updates in a row',
    (_, room) => Array.from({ length: 100 }, () => updateMessage(news(room))),
    refusedWithNotice,
  ],
  ['an answer with nothing new', (state) => [step2(state)], nothing],
  ['an update with nothing new', (state) => [updateMessage(state)], nothing],
];

const trickBy =
  (reader: (w: World) => { as: Person; room: string }, trick: Trick, query?: string) =>
  async (world: World): Promise<Outcome> => {
    const { as, room } = reader(world);
    const state = await stateOf(world, as, room);
    return speak({
      as: () => as,
      room: () => room,
      say: () => trick(state, room),
      ...(query === undefined ? {} : { query }),
    })(world);
  };

const READER_CASES: Case[] = READERS.flatMap(([who, reader]) =>
  TRICKS.map(
    ([what, trick, expected]): Case => ({
      id: expected === refusedWithNotice && !what.includes('answer') ? 'A13' : 'A14',
      title: `${who} sends ${what}`,
      send: trickBy(reader, trick),
      expect: expected,
    }),
  ),
);

/** Clients that know nothing of rights are told nothing, and kept from nothing less. */
const STOCK_CASES: Case[] = READERS.map(
  ([who, reader]): Case => ({
    id: 'A13',
    title: `${who} sends an update through a client that knows nothing of rights`,
    send: trickBy(reader, (_, room) => [updateMessage(news(room))], ''),
    expect: nothingOrClosed(4205),
  }),
);

/* A20: what a stranger can find out -------------------------------------------------------------------------------- */

async function existingAndNot(world: World): Promise<Outcome> {
  const look = (room: string) => knock({ room: () => room, as: (w) => w.people.stranger })(world);
  const there = await look(world.places.ongoing.open);
  const not = await look(`item:${world.places.ongoing.id}:${newId()}`);
  const same = there.code === not.code && there.frames === 0 && not.frames === 0;
  return { ...there, problems: same ? [] : [`${there.code} and ${not.code}`] };
}

/** Presence is allowed to everybody in the room, and to nobody outside it. */
async function presenceOfStranger(world: World): Promise<Outcome> {
  const wire = await world.dial({ room: world.places.ongoing.open, as: world.people.stranger });
  wire.send(awareness([77, 1, '{"user":{"name":"Ordförande"}}']));
  wire.send(updateMessage(paragraph('Hej')));
  wire.send(step1(EMPTY_VECTOR));
  await wire.until(() => wire.code !== null);
  const outcome = { code: wire.code, frames: wire.frames.length };
  await wire.end();
  return outcome;
}

export const rightsCases: readonly Case[] = [
  ...cells.map(cellCase),
  ...READER_CASES,
  ...STOCK_CASES,
  {
    id: 'A20',
    title: 'a stranger asks for an item that exists and for one that does not: the same answer',
    send: existingAndNot,
    expect: closedAtTheDoor(4403),
  },
  {
    id: 'A20',
    title: 'a stranger talks at once, before being turned away',
    send: presenceOfStranger,
    expect: closedAtTheDoor(4403),
  },
];
