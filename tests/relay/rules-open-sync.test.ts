/**
 * Why this file exists: OPEN and SYN, seen from outside: how a room is opened, what is said first, and what a broken
 * message costs.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { MESSAGE_QUERY_AWARENESS } from '#shared/wire.ts';
import { awareness, mark, names, person, ROOM, readFrames, sync, Typist, turn, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

test('OPEN-1 a room is loaded once, however many open it at once', async () => {
  for (let i = 0; i < 20; i++) world.raw(person(`p${i}`));
  await world.settle();
  expect(world.store.loads).toBe(1);
});

test('OPEN-2 nothing is handled or sent before the room is loaded; messages wait in order', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const load = world.store.load.bind(world.store);
  world.store.load = async (room) => {
    await gate;
    return load(room);
  };
  const typist = new Typist();
  const client = world.raw(person('astrid'));
  client.send(sync(2, typist.type('ett ')));
  client.send(sync(2, typist.type('två')));
  client.send(mark(1));
  await world.settle();
  expect(client.frames).toEqual([]);
  open();
  await world.settle();
  expect(names(client.frames)).toEqual(['epoch', 'step1', 'access', 'persisted']);
  expect(await world.text()).toBe('ett två');
});

test('OPEN-3 a load error closes the connection and is never an empty document; the next opener tries again', async () => {
  world.store.loadFailure = new Error('disk');
  const client = world.raw(person('astrid'));
  await world.settle();
  expect(client.frames).toEqual([]);
  expect(client.close?.code).toBe(1011);
  world.store.loadFailure = null;
  const again = world.raw(person('astrid'));
  await world.settle();
  expect(names(again.frames)).toContain('step1');
});

test('OPEN-4 an unknown room is closed with 4404 before any frame, and nothing is loaded', async () => {
  world.rights.set('astrid', 'missing');
  const client = world.raw(person('astrid'), { room: '__proto__' });
  await world.settle();
  expect(client.close?.code).toBe(4404);
  expect(client.frames).toEqual([]);
  expect(world.store.loads).toBe(0);
});

test('OPEN-5 a room nobody is in stays warm, then is let go and compacted, and comes back whole', async () => {
  const a = world.provider(person('astrid'));
  await world.settle();
  a.doc.getText('t').insert(0, 'vinter');
  await world.settle();
  a.disconnect();
  await world.settle();
  await world.pass(9_000);
  a.connect();
  await world.settle();
  expect(world.store.loads).toBe(1);
  a.disconnect();
  await world.pass(20_000);
  expect(world.store.compactions).toBe(1);
  expect((await world.store.inner.load(ROOM)).rows).toEqual([]);
  const b = world.provider(person('bo'));
  await world.settle();
  expect(b.doc.getText('t').toString()).toBe('vinter');
});

test('OPEN-6 a room whose text is not on the disk yet is not let go', async () => {
  const a = world.provider(person('astrid'));
  await world.settle();
  world.store.hold();
  a.doc.getText('t').insert(0, 'väntar');
  await world.settle();
  a.disconnect();
  await world.pass(60_000, 5_000);
  const b = world.provider(person('bo'));
  await world.settle();
  world.store.release();
  await world.settle();
  expect(b.doc.getText('t').toString()).toBe('väntar');
});

test('OPEN-7 who leaves and returns while the last compaction runs gets the text once', async () => {
  const a = world.provider(person('astrid'));
  await world.settle();
  a.doc.getText('t').insert(0, 'en gång');
  await world.settle();
  a.disconnect();
  await world.settle();
  world.store.hold();
  await world.pass(20_000);
  const b = world.provider(person('bo'));
  a.connect();
  await world.settle();
  world.store.release();
  await world.settle();
  b.doc.getText('t').insert(0, 'bara ');
  await world.settle();
  expect(a.doc.getText('t').toString()).toBe('bara en gång');
  world.crash();
  world.start();
  expect(await world.text()).toBe('bara en gång');
});

test('OPEN-8 a row that cannot be read is left aside and kept; the rest opens', async () => {
  const typist = new Typist();
  const row = (update: Uint8Array) => ({ room: ROOM, update, personId: 'astrid', at: 1, newClients: [] });
  const broken = new Typist().type('trasig').slice(0, 12);
  await world.store.inner.append([row(typist.type('hel ')), row(broken), row(typist.type('text'))]);
  expect(await world.text()).toBe('hel text');
  expect(world.logged.filter((line) => line.event === 'row-broken')).toHaveLength(1);
  await world.pass(30_000, 5_000);
  const stored = await world.store.inner.load(ROOM);
  expect(stored.rows.map((r) => r.update)).toEqual([broken]);
  world.crash();
  world.start();
  expect(await world.text()).toBe('hel text');
});

test('OPEN-9 a broken snapshot is a load error, wherever it is broken', async () => {
  const state = new Typist().type('En hel mening som gick sönder.');
  for (const snapshot of [new Uint8Array([1, 200, 3]), state.slice(0, -1), state.slice(0, 20)]) {
    await world.store.inner.compact(ROOM, snapshot, [], []);
    const client = world.raw(person('astrid'));
    await world.settle();
    expect(client.close?.code).toBe(1011);
    expect(client.frames).toEqual([]);
  }
});

test('SYN-1 the first frame is sync step 1, to extended clients right behind the epoch', async () => {
  const stock = world.raw(person('astrid'), { extended: false });
  const extended = world.raw(person('bo'));
  await world.settle();
  expect(names(stock.frames)).toEqual(['step1']);
  expect(names(extended.frames)).toEqual(['epoch', 'step1', 'access']);
  const [epoch] = readFrames(extended.frames);
  world.crash();
  world.start();
  const later = world.raw(person('bo'));
  await world.settle();
  expect(readFrames(later.frames)[0]!.strings).toEqual(epoch!.strings);
});

test('SYN-2 sync step 1 is answered with exactly what the client lacks', async () => {
  await world.relay.edit(ROOM, 'server', (doc) => doc.getText('t').insert(0, 'allt det gamla'));
  const known = new Typist();
  Y.applyUpdate(known.doc, await world.relay.read(ROOM, (doc) => Y.encodeStateAsUpdate(doc)));
  await world.relay.edit(ROOM, 'server', (doc) => doc.getText('t').insert(0, 'nytt, '));
  const client = world.raw(person('astrid'));
  await world.settle();
  client.frames.length = 0;
  client.send(sync(0, Y.encodeStateVector(known.doc)));
  client.send(sync(0, new Uint8Array([0])));
  await world.settle();
  const [diff, everything] = readFrames(client.frames);
  expect(Y.decodeUpdate(diff!.bytes).structs.map((struct) => struct.length)).toEqual([6]);
  Y.applyUpdate(known.doc, diff!.bytes);
  expect(known.doc.getText('t').toString()).toBe('nytt, allt det gamla');
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, everything!.bytes);
  expect(fresh.getText('t').toString()).toBe('nytt, allt det gamla');
});

const typist = new Typist();
const whole = typist.type('Hela meningen, inte halva.');
const erased = typist.erase(0, 4);
const longStateVector = Y.encodeStateVector(new Map(Array.from({ length: 10_001 }, (_, i) => [i, 1])));
const malformed: [string, Uint8Array][] = [
  ['an empty frame', new Uint8Array()],
  ['an unknown type', new Uint8Array([99])],
  ['a server-only type', new Uint8Array([121, 1])],
  ['a type cut off', new Uint8Array([0x80])],
  ['an unknown sync message', new Uint8Array([0, 7, 0])],
  ['a body shorter than it says', new Uint8Array([0, 2, 50, 1])],
  ['bytes behind the message', new Uint8Array([...mark(1), 0, 0])],
  ['a mark without a number', new Uint8Array([120])],
  ['an update of random bytes', sync(2, new Uint8Array([9, 8, 7, 6, 5, 4]))],
  ['an update cut in its structs', sync(2, whole.slice(0, whole.length - 9))],
  ['an update cut behind its structs', sync(2, whole.slice(0, whole.length - 1))],
  ['a delete set with a wrong count', sync(2, new Uint8Array([...erased.slice(0, -3), 9, ...erased.slice(-2)]))],
  ['deleted ranges that fall', sync(2, new Uint8Array([0, 1, 7, 2, 5, 1, 0, 1]))],
  ['deleted ranges that overlap', sync(2, new Uint8Array([0, 1, 7, 2, 0, 3, 2, 1]))],
  ['deletions of a client in two places', sync(2, new Uint8Array([0, 3, 7, 1, 0, 1, 8, 1, 0, 1, 7, 1, 4, 1]))],
  ['a huge declared number of structs', sync(2, new Uint8Array([1, 255, 255, 255, 255, 15, 1, 0]))],
  ['a state vector cut off', sync(0, new Uint8Array([2, 1]))],
  ['a state vector of too many clients', sync(0, longStateVector)],
  ['an awareness body cut off', new Uint8Array([1, 3, 2, 1, 1])],
  [
    'awareness of too many states',
    awareness(...Array.from({ length: 2_001 }, (_, i) => [i, 1, '{}'] as [number, number, string])),
  ],
];
test.each(malformed)('SYN-3 %s closes that connection and no other, and nothing of it is applied', async (_, bytes) => {
  world.attacked = true;
  const other = world.raw(person('bo'));
  const client = world.raw(person('astrid'));
  await world.settle();
  other.frames.length = 0;
  client.send(bytes);
  client.send(sync(2, new Typist().type('efteråt')));
  await world.settle();
  expect([1003, 1008]).toContain(client.close?.code);
  expect(other.close).toBeNull();
  expect(other.frames).toEqual([]);
  expect(await world.text()).toBe('');
  expect((await world.store.inner.load(ROOM)).rows).toEqual([]);
});

test('SYN-4 a text frame is closed with 1003', async () => {
  const client = world.raw(person('astrid'));
  await world.settle();
  client.pair.text();
  await world.settle();
  expect(client.close?.code).toBe(1003);
});

test('SYN-5 an update that is a view into a larger buffer is kept although the buffer is used again', async () => {
  const client = world.raw(person('astrid'));
  await world.settle();
  const bytes = sync(2, new Typist().type('kvar'));
  const pool = new Uint8Array(1_000);
  pool.set(bytes, 100);
  world.store.hold();
  client.pair.toServer.push({ kind: 'bytes', bytes: pool.subarray(100, 100 + bytes.length) });
  client.pair.stepToServer();
  pool.fill(0);
  world.store.release();
  await world.settle();
  expect(await world.text()).toBe('kvar');
});

test('SYN-6 an update whose predecessors are missing is put aside, unacknowledged, until the client has sent all', async () => {
  const typing = new Typist();
  const client = world.raw(person('astrid'));
  const other = world.raw(person('bo'));
  await world.settle();
  client.send(sync(1, typing.all()));
  typing.type('förlorad ');
  client.send(sync(2, typing.type('och efter')));
  client.send(mark(1));
  client.frames.length = 0;
  other.frames.length = 0;
  await world.settle();
  expect(names(client.frames)).toEqual(['step1']);
  expect(other.frames).toEqual([]);
  client.send(sync(1, Y.encodeStateAsUpdate(typing.doc, readFrames(client.frames)[0]!.bytes)));
  await world.settle();
  expect(await world.text()).toBe('förlorad och efter');
  expect(names(client.frames)).toEqual(['step1', 'persisted']);
});

test('SYN-8 who types before answering sync step 1 is not asked twice, and not acknowledged too early', async () => {
  const typing = new Typist();
  typing.type('skrivet utan nät, ');
  const client = world.raw(person('astrid'));
  await world.settle();
  client.frames.length = 0;
  client.send(sync(2, typing.type('och med')));
  client.send(mark(1));
  await world.settle();
  expect(client.frames).toEqual([]);
  client.send(sync(1, typing.all()));
  await world.settle();
  expect(names(client.frames)).toEqual(['persisted']);
  expect(await world.text()).toBe('skrivet utan nät, och med');
});

test('LIM-1 a frame over the limit is closed with 1009', async () => {
  world.dispose();
  world = new World({ limits: { frameBytes: 1_000 } });
  const client = world.raw(person('astrid'));
  const other = world.raw(person('bo'));
  await world.settle();
  client.send(sync(2, new Typist().type('x'.repeat(1_000))));
  await world.settle();
  expect(client.close?.code).toBe(1009);
  expect(other.close).toBeNull();
  expect(await world.text()).toBe('');
});

test('OPEN-10 what waits for a room that does not open is bounded', async () => {
  world.dispose();
  world = new World({ limits: { inboxBytes: 10_000 } });
  world.decisionGate = new Promise(() => {});
  const client = world.raw(person('astrid'));
  await turn();
  for (let i = 0; i < 30; i++) client.send(sync(2, new Typist().type('x'.repeat(500))));
  await world.settle();
  expect(client.close?.code).toBe(1013);
});

test('SYN-7 query awareness is answered with everybody', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  await world.settle();
  a.send(awareness([1, 0, { caret: 1 }]));
  await world.settle();
  b.frames.length = 0;
  b.send(new Uint8Array([MESSAGE_QUERY_AWARENESS]));
  await world.settle();
  expect(readFrames(b.frames)[0]!.states).toMatchObject([{ client: 1, state: { caret: 1 } }]);
});
