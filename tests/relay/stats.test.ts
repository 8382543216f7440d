/**
 * Why this file exists: what the relay counts about itself is what happened, each thing once; the metrics and the
 * administrator's page are read from nothing else.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDurations, DURATION_BOUNDS, observe, quantile } from '../../server/relay/stats.ts';
import { awareness, mark, person, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World({ limits: { sendQueueBytes: 2_000 } });
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

describe('what is counted', () => {
  test('rooms and connections now, and what they said and were told', async () => {
    const [a, b] = [world.raw(person('astrid')), world.raw(person('bo'))];
    await world.settle();
    expect(world.stats).toMatchObject({ rooms: 1, connections: 2, connectionsOpened: 2, updatesIn: 0 });
    const typist = new Typist();
    a.send(sync(2, typist.type('ett')));
    a.send(sync(2, typist.type('två')));
    a.send(mark(1));
    a.send(awareness([typist.doc.clientID, 1, { cursor: 1 }]));
    await world.settle();
    expect(world.stats).toMatchObject({ framesIn: 4, updatesIn: 2, deliveries: 2, rows: 2, commits: 1 });
    expect(world.stats).toMatchObject({ presenceIn: 1, presenceOut: 1 });
    expect(world.stats.commitMs.count).toBe(1);
    expect(world.stats.persistMs.count).toBe(2);
    expect(world.stats.framesOut).toBe(a.frames.length + b.frames.length);
    // With the two bytes of WebSocket header in front of each.
    expect(world.stats.bytesOut).toBe([...a.frames, ...b.frames].reduce((sum, f) => sum + f.byteLength + 2, 0));
    a.pair.cut();
    b.pair.cut();
    await world.pass(30_000);
    expect(world.stats).toMatchObject({ rooms: 0, connections: 0, connectionsOpened: 2, compactions: 1 });
  });

  test('refusals by reason, malformed messages, closes by code', async () => {
    world.attacked = true;
    world.rights.set('bo', { access: 'read', reason: 'observer' });
    const [a, b, c] = [world.raw(person('astrid')), world.raw(person('bo')), world.raw(person('cilla'))];
    await world.settle();
    a.send(sync(2, new Typist(7).type('mitt')));
    b.send(sync(2, new Typist().type('får inte')));
    c.send(sync(2, new Typist(7).type('inte mitt')));
    c.send(new Uint8Array([0, 2, 200]));
    await world.settle();
    expect(world.stats).toMatchObject({ refused: { observer: 1, owner: 1 }, malformed: 1, closed: { 1008: 1 } });
  });

  test('a gap that was put aside, and that everything was asked for again', async () => {
    const a = world.raw(person('astrid'));
    await world.settle();
    a.send(sync(1, new Uint8Array([0, 0])));
    const typist = new Typist();
    typist.type('saknas');
    a.send(sync(2, typist.type('kommer')));
    await world.settle();
    expect(world.stats).toMatchObject({ refused: { gap: 1 }, resyncs: 1, rows: 0 });
  });

  test('a disk that fails, and since when', async () => {
    const a = world.raw(person('astrid'));
    await world.settle();
    world.store.failing = new Error('disk');
    a.send(sync(2, new Typist().type('x')));
    await world.settle();
    expect(world.stats).toMatchObject({ commitFailures: 1, storageUnavailableSince: null });
    await world.pass(100, 50);
    expect(world.stats.storageUnavailableSince).toBe(Date.now() - 50);
    world.store.failing = null;
    await world.pass(5_000);
    expect(world.stats).toMatchObject({ storageUnavailableSince: null, rows: 1 });
    expect(quantile(world.stats.persistMs.counts, 1)).toBeGreaterThan(100);
  });

  test('rooms that could not be read, peers that were cut', async () => {
    world.store.loadFailure = new Error('disk');
    world.raw(person('astrid'));
    await world.settle();
    expect(world.stats).toMatchObject({ loadErrors: 1, rooms: 0, closed: { 1011: 1 } });
    world.store.loadFailure = null;
    const [a, deaf] = [world.raw(person('astrid')), world.raw(person('bo'))];
    await world.settle();
    deaf.pair.paused = true;
    const typist = new Typist();
    for (let i = 0; i < 5; i++) {
      a.send(sync(2, typist.type('x'.repeat(900))));
      await world.settle();
    }
    expect(world.stats).toMatchObject({ slowPeers: 1, connections: 1 });
  });
});

describe('durations', () => {
  test('a quantile lies within the bucket of the duration it names', () => {
    const durations = createDurations();
    expect(quantile(durations.counts, 0.5)).toBeNull();
    for (let ms = 1; ms <= 100; ms++) observe(durations, ms);
    expect(durations).toMatchObject({ count: 100, sum: 5_050 });
    expect(Math.abs(quantile(durations.counts, 0.5)! - 50)).toBeLessThan(8);
    expect(Math.abs(quantile(durations.counts, 0.99)! - 99)).toBeLessThan(32);
  });

  test('what is longer than any bound, and what a turned clock makes negative, is counted too', () => {
    const durations = createDurations();
    observe(durations, 1e6);
    observe(durations, -5);
    expect(durations.counts[0]).toBe(1);
    expect(durations.counts[DURATION_BOUNDS.length]).toBe(1);
    expect(quantile(durations.counts, 1)).toBe(DURATION_BOUNDS.at(-1));
    expect(durations.sum).toBe(1e6);
  });
});
