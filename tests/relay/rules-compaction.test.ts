/**
 * Why this file exists: CMP, and the lazy document: what is compacted is what was written, gaps are not frozen, deleted
 * text is gone, authorship stays.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { mergeAuthorship } from '../../server/relay/authorship.ts';
import { compacted } from '../../server/relay/compaction.ts';
import { noLog } from '../../server/relay/log.ts';
import type { StoredRoom } from '../../server/relay/ports.ts';
import { RoomDocument } from '../../server/relay/room-document.ts';
import { storedState } from '../../server/relay/stored-state.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { person, ROOM, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

async function stored(updates: Uint8Array[], who: (i: number) => string = () => 'astrid'): Promise<MemoryUpdateStore> {
  const store = new MemoryUpdateStore();
  await store.append(
    updates.map((update, i) => ({ room: ROOM, update, personId: who(i), at: 60_000 * i + 7, newClients: [] })),
  );
  return store;
}

async function compact(store: MemoryUpdateStore): Promise<StoredRoom> {
  const result = await compacted(await store.load(ROOM), ROOM, noLog);
  if (result) await store.compact(ROOM, result.snapshot, result.spans, result.seqs);
  return store.load(ROOM);
}

function textOf({ snapshot, rows }: StoredRoom): string {
  const doc = new Y.Doc();
  if (snapshot) Y.applyUpdate(doc, snapshot);
  for (const row of rows) Y.applyUpdate(doc, row.update);
  return doc.getText('t').toString();
}

test('CMP-1 snapshot and remaining rows are what the rows were', async () => {
  const typist = new Typist();
  for (let i = 0; i < 600; i++) {
    typist.type(`${i} `);
    if (i % 7 === 0) typist.erase(i, 1);
  }
  const store = await stored(typist.updates);
  const after = await compact(store);
  expect(after.rows).toEqual([]);
  expect(textOf(after)).toBe(typist.doc.getText('t').toString());
});

test('CMP-2 a gap is not frozen into the snapshot: its rows stay and heal when the missing row comes', async () => {
  const [one, two] = [new Typist(1), new Typist(2)];
  const first = one.type('först ');
  const missing = one.type('saknas ');
  const waiting = one.type('väntar ');
  Y.applyUpdate(two.doc, one.all());
  two.updates = [];
  const dependent = two.type('beroende');
  const erased = two.erase(8, 3);
  const store = await stored([first, waiting, dependent, erased]);
  const after = await compact(store);
  expect(after.rows.map((row) => row.update)).toEqual([waiting, dependent, erased]);
  expect(textOf(after)).toBe('först ');
  expect(Y.decodeUpdate(after.snapshot!).structs.every((struct) => struct.id.client === 1)).toBe(true);
  await store.append([{ room: ROOM, update: missing, personId: 'astrid', at: 1, newClients: [] }]);
  const healed = await compact(store);
  expect(healed.rows).toEqual([]);
  expect(textOf(healed)).toBe(two.doc.getText('t').toString());
});

test('CMP-3 text that was deleted is not in the snapshot', async () => {
  const typist = new Typist();
  typist.type('KANARIEFÅGEL');
  typist.erase(0, 12);
  typist.type('kvar');
  const after = await compact(await stored(typist.updates));
  expect(textOf(after)).toBe('kvar');
  expect(new TextDecoder().decode(after.snapshot!)).not.toContain('KANARIE');
});

test('CMP-4 who wrote what, and in which minute, survives compaction', async () => {
  const [one, two] = [new Typist(1), new Typist(2)];
  const updates = [one.type('abc'), one.type('de'), two.type('xyz')];
  const store = await stored(updates, (i) => ['astrid', 'astrid', 'bo'][i]!);
  const before = await store.load(ROOM);
  const spans = [
    { client: 1, from: 0, to: 3, personId: 'astrid', at: 0 },
    { client: 1, from: 3, to: 5, personId: 'astrid', at: 60_000 },
    { client: 2, from: 0, to: 3, personId: 'bo', at: 120_000 },
  ];
  expect(mergeAuthorship(before.spans, before.rows)).toEqual(spans);
  const after = await compact(store);
  expect(after.spans).toEqual(spans);
  // A resent tail in another's journal row, later: the first writer stays.
  await store.append([{ room: ROOM, update: one.all(), personId: 'cilla', at: 600_000, newClients: [] }]);
  expect((await compact(store)).spans).toEqual(spans);
});

test('CMP-5 overlapping rows fill only what nobody wrote before', () => {
  const typist = new Typist(9);
  const [first, , third] = ['ab', 'cd', 'ef'].map((text) => typist.type(text));
  const row = (update: Uint8Array, personId: string, seq: number) => ({ seq, update, personId, at: 0 });
  expect(mergeAuthorship([], [row(third!, 'c', 1), row(first!, 'a', 2), row(typist.all(), 'b', 3)])).toEqual([
    { client: 9, from: 0, to: 2, personId: 'a', at: 0 },
    { client: 9, from: 2, to: 4, personId: 'b', at: 0 },
    { client: 9, from: 4, to: 6, personId: 'c', at: 0 },
  ]);
});

test('CMP-6 rows that arrive while a compaction runs stay, and of two compactions the later changes nothing', async () => {
  const typist = new Typist();
  const store = await stored([typist.type('a'), typist.type('b')]);
  const read = await store.load(ROOM);
  const [early, late] = await Promise.all([compacted(read, ROOM, noLog), compacted(read, ROOM, noLog)]);
  await store.append([{ room: ROOM, update: typist.type('c'), personId: 'astrid', at: 1, newClients: [] }]);
  await store.compact(ROOM, early!.snapshot, early!.spans, early!.seqs);
  await expect(store.compact(ROOM, late!.snapshot, late!.spans, late!.seqs)).rejects.toThrow('gone');
  const after = await store.load(ROOM);
  expect(after.rows).toHaveLength(1);
  expect(textOf(after)).toBe('abc');
});

test('CMP-7 a room in use is compacted every so many rows, and authorship tells both halves', async () => {
  world.dispose();
  world = new World({ limits: { compactRows: 10 } });
  const client = world.raw(person('astrid'));
  const typist = new Typist(5);
  for (let i = 0; i < 25; i++) {
    client.send(sync(2, typist.type('x')));
    await world.settle();
  }
  expect(world.store.compactions).toBe(2);
  expect((await world.store.inner.load(ROOM)).rows.length).toBeLessThan(10);
  const spans = await world.relay.authorship(ROOM);
  expect(spans.map(({ client, from, to, personId }) => [client, from, to, personId])).toEqual([[5, 0, 25, 'astrid']]);
  world.crash();
  world.start();
  expect(await world.text()).toBe('x'.repeat(25));
});

test('CMP-8 a failing compaction costs nothing', async () => {
  await world.relay.edit(ROOM, 'astrid', (doc) => doc.getText('t').insert(0, 'kvar'));
  world.store.compact = () => Promise.reject(new Error('disk'));
  await world.pass(30_000, 5_000);
  expect(world.logged.some((line) => line.event === 'compaction-failed')).toBe(true);
  expect(await world.text()).toBe('kvar');
});

test('CMP-9 a document rests as bytes when nobody asks, answers newcomers from them, and wakes with everything', () => {
  const typist = new Typist();
  typist.type('vilar');
  const document = new RoomDocument(ROOM, { state: typist.all(), stateVector: Y.encodeStateVector(typist.doc) }, noLog);
  const vector = Y.encodeStateVector(typist.doc);
  expect(document.stateVector(0)).toEqual(vector);
  document.reply(new Uint8Array([0]), 0);
  expect(document.awake).toBe(false);
  document.push(typist.type(' inte'));
  expect(document.waiting).toBe(1);
  expect(document.awake).toBe(false);
  expect(document.current(10).getText('t').toString()).toBe('vilar inte');
  document.rest(9);
  expect(document.awake).toBe(true);
  document.push(typist.type(' längre'));
  document.rest(10);
  expect(document.awake).toBe(false);
  expect(document.stateVector(11)).toEqual(Y.encodeStateVector(typist.doc));
  expect(document.current(11).getText('t').toString()).toBe('vilar inte längre');
});

test('CMP-10 what waits for something missing survives resting', () => {
  const typist = new Typist();
  const [first, missing, last] = ['a', 'b', 'c'].map((text) => typist.type(text));
  const document = new RoomDocument(ROOM, storedState({ snapshot: null, rows: [] })!, noLog);
  for (const update of [first!, last!]) document.push(update);
  document.current(0);
  document.rest(0);
  document.push(missing!);
  expect(document.current(1).getText('t').toString()).toBe('abc');
});

test('CMP-9 rows that hold much are brought into the document in stretches as short as many small ones', () => {
  const document = new RoomDocument(ROOM, storedState({ snapshot: null, rows: [] })!, noLog);
  const typist = new Typist(1);
  for (let n = 0; n < 100; n++) document.push(typist.type('x'));
  expect(document.catchUpStretch(0)).toBe(true);
  expect(document.catchUpStretch(0)).toBe(false);
  for (let n = 0; n < 3; n++) document.push(typist.type('mycket '.repeat(1_000)));
  expect(document.waiting).toBeGreaterThan(256);
  expect([0, 0, 0].map(() => document.catchUpStretch(0))).toEqual([true, true, false]);
  expect(document.waiting).toBe(0);
  expect(document.current(0).getText('t').length).toBe(100 + 3 * 7_000);
});
