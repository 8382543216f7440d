/**
 * Why this file exists: JRN: nothing leaves before its commit, an acknowledgement is true, a failing disk loses nothing
 * and is told.
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

const said = (frames: Uint8Array[], ...wanted: string[]) =>
  readFrames(frames)
    .filter((frame) => wanted.includes(frame.name))
    .map((frame) => (frame.name === 'access' ? frame.strings.join(' ') : `${frame.name} ${frame.n}`));

test('JRN-1 nothing leaves the server before the commit that holds it, not even to a newcomer', async () => {
  const a = world.raw(person('astrid'));
  const b = world.raw(person('bo'));
  await world.settle();
  b.frames.length = 0;
  world.store.hold();
  a.send(sync(2, new Typist().type('osparat')));
  await world.settle();
  const late = world.raw(person('cilla'));
  late.send(sync(0, new Uint8Array([0])));
  await world.settle();
  expect(b.frames).toEqual([]);
  expect(Array.from(readFrames(late.frames).find((f) => f.name === 'step2')!.bytes)).toEqual([0, 0]);
  world.store.release();
  await world.settle();
  expect(names(b.frames)).toEqual(['update']);
  expect(names(late.frames).at(-1)).toBe('update');
});

test('JRN-2 a mark is persisted after the commit, and received before only when that takes long; stock clients hear no such thing', async () => {
  const a = world.raw(person('astrid'));
  const stock = world.raw(person('bo'), { extended: false });
  await world.settle();
  world.store.hold();
  for (const client of [a, stock]) {
    client.send(sync(2, new Typist().type('x')));
    client.send(mark(1));
  }
  await world.settle();
  expect(said(a.frames, 'received', 'persisted')).toEqual([]);
  await world.pass(30, 15);
  expect(said(a.frames, 'received', 'persisted')).toEqual(['received 1']);
  a.send(mark(2));
  await world.settle();
  expect(said(a.frames, 'received', 'persisted')).toEqual(['received 1', 'received 2']);
  expect(said(stock.frames, 'received', 'persisted')).toEqual([]);
  world.store.release();
  await world.settle();
  expect(said(a.frames, 'received', 'persisted')).toEqual(['received 1', 'received 2', 'persisted 2']);
  expect(said(stock.frames, 'received', 'persisted')).toEqual(['persisted 1']);
  a.send(sync(2, new Typist().type('snabbt')));
  a.send(mark(3));
  await world.settle();
  expect(said(a.frames, 'received', 'persisted').slice(3)).toEqual(['persisted 3']);
  const idle = world.raw(person('cilla'));
  idle.send(mark(300));
  await world.settle();
  expect(said(idle.frames, 'persisted')).toEqual(['persisted 300']);
});

test('JRN-3 one answer covers all marks of a commit, and a mark waits for its own updates only', async () => {
  const a = world.raw(person('astrid'));
  await world.settle();
  const typist = new Typist();
  world.store.hold();
  for (let n = 1; n <= 5; n++) {
    a.send(sync(2, typist.type('x')));
    a.send(mark(n));
  }
  await world.settle();
  world.store.release();
  await world.settle();
  expect(said(a.frames, 'persisted')).toEqual(['persisted 5']);
});

test('JRN-4 what comes in one turn is one commit, a row per person and room; what comes while it runs is the next', async () => {
  const clients = Array.from({ length: 5 }, (_, i) => world.raw(person(`p${i}`)));
  const other = world.raw(person('x'), { room: 'item:annat' });
  await world.settle();
  for (const client of [...clients, other]) client.send(sync(2, new Typist().type('a')));
  world.network.pump();
  await new Promise<void>((resolve) => setImmediate(resolve));
  await world.settle();
  expect(world.store.appends).toEqual([6]);
  world.store.hold();
  clients[0]!.send(sync(2, new Typist().type('b')));
  await world.settle();
  for (const client of clients) client.send(sync(2, new Typist().type('c')));
  await world.settle();
  for (const client of clients) client.send(sync(2, new Typist().type('d')));
  await world.settle();
  world.store.release();
  await world.settle();
  expect(world.store.appends).toEqual([6, 1, 5]);
});

test('JRN-5 a commit that fails once is tried again, unseen, and keeps the order', async () => {
  const a = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  world.store.failures = [new Error('busy')];
  a.send(sync(2, typist.type('ett ')));
  a.send(mark(1));
  await world.settle();
  a.send(sync(2, typist.type('två')));
  a.send(mark(2));
  await world.settle();
  expect(said(a.frames, 'persisted')).toEqual([]);
  await world.pass(100, 50);
  expect(said(a.frames, 'persisted', 'access')).toEqual(['write ', 'persisted 1', 'persisted 2']);
  expect(world.store.appends).toEqual([1, 1]);
  expect(await world.text()).toBe('ett två');
});

test('JRN-6 while storage fails nothing is acknowledged or sent on, everybody reads, and all heals without reload', async () => {
  const a = world.raw(person('astrid'));
  const stock = world.provider(person('bo'));
  const watcher = world.raw(person('cilla'));
  const typist = new Typist();
  await world.settle();
  a.send(sync(1, typist.all()));
  await world.settle();
  watcher.frames.length = 0;
  world.store.failing = new Error('database or disk is full');
  a.send(sync(2, typist.type('före ')));
  a.send(mark(1));
  await world.pass(5_000, 500);
  expect(said(a.frames, 'access')).toEqual(['write ', 'read storage']);
  a.send(sync(2, typist.type('under ')));
  a.send(mark(2));
  stock.doc.getText('t').insert(0, 'stock ');
  const late = world.raw(person('dan'));
  late.send(sync(0, new Uint8Array([0])));
  await world.pass(10_000);
  expect(said(a.frames, 'persisted')).toEqual([]);
  expect(said(a.frames, 'access')).toEqual(['write ', 'read storage']);
  expect(names(watcher.frames).filter((name) => name === 'update')).toEqual([]);
  expect(said(late.frames, 'access')).toEqual(['read storage']);
  expect(names(late.frames)).toContain('step2');
  a.frames.length = 0;
  world.store.failing = null;
  await world.pass(3_000);
  expect(said(a.frames, 'access')).toEqual(['write ']);
  const asked = readFrames(a.frames).find((frame) => frame.name === 'step1')!;
  a.send(sync(1, Y.encodeStateAsUpdate(typist.doc, asked.bytes)));
  await world.settle();
  expect(said(a.frames, 'persisted')).toEqual(['persisted 1', 'persisted 2']);
  const text = await world.text();
  expect(text).toContain('före under ');
  expect(text).toContain('stock ');
  expect(text).toHaveLength('före under stock '.length);
  expect(stock.wsconnected).toBe(true);
  expect(said(late.frames, 'access')).toEqual(['read storage', 'write ']);
});

test('JRN-7 what waits for a slow disk is bounded: above the bound nobody writes until it has caught up', async () => {
  world.dispose();
  world = new World({ limits: { journalBytes: 20_000 } });
  const a = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  world.store.hold();
  // From less than half of the bound to beyond it in one step.
  for (const length of [9_000, 12_000, 1_000, 1_000]) a.send(sync(2, typist.type('x'.repeat(length))));
  await world.settle();
  expect(said(a.frames, 'access')).toEqual(['write ', 'read storage']);
  world.store.release();
  await world.settle();
  expect(said(a.frames, 'access').at(-1)).toBe('write ');
  expect(await world.text()).toHaveLength(21_000);
  const asked = readFrames(a.frames).findLast((frame) => frame.name === 'step1')!;
  a.send(sync(1, Y.encodeStateAsUpdate(typist.doc, asked.bytes)));
  await world.settle();
  expect(await world.text()).toHaveLength(23_000);
});

test('JRN-7 single keys are bounded by what they cost in memory, which is many times their bytes', async () => {
  world.dispose();
  world = new World({ limits: { journalBytes: 20_000 } });
  const people = Array.from({ length: 100 }, (_, n) => ({ raw: world.raw(person(`p${n}`)), typist: new Typist() }));
  await world.settle();
  world.store.hold();
  for (const { raw, typist } of people) raw.send(sync(2, typist.type('x')));
  await world.settle();
  // Each of them is held back after one key; together they are too many.
  expect(said(people[0]!.raw.frames, 'access')).toEqual(['write ', 'read storage']);
  world.store.release();
  await world.settle();
  expect(said(people[0]!.raw.frames, 'access').at(-1)).toBe('write ');
});

test('JRN-16 who brings more than the disk takes is held back before anything is refused, and goes on by itself', async () => {
  world.dispose();
  world = new World({ limits: { journalBytes: 20_000 } });
  const [a, b] = [world.raw(person('astrid')), world.raw(person('bo'))];
  const typist = new Typist();
  await world.settle();
  world.store.hold();
  for (let i = 0; i < 200; i++) a.send(sync(2, typist.type('x')));
  b.send(awareness([7, 1, { cursor: null }]));
  await world.settle();
  expect(a.pair.heldBack).toBe(true);
  expect(a.pair.toServer.parcels.length).toBeGreaterThan(100);
  // Who only reads is not.
  expect([b.pair.heldBack, b.pair.toServer.parcels.length]).toEqual([false, 0]);
  world.store.release();
  await world.settle();
  expect([a.pair.heldBack, a.pair.toServer.parcels.length]).toEqual([false, 0]);
  expect(said(a.frames, 'access')).toEqual(['write ']);
  expect(await world.text()).toHaveLength(200);
});

test('JRN-16 whoever is held back hears that storage fails, and can be closed', async () => {
  world.dispose();
  world = new World({ limits: { journalBytes: 20_000 } });
  const [a, b] = [world.raw(person('astrid')), world.raw(person('bo'))];
  const [one, two] = [new Typist(), new Typist()];
  await world.settle();
  world.store.hold();
  for (let i = 0; i < 100; i++) a.send(sync(2, one.type('x')));
  for (let i = 0; i < 5; i++) b.send(sync(2, two.type('y')));
  await world.settle();
  expect([a.pair.heldBack, b.pair.heldBack]).toEqual([true, true]);
  world.relay.disconnect({ personId: 'bo' }, 4403, 'removed');
  expect(b.pair.heldBack).toBe(false);
  world.store.failing = new Error('disk full');
  world.store.release();
  await world.pass(3_000);
  expect(a.pair.heldBack).toBe(false);
  expect(said(a.frames, 'access')).toEqual(['write ', 'read storage']);
});

test('JRN-8 a crash after the commit and before the answer: what is sent again counts once', async () => {
  const a = world.provider(person('astrid'), { extended: true });
  await world.settle();
  world.store.silent = true;
  a.doc.getText('t').insert(0, 'en gång');
  await world.settle();
  world.crash();
  world.start();
  await world.pass(2_000);
  expect(a.synced).toBe(true);
  expect(await world.text()).toBe('en gång');
});

test('JRN-9 a crash before the commit: what was not acknowledged comes back from the client', async () => {
  const a = world.provider(person('astrid'));
  const b = world.provider(person('bo'));
  await world.settle();
  world.store.hold();
  a.doc.getText('t').insert(0, 'kommer igen');
  await world.settle();
  world.crash();
  world.start();
  await world.pass(2_000);
  expect(b.doc.getText('t').toString()).toBe('kommer igen');
});

test('JRN-10 stop flushes, answers the last marks, then closes everybody with 1012; what comes meanwhile is not accepted', async () => {
  const a = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  world.store.hold();
  a.send(sync(2, typist.type('sista ordet')));
  a.send(mark(1));
  await world.settle();
  const stopped = world.relay.stop();
  const late = world.raw(person('bo'));
  a.send(sync(2, typist.type(' för sent')));
  a.send(mark(2));
  await world.settle();
  world.store.release();
  await world.settle();
  await stopped;
  await world.settle();
  expect(said(a.frames, 'persisted')).toEqual(['persisted 1']);
  expect([a.close?.code, late.close?.code]).toEqual([1012, 1012]);
  world.start();
  expect(await world.text()).toBe('sista ordet');
});

test('JRN-11 stop gives up on a disk that does not come back, and says so', async () => {
  const a = world.raw(person('astrid'));
  await world.settle();
  world.store.failing = new Error('gone');
  a.send(sync(2, new Typist().type('x')));
  await world.settle();
  const stopped = world.relay.stop().then(
    () => 'fine',
    (error: Error) => error.name,
  );
  await world.pass(10_000);
  expect(await stopped).toBe('StorageUnavailable');
  await world.settle();
  expect(a.close?.code).toBe(1012);
});

test('JRN-12 server-made edits are committed, sent to everybody and follow one another', async () => {
  const a = world.provider(person('astrid'));
  await world.settle();
  await Promise.all(
    [1, 2, 3, 4].map((n) =>
      world.relay.edit(ROOM, 'server', (doc) => {
        const map = doc.getMap<number>('m');
        map.set('sum', (map.get('sum') ?? 0) + n);
      }),
    ),
  );
  await world.settle();
  expect(a.doc.getMap('m').get('sum')).toBe(10);
  const rows = (await world.store.inner.load(ROOM)).rows.length;
  await world.relay.edit(ROOM, 'server', () => {});
  await expect(
    world.relay.edit(ROOM, 'server', (doc) => {
      doc.getMap('m').set('sum', 99);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect((await world.store.inner.load(ROOM)).rows.length).toBe(rows);
  expect(await world.relay.read(ROOM, (doc) => doc.getMap('m').get('sum'))).toBe(10);
});

test('JRN-13 while storage fails, reads of what is not stored and edits are refused', async () => {
  const a = world.raw(person('astrid'));
  await world.settle();
  world.store.failing = new Error('full');
  a.send(sync(2, new Typist().type('x')));
  await world.pass(3_000, 500);
  const unavailable = expect.objectContaining({ name: 'StorageUnavailable' });
  await expect(world.text()).rejects.toThrow(unavailable);
  for (const room of [ROOM, 'item:annat'])
    await expect(world.relay.edit(room, 's', (doc) => doc.getText('t').insert(0, 'nej'))).rejects.toThrow(unavailable);
  world.store.failing = null;
  await world.pass(5_000);
  // What was refused does not happen later either.
  expect([await world.text(), await world.text('item:annat')]).toEqual(['x', '']);
});

test('JRN-14 a mark that counts the frames before it is answered only when just as many have come', async () => {
  const honest = world.raw(person('astrid'));
  const lossy = world.raw(person('bo'));
  await world.settle();
  const [one, two] = [new Typist(), new Typist()];
  honest.send(sync(2, one.type('a')));
  honest.send(mark(1, 1));
  honest.send(sync(2, one.type('b')));
  honest.send(mark(2, 3));
  lossy.send(sync(2, two.type('kommer ')));
  two.type('försvinner ');
  lossy.send(mark(1, 2));
  await world.settle();
  expect(said(honest.frames, 'persisted').at(-1)).toBe('persisted 2');
  expect(honest.close).toBeNull();
  expect(said(lossy.frames, 'received', 'persisted')).toEqual([]);
  expect(lossy.close?.code).toBe(1011);
});
