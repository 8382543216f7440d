/**
 * Why this file exists: LIM, what one connection may cost. Whoever comes too fast waits, whoever goes on is closed, and
 * nobody else notices either.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#shared/wire.ts';
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

const rows = async () => (await world.store.inner.load(ROOM)).rows.length;

test('LIM-2 a burst passes at once, what comes faster for longer waits its turn, in order', async () => {
  const typing = new Typist(77);
  const client = world.raw(person('astrid'));
  await world.settle();
  for (let i = 0; i < 1_500; i++) client.send(sync(2, typing.type(String(i % 10))));
  client.send(mark(1));
  await world.settle();
  expect(await world.text()).toHaveLength(1_000);
  expect(names(client.frames)).not.toContain('persisted');
  await world.pass(1_000, 100);
  expect(await world.text()).toHaveLength(1_200);
  await world.pass(2_000, 100);
  expect(await world.text()).toBe(typing.doc.getText('t').toString());
  expect(names(client.frames).at(-1)).toBe('persisted');
  expect(client.close).toBeNull();
});

test('LIM-2 two hundred updates a second, with their marks and carets, never wait', async () => {
  const typing = new Typist(77);
  const client = world.raw(person('astrid'));
  await world.settle();
  for (let second = 0; second < 15; second++) {
    for (let i = 0; i < 200; i++) {
      client.send(sync(2, typing.type('x')));
      client.send(mark(second * 200 + i + 1));
      client.send(awareness([77, i, { caret: i }]));
    }
    await world.settle();
    expect(await world.text()).toHaveLength((second + 1) * 200);
    await world.pass(1_000);
  }
  expect(client.close).toBeNull();
});

test('LIM-2 who goes on regardless is closed with 1008, and nobody else waits', async () => {
  world.attacked = true;
  const attacker = world.raw(person('bo'));
  const other = world.raw(person('astrid'));
  const flood = new Typist(66);
  await world.settle();
  for (let i = 0; i < 10_000; i++) attacker.send(sync(2, flood.type('x')));
  other.send(sync(2, new Typist(77).type('lugnt')));
  other.send(mark(1));
  await world.settle();
  expect(attacker.close?.code).toBe(CLOSE.policy);
  expect(names(other.frames).at(-1)).toBe('persisted');
  expect(await world.text()).toHaveLength(1_000 + 'lugnt'.length);
  expect(world.logged.filter((line) => line.event === 'too-fast')).toHaveLength(1);
});

test('LIM-3 presence that comes too fast waits too; the echoes of stock clients are not counted', async () => {
  world = new World({ limits: { messagesPerSecond: 10, messagesAtOnce: 20, waitingMessages: 1_000 } });
  world.attacked = true;
  const client = world.raw(person('astrid'));
  const watcher = world.provider(person('bo'));
  await world.settle();
  client.send(awareness([77, 1, { caret: 0 }]));
  for (let i = 0; i < 3_000; i++) client.send(awareness([12_345, i, { user: { name: 'någon annan' } }]));
  client.send(awareness([77, 2, { caret: 1 }]));
  await world.settle();
  const caret = () => (watcher.awareness.getStates().get(77) as { caret: number } | undefined)?.caret;
  expect(caret()).toBe(1);
  for (let i = 0; i < 40; i++) client.send(awareness([77, 3 + i, { caret: 10 + i }]));
  await world.settle();
  expect(caret()).toBe(27);
  await world.pass(2_500, 100);
  expect(caret()).toBe(49);
  for (let i = 0; i < 1_100; i++) client.send(awareness([77, 50 + i, { caret: i }]));
  await world.settle();
  expect(client.close?.code).toBe(CLOSE.policy);
});

test('LIM-4 whole documents are sent twice in ten seconds; of the questions between, the last is answered', async () => {
  const writer = world.raw(person('astrid'));
  await world.settle();
  writer.send(sync(2, new Typist(77).type('å'.repeat(40_000))));
  await world.settle();
  const asking = world.raw(person('bo'));
  await world.settle();
  asking.frames.length = 0;
  const nothing = new Uint8Array([0]);
  for (let i = 0; i < 1_000; i++) asking.send(sync(0, nothing));
  const half = Y.encodeStateVector(new Y.Doc());
  asking.send(sync(0, half));
  await world.settle();
  expect(names(asking.frames)).toEqual(['step2', 'step2', 'step2', 'step2']);
  await world.pass(5_000, 500);
  expect(names(asking.frames).filter((name) => name === 'step2')).toHaveLength(5);
  await world.pass(20_000, 1_000);
  expect(names(asking.frames).filter((name) => name === 'step2')).toHaveLength(5);
  expect(asking.close).toBeNull();
});

test('LIM-4 small answers that are ready are not counted', async () => {
  const writer = world.raw(person('astrid'));
  await world.settle();
  writer.send(sync(2, new Typist(77).type('kort')));
  await world.settle();
  writer.frames.length = 0;
  for (let i = 0; i < 50; i++) writer.send(sync(0, new Uint8Array([0])));
  await world.settle();
  expect(names(writer.frames)).toHaveLength(50);
});

test('LIM-5 a document at its limit takes no more than small edits, then only what makes it smaller, and recovers', async () => {
  world = new World({ limits: { documentBytes: 40_000 } });
  world.attacked = true;
  const typing = new Typist(77);
  const client = world.raw(person('astrid'));
  const other = world.raw(person('bo'));
  await world.settle();
  client.send(sync(2, typing.type('x'.repeat(30_000))));
  await world.settle();
  const paste = new Typist(66);
  other.send(sync(2, paste.type('y'.repeat(20_000))));
  other.send(mark(1));
  await world.settle();
  const told = readFrames(other.frames).filter((frame) => frame.name === 'access');
  expect(told.map((frame) => frame.strings)).toEqual([
    ['write', ''],
    ['write', 'full'],
  ]);
  expect(names(other.frames)).not.toContain('persisted');
  expect(await rows()).toBe(1);
  // A text can be finished.
  for (let i = 0; i < 20; i++) {
    client.send(sync(2, typing.type('z'.repeat(900))));
    await world.pass(1_000);
  }
  const length = (await world.text()).length;
  expect(length).toBeGreaterThan(40_000);
  expect(length).toBeLessThanOrEqual(45_000);
  // Then one can only take away; the tail that was refused comes with what is deleted of it.
  client.send(sync(1, Y.encodeStateAsUpdate(typing.doc)));
  await world.settle();
  expect((await world.text()).length).toBe(length);
  typing.erase(0, 40_000);
  client.send(sync(1, Y.encodeStateAsUpdate(typing.doc)));
  client.send(mark(2));
  await world.pass(11_000);
  expect(await world.text()).toBe(typing.doc.getText('t').toString());
  client.send(sync(2, typing.type(' och åter plats')));
  client.send(mark(3));
  await world.settle();
  expect(await world.text()).toContain('och åter plats');
  expect(names(client.frames).at(-1)).toBe('persisted');
});

test('LIM-5 single keys count for what they are in the document, however many come in a short time', async () => {
  world = new World({ limits: { documentBytes: 6_000, updatesAtOnce: 2_000, updatesPerSecond: 2_000 } });
  const client = world.raw(person('astrid'));
  const typing = new Typist(77);
  await world.settle();
  // On their way they are several times the limit, in the document a third of it.
  for (let i = 0; i < 1_800; i++) client.send(sync(2, typing.type('x')));
  await world.settle();
  expect(await world.text()).toHaveLength(1_800);
  const told = readFrames(client.frames).filter((frame) => frame.name === 'access');
  expect(told.map((frame) => frame.strings)).toEqual([['write', '']]);
});

test('LIM-5 the size of what is stored counts after a restart, compacted', async () => {
  world = new World({ limits: { documentBytes: 20_000 } });
  const typing = new Typist(77);
  const client = world.raw(person('astrid'));
  await world.settle();
  for (let i = 0; i < 3; i++) {
    client.send(sync(2, typing.type('x'.repeat(9_000))));
    client.send(sync(2, typing.erase(0, 9_000)));
  }
  await world.settle();
  world.crash();
  world.start();
  const again = world.raw(person('astrid', 's2'));
  await world.settle();
  again.send(sync(2, typing.type('y'.repeat(9_000))));
  await world.settle();
  expect(await world.text()).toHaveLength(9_000);
});
