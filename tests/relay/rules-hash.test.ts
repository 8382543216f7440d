/**
 * Why this file exists: HSH: when a room is quiet everybody in it shows the same, and who does not is noticed and healed.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { contentHash } from '#shared/content-hash.ts';
import { MESSAGE_HASH } from '#shared/wire.ts';
import type { RawClient } from '../support/socket-pair.ts';
import { hash, mark, names, person, ROOM, readFrames, sync, Typist, turn, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

const NOTHING = sync(1, new Uint8Array([0, 0]));
const OTHER = 'f'.repeat(64);
const hashes = (client: RawClient): string[] =>
  readFrames(client.frames).flatMap((frame) => (frame.name === 'hash' ? frame.strings : []));

/** A raw client that has answered our sync step 1. */
async function joined(who: string, options: { extended?: boolean; room?: string } = {}): Promise<RawClient> {
  const client = world.raw(person(who), options);
  client.send(NOTHING);
  await world.settle();
  return client;
}

test('HSH-1 a room that was edited and is quiet tells its hash, once; stock clients hear nothing', async () => {
  const [a, b] = [await joined('astrid'), await joined('bo')];
  const stock = await joined('cilla', { extended: false });
  const typist = new Typist();
  a.send(sync(2, typist.type('ett')));
  await world.pass(1_500, 500);
  a.send(sync(2, typist.type(' två')));
  await world.pass(1_500, 500);
  expect(hashes(b)).toEqual([]);
  await world.pass(1_500, 500);
  expect(hashes(a)).toEqual([contentHash(typist.doc)]);
  expect(hashes(b)).toEqual([contentHash(typist.doc)]);
  await world.pass(20_000);
  expect(hashes(b)).toHaveLength(1);
  a.send(sync(2, typist.erase(0, 3)));
  await world.pass(4_000, 500);
  expect(hashes(b)).toEqual([hashes(a)[0], contentHash(typist.doc)]);
  expect(stock.frames.some((frame) => frame[0] === MESSAGE_HASH)).toBe(false);
});

test('HSH-2 who comes later is told behind their answer to sync step 1; who has not answered is not told', async () => {
  const a = await joined('astrid');
  const typist = new Typist();
  a.send(sync(2, typist.type('ett')));
  await world.pass(4_000, 500);
  const late = world.raw(person('bo'));
  await world.settle();
  expect(hashes(late)).toEqual([]);
  late.send(sync(0, new Uint8Array([0])));
  late.send(NOTHING);
  await world.settle();
  expect(names(late.frames).slice(-2)).toEqual(['step2', 'hash']);
  expect(hashes(late)).toEqual([contentHash(typist.doc)]);
  expect(hashes(a)).toHaveLength(1);
});

test('HSH-4 who shows something else is counted, told what it lacks and asked for what it has', async () => {
  const [a, b] = [await joined('astrid'), await joined('bo')];
  const typist = new Typist();
  a.send(sync(2, typist.type('ett')));
  await world.pass(4_000, 500);
  b.frames.length = 0;
  b.send(hash(OTHER));
  b.send(sync(0, new Uint8Array([0])));
  await world.settle();
  expect(names(b.frames)).toEqual(['step1', 'step2']);
  expect(Array.from(readFrames(b.frames)[1]!.bytes)).toEqual(Array.from(typist.all()));
  expect(world.stats).toMatchObject({ hashDifferences: 1, hashReplacements: 0, resyncs: 1 });
  expect(world.logged.filter((line) => line.event === 'content-differs')).toHaveLength(1);
  b.send(NOTHING);
  await world.settle();
  expect(hashes(b)).toEqual([contentHash(typist.doc)]);
  expect(hashes(a)).toHaveLength(1);
});

test('HSH-4 a frame lost on the way to a provider is made good within 5 s', async () => {
  const [astrid, bo] = [world.provider(person('astrid')), world.provider(person('bo'), { extended: true })];
  await world.settle();
  // The stock provider does not compare; what our client does (tests/collab) is done here by hand.
  const said: string[] = [];
  bo.messageHandlers[MESSAGE_HASH] = (_encoder, decoder) => {
    const [type, ...rest] = decoder.arr;
    const wanted = readFrames([new Uint8Array([type!, ...rest])])[0]!.strings[0]!;
    decoder.pos = decoder.arr.length;
    if (wanted === contentHash(bo.doc)) return;
    said.push(wanted);
    bo.ws?.send(hash(contentHash(bo.doc)).slice());
    bo.ws?.send(sync(0, Y.encodeStateVector(bo.doc)).slice());
  };
  const text = astrid.doc.getText('t');
  text.insert(0, 'ett ');
  await world.settle();
  const [, pair] = world.network.pairs;
  text.insert(4, 'två ');
  for (let n = 0; n < 8 && !pair!.toClient.parcels.some(isUpdate); n++) await stepServer();
  expect(pair!.toClient.parcels.some(isUpdate)).toBe(true);
  pair!.toClient.parcels.splice(pair!.toClient.parcels.findIndex(isUpdate), 1);
  await world.settle();
  text.insert(8, 'tre');
  await world.settle();
  expect(bo.doc.getText('t').toString()).toBe('ett ');
  await world.pass(5_000, 500);
  expect(said).toHaveLength(1);
  expect(bo.doc.getText('t').toString()).toBe('ett två tre');
  expect(world.stats).toMatchObject({ hashDifferences: 1, hashReplacements: 0 });
});

