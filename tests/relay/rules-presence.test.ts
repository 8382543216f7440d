/**
 * Why this file exists: PRE: everybody speaks for themselves only, under the name the server knows, and is seen again at
 * once when they come back.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebsocketProvider } from 'y-websocket';
import type { RawClient } from '../support/socket-pair.ts';
import { awareness, mark, names, person, readFrames, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

const states = (frames: Uint8Array[]) => readFrames(frames).flatMap((frame) => frame.states);
const seen = (watcher: WebsocketProvider, who: WebsocketProvider) =>
  watcher.awareness.getStates().get(who.doc.clientID);

test('PRE-1 the whole user field is the server’s; the rest is the client’s', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  await world.settle();
  a.send(awareness([1, 0, { caret: 5, user: { id: 'bo', name: 'Ordförande', role: 'chair' } }]));
  await world.settle();
  expect(states(b.frames)).toMatchObject([
    { client: 1, state: { caret: 5, user: { id: 'astrid', name: 'ASTRID', colour: 3, organisation: 'ALM' } } },
  ]);
  expect(states(b.frames)[0]!.state!.user).toEqual(person('astrid').user);
});

test('PRE-2 a connection speaks only for the first id it used; other states in it are dropped silently', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  const watcher = world.raw(person('cilla'));
  await world.settle();
  a.send(awareness([1, 0, { n: 'a' }]));
  await world.settle();
  b.send(awareness([2, 0, { n: 'b' }]));
  await world.settle();
  watcher.frames.length = 0;
  b.send(awareness([1, 9_007_199_254_740_991, null]));
  b.send(awareness([1, 50, { n: 'forged' }], [2, 1, { n: 'b2' }], [3, 0, { n: 'second self' }]));
  await world.settle();
  expect(states(watcher.frames)).toMatchObject([{ client: 2, state: { n: 'b2' } }]);
  expect(b.close).toBeNull();
});

test('PRE-3 an id that belongs to somebody else cannot be the first one either', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  await world.settle();
  a.send(awareness([1, 0, { n: 'a' }]));
  await world.settle();
  a.frames.length = 0;
  b.send(awareness([1, 5, { n: 'forged' }]));
  b.send(awareness([2, 0, { n: 'b' }]));
  await world.settle();
  expect(states(a.frames)).toMatchObject([{ client: 2, state: { n: 'b' } }]);
});

test('PRE-4 states over 4 KiB, and what is no object, are dropped; the former state stays', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  await world.settle();
  a.send(awareness([1, 0, { n: 'small' }]));
  await world.settle();
  b.frames.length = 0;
  const bad = ['{"a":', '[1]', '"text"', '7', '', `{"a":"${'x'.repeat(4_100)}"}`, `${'['.repeat(2_000)}`];
  for (const [i, json] of bad.entries()) a.send(awareness([1, i + 1, json]));
  await world.settle();
  expect(b.frames).toEqual([]);
  expect(a.close).toBeNull();
  a.send(awareness([1, 90, { n: 'x'.repeat(4_000) }]));
  await world.settle();
  expect(states(b.frames)).toHaveLength(1);
});

test('PRE-5 keys that poison prototypes do not pass, at no depth and in no spelling', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  await world.settle();
  b.frames.length = 0;
  a.send(awareness([1, 0, '{"__proto__":{"x":1},"a":{"\\u005f_proto__":{"admin":true},"constructor":1,"ok":2}}']));
  await world.settle();
  const text = new TextDecoder().decode(b.frames[0]);
  expect(text).not.toContain('proto');
  expect(text).not.toContain('constructor');
  expect(states(b.frames)[0]!.state!.a).toEqual({ ok: 2 });
});

test('PRE-6 who leaves is gone for the others, also without a goodbye', async () => {
  const a = world.provider(person('astrid'));
  const b = world.provider(person('bo'));
  await world.settle();
  expect(seen(b, a)).toBeDefined();
  world.network.pairs[0]!.cut();
  await world.settle();
  expect(seen(b, a)).toBeUndefined();
});

test('PRE-7 who comes back with the clock they left with is seen at once, also after a restart of the server', async () => {
  const a = world.provider(person('astrid'));
  const b = world.provider(person('bo'));
  for (let i = 0; i < 5; i++) a.awareness.setLocalStateField('caret', i);
  await world.settle();
  const cut = async () => {
    world.network.pairs[0]!.cut();
    await world.settle();
    await world.pass(1_000);
  };
  await cut(); // Astrid's line,
  expect(seen(b, a)).toMatchObject({ caret: 4 });
  await cut(); // then Bo's: who comes back sees those who stayed.
  expect(seen(b, a)).toMatchObject({ caret: 4 });
  expect(seen(a, b)).toBeDefined();
  world.crash();
  world.start();
  await world.pass(2_000);
  expect(seen(b, a)).toMatchObject({ caret: 4 });
  expect(seen(a, b)).toBeDefined();
});

test('PRE-8 a reconnect that comes before the old socket is closed stays visible', async () => {
  const watcher = world.raw(person('cilla'));
  const old = world.raw(person('astrid'));
  await world.settle();
  old.send(awareness([1, 3, { n: 'old' }]));
  await world.settle();
  const fresh = world.raw(person('astrid'));
  await world.settle();
  // Its own state of yesterday must not come back to it as somebody else's.
  expect(states(fresh.frames)).toEqual([]);
  fresh.send(awareness([1, 3, { n: 'new' }]));
  await world.settle();
  // What the old line held back, its goodbye too.
  old.send(awareness([1, 4, { n: 'older' }]));
  old.send(awareness([1, 5, null]));
  await world.settle();
  expect(states(watcher.frames).at(-1)).toMatchObject({ client: 1, state: { n: 'new' } });
  old.pair.cut();
  await world.settle();
  expect(states(watcher.frames).at(-1)).toMatchObject({ client: 1, state: { n: 'new' } });
});

test('PRE-9 nobody gets their own state back, and stock echoes go nowhere', async () => {
  const people = ['astrid', 'bo', 'cilla'].map((name) => world.provider(person(name)));
  await world.settle();
  const pairs = [...world.network.pairs];
  for (const pair of pairs) pair.delivered.length = 0;
  people[0]!.awareness.setLocalStateField('caret', 7);
  await world.settle();
  expect(pairs.map((pair) => names(pair.delivered))).toEqual([[], ['awareness'], ['awareness']]);
  expect(people.every((one) => one.wsconnected)).toBe(true);
});

test('PRE-10 within one flush only the latest state of each leaves', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  const c = world.raw(person('cilla'));
  await world.settle();
  b.send(awareness([2, 0, { n: 0 }]));
  await world.settle();
  a.frames.length = 0;
  c.frames.length = 0;
  for (let i = 1; i <= 10; i++) a.send(awareness([1, i, { n: i }]));
  b.send(awareness([2, 1, { n: 1 }]));
  await world.settle();
  expect(readFrames(c.frames).map((f) => f.states.map((s) => [s.client, s.state!.n]))).toEqual([
    [
      [1, 10],
      [2, 1],
    ],
  ]);
  expect(states(a.frames)).toMatchObject([{ client: 2 }]);
});

test('PRE-11 a newcomer is told who is there, and one’s other tabs see each other', async () => {
  const tab = world.provider(person('astrid'));
  await world.settle();
  const second = world.provider(person('astrid'));
  const guest = world.provider(person('bo'));
  await world.settle();
  for (const watcher of [tab, second, guest]) expect(watcher.awareness.getStates().size).toBe(3);
});

test('PRE-12 a goodbye is passed on; readers are present too', async () => {
  world.rights.set('olga', { access: 'read', reason: 'observer' });
  const reader = world.provider(person('olga'));
  const b = world.provider(person('bo'));
  await world.settle();
  expect(seen(b, reader)).toBeDefined();
  expect(world.relay.present('item:')).toEqual(new Set(['olga', 'bo']));
  reader.awareness.setLocalState(null);
  await world.settle();
  expect(seen(b, reader)).toBeUndefined();
  reader.disconnect();
  await world.settle();
  expect(world.relay.present('item:')).toEqual(new Set(['bo']));
  expect(world.relay.present('agenda:')).toEqual(new Set());
});

test('PRE-13 what was typed and who moved at the same time reach the others in one write', async () => {
  const [a, b, reader] = ['astrid', 'bo', 'cilla'].map((name) => world.raw(person(name))) as [
    RawClient,
    RawClient,
    RawClient,
  ];
  await world.settle();
  for (const client of [a, b]) client.send(awareness([client === a ? 1 : 2, 1, { cursor: 0 }]));
  await world.settle();
  for (const client of [a, b, reader]) client.frames.length = 0;
  const before = [a, b, reader].map((client) => client.pair.writes);
  const [first, second] = [new Typist(1), new Typist(2)];
  a.send(awareness([1, 2, { cursor: 1 }]));
  a.send(sync(2, first.type('a')));
  a.send(mark(1));
  b.send(sync(2, second.type('b')));
  b.send(awareness([2, 2, { cursor: 1 }]));
  await world.settle();
  expect(names(a.frames)).toEqual(['update', 'awareness', 'persisted']);
  expect(names(b.frames)).toEqual(['update', 'awareness']);
  expect(names(reader.frames)).toEqual(['update', 'awareness']);
  expect([a, b, reader].map((client, i) => client.pair.writes - before[i]!)).toEqual([1, 1, 1]);
});

test('PRE-13 presence does not wait for a slow disk', async () => {
  const [a, b] = [world.raw(person('astrid')), world.raw(person('bo'))];
  await world.settle();
  b.frames.length = 0;
  world.store.hold();
  a.send(sync(2, new Typist(1).type('a')));
  a.send(awareness([1, 1, { cursor: 1 }]));
  await world.settle();
  expect(names(b.frames)).toEqual([]);
  await world.pass(30, 15);
  expect(names(b.frames)).toEqual(['awareness']);
  a.send(awareness([1, 2, { cursor: 2 }]));
  await world.settle();
  expect(names(b.frames)).toEqual(['awareness', 'awareness']);
  world.store.release();
  await world.settle();
  expect(names(b.frames)).toEqual(['awareness', 'awareness', 'update']);
});
