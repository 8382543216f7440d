/**
 * Why this file exists: FAN: what a commit holds reaches everybody in as few frames as may be, and people who do not read
 * cost nobody else.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { awareness, mark, names, person, ROOM, readFrames, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

test('FAN-1 the updates of one turn are merged into one frame; authors get only the others’', async () => {
  const clients = ['astrid', 'bo', 'cilla'].map((name) => world.raw(person(name)));
  const [a, b, c] = clients as [(typeof clients)[0], (typeof clients)[0], (typeof clients)[0]];
  await world.settle();
  for (const client of clients) client.frames.length = 0;
  const [first, second] = [new Typist(1), new Typist(2)];
  for (let i = 0; i < 10; i++) {
    a.send(sync(2, first.type('a')));
    b.send(sync(2, second.type('b')));
  }
  await world.settle();
  expect(clients.map((client) => names(client.frames))).toEqual([['update'], ['update'], ['update']]);
  const clientsIn = (frames: Uint8Array[]) => [
    ...new Set(Y.decodeUpdate(readFrames(frames)[0]!.bytes).structs.map((s) => s.id.client)),
  ];
  expect(clientsIn(a.frames)).toEqual([2]);
  expect(clientsIn(b.frames)).toEqual([1]);
  expect(clientsIn(c.frames).sort()).toEqual([1, 2]);
  const dan = world.raw(person('dan'));
  await world.settle();
  a.send(sync(2, first.type('a')));
  await world.settle();
  // One buffer for all who get the same.
  const [mine, theirs] = [dan.pair.sent.at(-1)!, c.pair.sent.at(-1)!];
  expect(mine.buffer).toBe(theirs.buffer);
  expect(mine.byteOffset).toBe(theirs.byteOffset);
});

test('FAN-2 a commit is one update where clocks follow, and further frames of the same write where they overlap', async () => {
  const a = world.raw(person('astrid'));
  const again = world.raw(person('astrid', 'another tab'));
  const b = world.raw(person('bo'));
  await world.settle();
  b.frames.length = 0;
  const typist = new Typist();
  for (let i = 0; i < 130; i++) a.send(sync(2, typist.type('x')));
  await world.settle();
  expect(names(b.frames)).toEqual(['update']);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, readFrames(b.frames)[0]!.bytes);
  expect(doc.getText('t').length).toBe(130);
  const before = b.pair.writes;
  a.send(sync(2, typist.type('y')));
  again.send(sync(1, typist.all()));
  await world.settle();
  // What was said twice is cut away before it is accepted, so nothing overlaps.
  expect(names(b.frames)).toEqual(['update', 'update']);
  expect(b.pair.writes).toBe(before + 1);
  for (const { bytes } of readFrames(b.frames)) Y.applyUpdate(doc, bytes);
  expect(doc.getText('t').toString()).toBe(`${'x'.repeat(130)}y`);
  expect(await world.text()).toBe(doc.getText('t').toString());
});

test('FAN-3 a peer that does not read is closed with 1013 and cut; the others do not notice', async () => {
  world.dispose();
  world = new World({ limits: { sendQueueBytes: 50_000 } });
  const a = world.raw(person('astrid'));
  const deaf = world.raw(person('bo'));
  const b = world.raw(person('cilla'));
  await world.settle();
  deaf.pair.paused = true;
  const typist = new Typist();
  for (let i = 0; i < 100; i++) {
    a.send(sync(2, typist.type('x'.repeat(1_000))));
    await world.settle();
  }
  expect(deaf.pair.serverClose?.code).toBe(1013);
  expect(deaf.pair.terminated).toBe(true);
  expect(deaf.pair.sent.reduce((sum, frame) => sum + frame.byteLength, 0)).toBeLessThan(55_000);
  expect(b.close).toBeNull();
  expect(names(b.frames).filter((name) => name === 'update')).toHaveLength(100);
});

test('FAN-7 a socket that breaks while a commit is sent costs nobody else the commit', async () => {
  const [a, broken, b] = ['astrid', 'bo', 'cilla'].map((name) => world.raw(person(name)));
  await world.settle();
  broken!.pair.broken = true;
  a!.send(sync(2, new Typist().type('till alla')));
  a!.send(mark(1));
  await world.settle();
  expect(names(b!.frames).at(-1)).toBe('update');
  expect(names(a!.frames).at(-1)).toBe('persisted');
  expect(broken!.pair.serverClose?.code).toBe(1011);
});

test('FAN-4 a whole document may be larger than the queue; one that never moves is cut all the same', async () => {
  world.dispose();
  world = new World({ limits: { sendQueueBytes: 50_000 } });
  await world.relay.edit(ROOM, 'server', (doc) => doc.getText('t').insert(0, 'y'.repeat(200_000)));
  const reader = world.raw(person('bo'));
  const deaf = world.raw(person('cilla'));
  await world.settle();
  for (const client of [reader, deaf]) {
    client.send(sync(0, new Uint8Array([0])));
    client.pair.paused = true;
  }
  await world.settle();
  await world.relay.edit(ROOM, 'server', (doc) => doc.getText('t').insert(0, 'mer '));
  reader.pair.paused = false;
  await world.settle();
  expect(reader.close).toBeNull();
  expect(names(reader.frames).slice(-2)).toEqual(['step2', 'update']);
  await world.pass(20_000, 5_000);
  expect(deaf.pair.serverClose?.code).toBe(1013);
  expect(reader.close).toBeNull();
});

test('FAN-8 an update larger than the queue may wait on top of it; a second one behind it may not', async () => {
  world.dispose();
  world = new World({ limits: { sendQueueBytes: 50_000 } });
  const writer = world.raw(person('astrid'));
  const slow = world.raw(person('bo'));
  const deaf = world.raw(person('cilla'));
  await world.settle();
  const typist = new Typist();
  for (const client of [slow, deaf]) client.pair.paused = true;
  writer.send(sync(2, typist.type('y'.repeat(200_000))));
  await world.settle();
  writer.send(sync(2, typist.type('mer ')));
  await world.settle();
  slow.pair.paused = false;
  await world.settle();
  expect(names(slow.frames).slice(-2)).toEqual(['update', 'update']);
  slow.pair.paused = true;
  writer.send(sync(2, typist.type('z'.repeat(200_000))));
  await world.settle();
  writer.send(sync(2, typist.type('slut')));
  await world.settle();
  expect(deaf.pair.serverClose?.code).toBe(1013);
  expect(deaf.pair.terminated).toBe(true);
  slow.pair.paused = false;
  await world.settle();
  expect(slow.close).toBeNull();
  expect(names(slow.frames).slice(-2)).toEqual(['update', 'update']);
});

test('FAN-5 a silent connection hears an empty awareness frame at least every 15 s; a talking one hears none', async () => {
  const silent = world.raw(person('astrid'));
  await world.settle();
  silent.frames.length = 0;
  await world.pass(15_000);
  expect(names(silent.frames)).toEqual(['awareness']);
  expect(readFrames(silent.frames)[0]!.states).toEqual([]);
  await world.pass(60_000);
  expect(silent.frames.length).toBeGreaterThanOrEqual(5);
  expect(silent.frames.length).toBeLessThanOrEqual(8);
  const talker = world.raw(person('bo'));
  await world.settle();
  silent.frames.length = 0;
  for (let i = 0; i < 30; i++) {
    talker.send(awareness([5, i, { i }]));
    await world.pass(1_000);
  }
  expect(readFrames(silent.frames).filter((frame) => frame.states.length === 0)).toEqual([]);
});

test('FAN-6 a notice reaches extended clients of that room, those still arriving too', async () => {
  const here = world.raw(person('astrid'));
  const stock = world.raw(person('bo'), { extended: false });
  const elsewhere = world.raw(person('cilla'), { room: 'item:annat' });
  await world.settle();
  let open = () => {};
  world.decisionGate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arriving = world.raw(person('dan'));
  await world.settle();
  world.relay.notice(ROOM, 'meeting');
  world.relay.notice(ROOM, 'meeting');
  open();
  await world.settle();
  const topics = (frames: Uint8Array[]) =>
    readFrames(frames)
      .filter((f) => f.name === 'notice')
      .map((f) => f.strings[0]);
  expect(topics(here.frames)).toEqual(['meeting', 'meeting']);
  expect(topics(arriving.frames)).toEqual(['meeting']);
  expect(topics(stock.frames)).toEqual([]);
  expect(topics(elsewhere.frames)).toEqual([]);
});
