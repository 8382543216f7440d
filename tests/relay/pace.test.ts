/**
 * Why this file exists: nobody in a quiet house waits for a timer, and a busy one gathers. Time is told, not waited for.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from '../../server/relay/pace.ts';
import { names, person, sync, Typist, World } from './world.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('JRN-15 the window is nothing in a quiet house, grows with the deliveries a second, and shrinks again', () => {
  let now = 0;
  const pace = new Pace({ windowMs: 20, crowdedWindowMs: 60 }, () => now);
  const secondOf = (deliveries: number) => {
    for (let n = 0; n < 100; n++) {
      pace.note(deliveries / 100);
      now += 10;
    }
    return pace.window;
  };
  expect(secondOf(400)).toBe(0);
  const middle = secondOf(1_250);
  expect(middle).toBeGreaterThan(5);
  expect(middle).toBeLessThan(15);
  expect(secondOf(5_000)).toBe(20);
  expect(secondOf(30_000)).toBe(20);
  expect(secondOf(1_000_000)).toBe(60);
  expect(secondOf(300)).toBe(0);
});

test('JRN-15 where commits take long less is gathered, never under half, and in a crowd all the same', () => {
  let now = 0;
  const pace = new Pace({ windowMs: 40, crowdedWindowMs: 60 }, () => now);
  const busy = (deliveries: number) => {
    for (let n = 0; n < 100; n++) {
      pace.note(deliveries / 100);
      now += 10;
    }
    return pace.window;
  };
  const commits = (...ms: number[]) => {
    for (let n = 0; n < 300; n++) for (const one of ms) pace.took(one);
  };
  expect(busy(5_000)).toBe(40);
  commits(4);
  expect(busy(5_000)).toBe(36);
  expect(busy(1_250)).toBe(20);
  // The same on the whole, but some are slow.
  commits(2, 2, 2, 10);
  expect(busy(5_000)).toBeLessThan(30);
  commits(25);
  expect(busy(5_000)).toBe(20);
  expect(busy(1_000_000)).toBe(60);
  commits(1);
  expect(busy(5_000)).toBe(39);
});

test('JRN-15 one writer in a quiet house waits for the commit alone; in a busy one commits gather', async () => {
  const world = new World({ limits: { windowMs: 20 } });
  const clients = Array.from({ length: 20 }, (_, n) => world.raw(person(`p${n}`)));
  const [writer, reader] = clients as [(typeof clients)[0], (typeof clients)[0]];
  await world.settle();
  reader.frames.length = 0;
  const typist = new Typist();
  writer.send(sync(2, typist.type('a')));
  await world.settle();
  expect(names(reader.frames)).toEqual(['update']);
  for (let n = 0; n < 40; n++) {
    writer.send(sync(2, typist.type('b')));
    await world.settle();
  }
  await world.pass(20, 20);
  reader.frames.length = 0;
  const commits = world.store.appends.length;
  for (let n = 0; n < 3; n++) {
    writer.send(sync(2, typist.type('c')));
    await world.settle();
  }
  expect(names(reader.frames)).toEqual([]);
  await world.pass(20, 20);
  expect(names(reader.frames)).toEqual(['update']);
  expect(world.store.appends.length).toBe(commits + 1);
  world.dispose();
});
