/**
 * Why this file exists: rules ACC-15 to ACC-17: a room in which nobody writes for a moment, so that what is in it can be
 * read and stored as one.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mark, names, person, ROOM, readFrames, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
  // What comes too late is refused, and that is what is looked at.
  world.attacked = true;
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

const accesses = (frames: readonly Uint8Array[]): string[] =>
  readFrames(frames)
    .filter(({ name }) => name === 'access')
    .map(({ strings }) => strings.join(' '));

test('ACC-15 from a hold on nobody writes, the server included; each is told why, who arrives too', async () => {
  const client = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  client.send(sync(2, typist.type('före ')));
  await world.settle();
  world.relay.hold(ROOM, 'final');
  client.send(sync(2, typist.type('efter')));
  client.send(mark(1));
  await world.settle();
  const late = world.raw(person('berit'));
  await world.settle();
  late.send(sync(2, new Typist().type('sent')));
  await world.settle();

  expect(await world.text()).toBe('före ');
  expect(accesses(client.frames)).toEqual(['write ', 'read final', 'read refused']);
  expect(names(client.frames)).not.toContain('persisted');
  expect(accesses(late.frames)).toEqual(['read final', 'read refused']);
  await expect(world.relay.edit(ROOM, 'astrid', (doc) => doc.getText('t').insert(0, 'x'))).rejects.toThrow(
    'nobody writes',
  );
  expect(await world.text()).toBe('före ');
});

test('ACC-15 it holds also in a room that is not loaded yet, and in no other room', async () => {
  world.relay.hold(ROOM, 'final');
  const here = world.raw(person('astrid'));
  const there = world.raw(person('astrid'), { room: 'item:vinterm0te:punkt2' });
  await world.settle();
  here.send(sync(2, new Typist().type('här')));
  there.send(sync(2, new Typist().type('där')));
  await world.settle();
  expect(await world.text()).toBe('');
  expect(await world.text('item:vinterm0te:punkt2')).toBe('där');
});

test('ACC-16 what was accepted before a hold is committed, acknowledged and in what is read', async () => {
  const client = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  client.send(sync(2, typist.type('början ')));
  await world.settle();
  world.store.hold();
  client.send(sync(2, typist.type('under vägen')));
  client.send(mark(7));
  await world.settle();
  world.relay.hold(ROOM, 'final');
  client.send(sync(2, typist.type(' för sent')));
  const read = world.text();
  await world.settle();
  world.store.release();
  await world.settle();
  expect(await read).toBe('början under vägen');
  expect(readFrames(client.frames).filter(({ name }) => name === 'persisted')).toHaveLength(1);
});

test('ACC-17 when the last hold is let go everybody has their right again and is asked for what was refused', async () => {
  const client = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  client.send(sync(2, typist.type('före ')));
  await world.settle();
  const first = world.relay.hold(ROOM, 'final');
  const second = world.relay.hold(ROOM, 'final');
  client.send(sync(2, typist.type('efter')));
  first();
  first();
  await world.settle();
  expect(await world.text()).toBe('före ');
  second();
  await world.settle();
  expect(accesses(client.frames)).toEqual(['write ', 'read final', 'read refused', 'write ']);
  expect(names(client.frames).filter((name) => name === 'step1')).toHaveLength(2);
  client.send(sync(1, typist.all()));
  client.send(mark(2));
  await world.settle();
  expect(await world.text()).toBe('före efter');
  expect(names(client.frames).at(-1)).toBe('persisted');
});

test('ACC-17 a hold does not outlive the process', async () => {
  world.relay.hold(ROOM, 'final');
  world.crash();
  world.start();
  const client = world.raw(person('astrid'));
  await world.settle();
  client.send(sync(2, new Typist().type('igen')));
  await world.settle();
  expect(await world.text()).toBe('igen');
});
