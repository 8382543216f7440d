/**
 * Why this file exists: coming and going by the hundreds: who is let in at once, how many one person may be, and that
 * rooms somebody went through leave nothing behind, whatever the disk does meanwhile.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRelay } from '../../server/relay/relay.ts';
import { createStats } from '../../server/relay/stats.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { mark, names, person, ROOM, readFrames, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

test('LIM-20 one person has so many connections; the oldest stay, one more is closed with 4429 before any frame', async () => {
  world = new World({ limits: { connectionsPerPerson: 5 } });
  const first = Array.from({ length: 5 }, (_, i) => world.raw(person('astrid', `tab-${i}`)));
  await world.settle();
  const late = Array.from({ length: 3 }, () => world.raw(person('astrid'), { room: 'item:vinterm0te:punkt2' }));
  const other = world.raw(person('bo'));
  await world.settle();
  for (const client of late) {
    expect(client.close?.code).toBe(4429);
    expect(client.frames).toEqual([]);
  }
  for (const client of [...first, other]) expect(names(client.frames)).toContain('step1');
  expect(world.stats.connections).toBe(6);

  first[0]?.leave();
  await world.settle();
  const again = world.raw(person('astrid'));
  const tooMany = world.raw(person('astrid'));
  await world.settle();
  expect(names(again.frames)).toContain('step1');
  expect(tooMany.close?.code).toBe(4429);
});

test('OPEN-12 a decision known at once lets in, or refuses, in the same turn', async () => {
  const stats = createStats();
  let decision: 'read' | 'none' = 'read';
  const relay = createRelay({
    store: new MemoryUpdateStore(),
    stats,
    authorize: () => ({ access: decision, reason: '' }),
  });
  const sent: string[] = [];
  let closed = 0;
  const socket = {
    send: (parcel: { messages: Uint8Array[] }) => void sent.push(...names(parcel.messages)),
    close: (code: number) => {
      closed = code;
    },
    terminate: () => {},
    pause: () => {},
    resume: () => {},
    buffered: 0,
  };
  const request = { room: ROOM, principal: person('astrid'), extended: true };
  await relay.read(ROOM, () => {});
  relay.connect(socket, request);
  expect(sent).toEqual(['epoch', 'step1', 'access']);
  expect(closed).toBe(0);
  decision = 'none';
  void relay.reauthorize({ room: ROOM });
  expect(closed).toBe(4403);
  closed = 0;
  relay.connect(socket, request);
  expect([closed, sent.length]).toEqual([4403, 3]);
  await relay.stop();
});

describe('a thousand rooms gone through, one after the other,', () => {
  /** Opens each room, writes, waits until it is safe or refused, leaves. */
  async function goThrough(rooms: number, from = 0): Promise<void> {
    for (let i = from; i < from + rooms; i++) {
      const client = world.raw(person(`p${i % 7}`), { room: `item:vinterm0te:rum${i}` });
      client.send(sync(2, new Typist().type('hej')));
      client.send(mark(1));
      await world.settle();
      client.leave();
      await world.settle();
    }
  }

  test('OPEN-5 are all let go of, also when they cannot be compacted', async () => {
    world.store.compact = () => Promise.reject(new Error('full'));
    await goThrough(1_000);
    await world.pass(20_000);
    expect(world.stats).toMatchObject({ rooms: 0, connections: 0 });
  });

  test('OPEN-3 leave nothing when they cannot be loaded', async () => {
    world.store.loadFailure = new Error('disk');
    await goThrough(1_000);
    expect(world.stats).toMatchObject({ rooms: 0, connections: 0, loadErrors: 1_000 });
  });

  test('OPEN-6 are let go of when a disk that was full takes what was written', async () => {
    await goThrough(20);
    world.store.failing = new Error('full');
    await goThrough(1_000, 20);
    world.store.failing = null;
    await world.pass(60_000);
    expect(world.stats).toMatchObject({ rooms: 0, connections: 0 });
  });

  test('OPEN-11 do not stay warm when they are too many, and those in use stay', async () => {
    world = new World({ limits: { warmRooms: 50 } });
    const stays = world.raw(person('astrid'));
    await world.settle();
    let most = 0;
    for (let i = 0; i < 10; i++) {
      await goThrough(20, i * 20);
      most = Math.max(most, world.stats.rooms);
    }
    expect(most).toBeLessThanOrEqual(51);
    stays.send(sync(2, new Typist().type('kvar')));
    await world.settle();
    expect(stays.close).toBeNull();
    expect(await world.text()).toBe('kvar');
    expect(readFrames(stays.frames).length).toBeGreaterThan(0);
  });
});
