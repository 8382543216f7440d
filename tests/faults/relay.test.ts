/**
 * Why this file exists: faults of the relay by itself, over fake sockets and a store in memory: long histories, rooms
 * that come and go by the thousand, and every hook it was handed rejecting.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compacted } from '../../server/relay/compaction.ts';
import { noLog } from '../../server/relay/log.ts';
import type { Parcel } from '../../server/relay/parcel.ts';
import type { RelaySocket, StoredRoom } from '../../server/relay/ports.ts';
import { createRelay } from '../../server/relay/relay.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { mark, person, readFrames, sync, Typist } from '../relay/world.ts';
import { FaultyStore } from '../support/faulty-store.ts';
import { random } from '../support/random.ts';
import { pause } from './stage.ts';

const ROOM = 'item:vinterm0te:punkt1';
const WRITE = { access: 'write', reason: '' } as const;

/** Rejections nobody caught: each would end the process. */
let uncaught: unknown[] = [];
const note = (reason: unknown): void => void uncaught.push(reason);
beforeEach(() => {
  uncaught = [];
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

interface Fake extends RelaySocket {
  frames: Uint8Array[];
  code: number | null;
}

function fakeSocket(more: Partial<RelaySocket> = {}): Fake {
  const socket: Fake = {
    frames: [],
    code: null,
    buffered: 0,
    send(parcel: Parcel) {
      socket.frames.push(...parcel.messages);
    },
    close(code: number) {
      socket.code ??= code;
    },
    terminate() {
      socket.code ??= 1006;
    },
    ...more,
  } as Fake;
  return socket;
}

async function until(what: string, condition: () => boolean, ms = 10_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not ${what} within ${ms} ms`);
    await pause(5);
  }
}

function textOf({ snapshot, rows }: StoredRoom): string {
  const doc = new Y.Doc();
  if (snapshot) Y.applyUpdate(doc, snapshot);
  for (const row of rows) Y.applyUpdate(doc, row.update);
  return doc.getText('t').toString();
}

describe('a long history', () => {
  it('F31 ten thousand tiny updates: it opens, and compacted it is at most twice its snapshot', async () => {
    const typist = new Typist(5);
    const lots = random(31);
    const store = new MemoryUpdateStore();
    const rows = Array.from({ length: 10_000 }, (_, at) => {
      const { length } = typist.doc.getText('t');
      const update = lots.int(1, 5) === 1 && length > 10 ? typist.erase(lots.int(0, length - 2), 1) : typist.type('x');
      return { room: ROOM, update, personId: 'anna', at, newClients: at === 0 ? [5] : [] };
    });
    await store.append(rows);
    const wanted = typist.doc.getText('t').toString();
    const relay = createRelay({ store, authorize: async () => WRITE });
    const from = performance.now();
    expect(await relay.read(ROOM, (doc) => doc.getText('t').toString())).toBe(wanted);
    expect(performance.now() - from).toBeLessThan(2_000);
    await relay.stop();
    const result = await compacted(await store.load(ROOM), ROOM, noLog);
    await store.compact(ROOM, result!.snapshot, result!.spans, result!.seqs);
    const after = await store.load(ROOM);
    expect(textOf(after)).toBe(wanted);
    const bytes = after.snapshot!.byteLength + after.rows.reduce((sum, row) => sum + row.update.byteLength, 0);
    expect(bytes).toBeLessThanOrEqual(2 * Y.encodeStateAsUpdate(typist.doc).byteLength);
  });

  it('F33 five thousand past sessions and a hundred thousand deletions: it opens, and a newcomer gets all of it', async () => {
    // Each session wrote in a text of its own, so that making the document takes no longer than opening it.
    const parts: Uint8Array[] = [];
    for (let n = 0; n < 5_000; n++) {
      const part = new Y.Doc();
      part.clientID = n + 1;
      const text = part.getText(`t${n}`);
      part.transact(() => {
        text.insert(0, 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnop');
        for (let at = 40; at > 0; at -= 2) text.delete(at, 1);
      });
      parts.push(Y.encodeStateAsUpdate(part));
    }
    const whole = new Y.Doc();
    whole.transact(() => {
      for (const part of parts) Y.applyUpdate(whole, part);
    });
    const store = new MemoryUpdateStore();
    await store.append([{ room: ROOM, update: Y.encodeStateAsUpdate(whole), personId: 'anna', at: 0, newClients: [] }]);
    const relay = createRelay({ store, authorize: async () => WRITE });
    const socket = fakeSocket();
    const from = performance.now();
    const connection = relay.connect(socket, { room: ROOM, principal: person('bo'), extended: false });
    connection.message(sync(0, Y.encodeStateVector(new Y.Doc())));
    await until('answered', () => socket.frames.length > 1 || socket.code !== null);
    expect(performance.now() - from).toBeLessThan(3_000);
    const answer = readFrames(socket.frames).find((frame) => frame.name === 'step2');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, answer!.bytes);
    expect(copy.getText('t4999').toString()).toBe(whole.getText('t4999').toString());
    expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(whole));
    await relay.stop();
  });
});

describe('F34 a thousand rooms come and go', () => {
  it.each([false, true])('all are let go, and memory comes back; with compactions that fail: %s', async (failing) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap = (): number => {
      collect();
      collect();
      return process.memoryUsage().heapUsed;
    };
    const inner = new MemoryUpdateStore();
    const store = new FaultyStore(inner);
    if (failing) store.decide = (call) => (call === 'compact' ? 'fail' : 'pass');
    const relay = createRelay({ store, authorize: async () => WRITE, limits: { warmMs: 10, heartbeatMs: 90 } });
    const cycle = async (from: number, count: number): Promise<void> => {
      for (let n = from; n < from + count; n++) {
        const socket = fakeSocket();
        // A few names again and again, so that what the store itself keeps does not grow with the cycles.
        const room = `item:vinterm0te:punkt${n % 50}`;
        const connection = relay.connect(socket, { room, principal: person('anna'), extended: true });
        await until('open', () => socket.frames.length > 1);
        connection.closed();
        if (n % 50 === 49) await pause(60);
      }
    };
    await cycle(0, 200);
    const loads = store.calls.load;
    const before = heap();
    await cycle(200, 1_000);
    await pause(150);
    expect(store.calls.load - loads, 'rooms are loaded anew, so they had been let go').toBeGreaterThan(900);
    expect(heap() - before).toBeLessThan(10 * 1024 * 1_000);
    expect(uncaught).toEqual([]);
    await relay.stop();
  });
});

describe('F35 what the relay was handed rejects', () => {
  const CASES = ['authorize', 'load', 'append', 'compact', 'send', 'close', 'notice of a room'] as const;
  it.each(CASES)('%s: nobody else notices, and nothing is left uncaught', async (which) => {
    const store = new FaultyStore(new MemoryUpdateStore());
    let broken = false;
    store.decide = (call) => (broken && call === which ? 'fail' : 'pass');
    const relay = createRelay({
      store,
      authorize: async () => {
        if (broken && which === 'authorize') throw new Error('the tables cannot be read');
        return WRITE;
      },
      limits: { warmMs: 10, heartbeatMs: 90, compactRows: 4 },
    });
    const join = (name: string, socket: Fake, room = ROOM) => {
      const connection = relay.connect(socket, { room, principal: person(name), extended: true });
      connection.message(sync(1, new Uint8Array([0, 0])));
      return connection;
    };
    const good = fakeSocket();
    const anna = join('anna', good);
    await until('open', () => good.frames.length > 1);
    const bad = fakeSocket(
      which === 'send' || which === 'close'
        ? {
            [which]: () => {
              throw new Error('this socket is broken');
            },
          }
        : {},
    );
    broken = true;
    const typist = new Typist(7);
    join('bo', bad, which === 'load' ? 'item:vinterm0te:annan' : ROOM);
    if (which === 'notice of a room') relay.notice(ROOM, 'meeting');
    for (let n = 1; n <= 12; n++) {
      anna.message(sync(2, typist.type('x')));
      await pause(2);
    }
    if (which === 'close') relay.disconnect({ personId: 'bo' }, 4401, 'signed out');
    if (which === 'authorize') await relay.reauthorize({ personId: 'bo' });
    await pause(150);
    broken = false;
    // What was refused while the disk failed is said again, as a client does when it is asked.
    const saved = (): boolean => readFrames(good.frames).some((frame) => frame.name === 'persisted');
    for (let n = 1; n < 100 && !saved(); n++) {
      anna.message(sync(1, typist.all()));
      anna.message(mark(n));
      await pause(50);
    }
    expect(await relay.read(ROOM, (doc) => doc.getText('t').toString())).toBe('x'.repeat(12));
    expect(good.code).toBeNull();
    expect(uncaught).toEqual([]);
    await relay.stop();
  });
});