/** Moves what goes to the server, and lets it commit; nothing reaches a client. */
async function stepServer(): Promise<void> {
  for (const pair of world.network.pairs) while (pair.stepToServer());
  await turn();
}

const isUpdate = (parcel: { kind: string; bytes?: Uint8Array }): boolean =>
  parcel.kind === 'bytes' && names([parcel.bytes!])[0] === 'update';

test('HSH-5 the second report at the same hash is a copy beyond help: counted, and not asked again', async () => {
  const [a, b] = [await joined('astrid'), await joined('bo')];
  const typist = new Typist();
  a.send(sync(2, typist.type('ett')));
  await world.pass(4_000, 500);
  b.send(hash(OTHER));
  b.send(NOTHING);
  await world.settle();
  b.frames.length = 0;
  b.send(hash(OTHER));
  await world.settle();
  expect(b.frames).toEqual([]);
  expect(world.stats).toMatchObject({ hashDifferences: 1, hashReplacements: 1, resyncs: 1 });
  a.send(sync(2, typist.type(' två')));
  await world.pass(4_000, 500);
  b.send(hash(OTHER));
  await world.settle();
  expect(world.stats).toMatchObject({ hashDifferences: 2, hashReplacements: 1 });
});

test('HSH-6 a hash that answers nothing changes nothing; what is no hash, or comes from a stock client, closes', async () => {
  world.attacked = true;
  const a = await joined('astrid');
  a.send(hash(OTHER));
  a.send(sync(2, new Typist().type('ett')));
  await world.pass(4_000, 500);
  a.frames.length = 0;
  a.send(hash(hashes(await joined('bo'))[0]!));
  a.send(hash(OTHER));
  await world.settle();
  expect(a.frames).toEqual([]);
  expect(a.close).toBeNull();
  expect(world.stats).toMatchObject({ hashDifferences: 0, resyncs: 0 });
  const stock = await joined('cilla', { extended: false });
  stock.send(hash(OTHER));
  for (const wrong of ['', 'F'.repeat(64), 'f'.repeat(65)]) {
    const strange = await joined('disa');
    strange.send(hash(wrong));
    await world.settle();
    expect(strange.close?.code).toBe(1008);
  }
  expect(stock.close?.code).toBe(1003);
});

test('HSH-7 while something waits for the disk no hash is told, and an edit meanwhile makes it anew', async () => {
  const [a, b] = [await joined('astrid'), await joined('bo')];
  const typist = new Typist();
  a.send(sync(2, typist.type('ett')));
  await world.settle();
  world.store.hold();
  a.send(sync(2, typist.type(' två')));
  a.send(mark(1));
  await world.pass(6_000, 500);
  expect(hashes(b)).toEqual([]);
  b.send(NOTHING);
  await world.settle();
  expect(hashes(b)).toEqual([]);
  world.store.release();
  await world.pass(4_000, 500);
  expect(hashes(b)).toEqual([contentHash(typist.doc)]);
});

test('HSH-8 a room that was only opened is not hashed; a large one that is put away is, once it is woken', async () => {
  world.dispose();
  world = new World({ limits: { hashWakeBytes: 2_000, restMs: 5_000 } });
  const [a, b] = [await joined('astrid'), await joined('bo')];
  await world.pass(6_000, 500);
  expect(hashes(a)).toEqual([]);
  const typist = new Typist();
  a.send(sync(2, typist.type('x'.repeat(3_000))));
  await world.pass(15_000, 500);
  expect(hashes(b)).toEqual([]);
  const late = world.raw(person('cilla'));
  late.send(sync(0, new Uint8Array([0])));
  late.send(NOTHING);
  await world.pass(1_500, 500);
  for (const client of [a, b, late]) expect(hashes(client)).toEqual([contentHash(typist.doc)]);
  const small = await joined('astrid', { room: `${ROOM}b` });
  small.send(sync(2, new Typist().type('kort')));
  await world.pass(4_000, 500);
  expect(hashes(small)).toHaveLength(1);
});

test('HSH-8 many rooms, and a long document, are hashed without holding the loop', async () => {
  const clients = await Promise.all(Array.from({ length: 30 }, (_, i) => joined('astrid', { room: `${ROOM}${i}` })));
  const typist = new Typist();
  const text = typist.doc.getText('t');
  for (let i = 0; i < 6_000; i++) text.insert(Math.floor(text.length / 2), 'ord ');
  clients[0]!.send(sync(2, typist.all()));
  for (const client of clients.slice(1)) client.send(sync(2, new Typist().type('kort')));
  await world.settle();
  clients[0]!.send(sync(0, new Uint8Array([0])));
  await world.settle();
  let turns = 0;
  const told = () => clients.every((client) => hashes(client).length === 1);
  vi.advanceTimersByTime(2_500);
  for (; turns < 5_000 && !told(); turns++) {
    world.network.pump();
    await turn();
  }
  expect(hashes(clients[0]!)).toEqual([contentHash(typist.doc)]);
  // One room a turn, and the long one in many slices.
  expect(turns).toBeGreaterThanOrEqual(30);
});
