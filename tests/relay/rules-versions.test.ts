/**
 * Why this file exists: CHK: before much is deleted, the room as it was is kept with the deletion, once and not per key.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Checkpoint } from '../../server/relay/ports.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { person, ROOM, sync, Typist, World } from './world.ts';

const ASTRID = person('astrid');
const BO = person('bo');
const SENTENCE = 'Delegationerna är överens om att pröva en gemensam beredning under ett år. ';

let kept: MemoryUpdateStore;
let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  kept = new MemoryUpdateStore();
  world = new World({ store: kept });
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

async function textOf(version: Checkpoint | undefined): Promise<string> {
  const state = (await kept.checkpoint(ROOM, version?.id ?? ''))?.state;
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  return doc.getText('t').toString();
}

/** Somebody in the room whose typing and deleting goes to the relay when `send` is called. */
async function writer(who = ASTRID, typist = new Typist()) {
  const client = world.raw(who);
  await world.settle();
  const send = async (...updates: Uint8Array[]) => {
    for (const update of updates) client.send(sync(2, update));
    await world.settle();
  };
  return { client, typist, send };
}

test('CHK-1 a large deletion is committed with the room as it was right before it', async () => {
  const { typist, send } = await writer();
  const text = SENTENCE.repeat(8);
  await send(typist.type(text));
  await send(typist.erase(10, 450));
  const [version, ...others] = await kept.checkpoints(ROOM);
  expect(others).toEqual([]);
  expect(version).toMatchObject({ kind: 'large-deletion', personId: 'astrid', name: '', at: Date.now() });
  expect(await textOf(version)).toBe(text);
  expect(await world.text()).toBe(text.slice(0, 10) + text.slice(460));
});

test('CHK-1 a large share of a text that is not short counts, a short text does not', async () => {
  const { typist, send } = await writer();
  await send(typist.type('x'.repeat(150)));
  await send(typist.erase(0, 90));
  expect(await kept.checkpoints(ROOM)).toEqual([]);
  await send(typist.type('y'.repeat(200)));
  await send(typist.erase(0, 95));
  expect(await kept.checkpoints(ROOM)).toHaveLength(1);
  expect(await textOf((await kept.checkpoints(ROOM))[0])).toBe('x'.repeat(60) + 'y'.repeat(200));
});

test('CHK-1 what still waits for the disk is in it', async () => {
  const { typist, send } = await writer();
  await send(typist.type(SENTENCE.repeat(8)));
  world.store.hold();
  await send(typist.type('Det sista ordet.'));
  await send(typist.erase(0, SENTENCE.length * 8));
  expect(await kept.checkpoints(ROOM)).toEqual([]);
  world.store.release();
  await world.settle();
  expect(await textOf((await kept.checkpoints(ROOM))[0])).toBe(`${SENTENCE.repeat(8)}Det sista ordet.`);
  expect(await world.text()).toBe('Det sista ordet.');
});

test('CHK-1 a crash before the commit loses both, a crash after it neither', async () => {
  const { typist, send } = await writer();
  const text = SENTENCE.repeat(8);
  await send(typist.type(text));
  world.store.hold();
  await send(typist.erase(0, 500));
  world.crash();
  world.store.release();
  world.start();
  expect(await world.text()).toBe(text);
  expect(await kept.checkpoints(ROOM)).toEqual([]);
  const again = await writer(ASTRID, typist);
  world.store.silent = true;
  await again.send(typist.updates.at(-1)!);
  world.crash();
  world.start();
  expect(await world.text()).toBe(text.slice(500));
  expect(await textOf((await kept.checkpoints(ROOM))[0])).toBe(text);
});

test('CHK-2 a held backspace is noticed after a hundred letters, typing errors never', async () => {
  const { typist, send } = await writer();
  await send(typist.type(SENTENCE.repeat(4)));
  // Five letters, one of them wrong, for a long while.
  for (let n = 0; n < 200; n++) await send(typist.type('ordet'), typist.erase(3, 1));
  expect(await kept.checkpoints(ROOM)).toEqual([]);
  const full = await world.text();
  for (let n = 0; n < 250; n++) await send(typist.erase(typist.doc.getText('t').length - 1, 1));
  const versions = await kept.checkpoints(ROOM);
  expect(versions).toHaveLength(1);
  const before = await textOf(versions[0]);
  expect(full.startsWith(before)).toBe(true);
  expect(full.length - before.length).toBeLessThanOrEqual(100);
});

test('CHK-2 deletions with pauses between them are not one deletion', async () => {
  const { typist, send } = await writer();
  await send(typist.type(SENTENCE.repeat(8)));
  for (let n = 0; n < 6; n++) {
    await send(typist.erase(0, 40));
    await world.pass(61_000, 10_000);
  }
  expect(await kept.checkpoints(ROOM)).toEqual([]);
});

test('CHK-3 one person makes one version in some minutes, another person their own', async () => {
  const { typist, send } = await writer();
  const bo = await writer(BO);
  await send(typist.type(SENTENCE.repeat(40)));
  Y.applyUpdate(bo.typist.doc, typist.all());
  await send(typist.erase(0, 500));
  await send(typist.erase(0, 500));
  expect(await kept.checkpoints(ROOM)).toHaveLength(1);
  await bo.send(bo.typist.erase(1_500, 450));
  expect((await kept.checkpoints(ROOM)).map((one) => one.personId)).toEqual(['bo', 'astrid']);
  await world.pass(181_000, 10_000);
  await send(typist.erase(0, 450));
  expect(await kept.checkpoints(ROOM)).toHaveLength(3);
});

test('CHK-3 what was written since the last version makes a new one, but never more than one in some seconds', async () => {
  const { typist, send } = await writer();
  await send(typist.type(SENTENCE.repeat(8)));
  await send(typist.erase(0, SENTENCE.length * 8));
  for (let n = 0; n < 40; n++) await send(typist.type(SENTENCE.repeat(3)), typist.erase(0, SENTENCE.length * 3));
  expect(await kept.checkpoints(ROOM)).toHaveLength(1);
  await world.pass(15_000, 5_000);
  await send(typist.type(SENTENCE.repeat(7)));
  await send(typist.erase(0, SENTENCE.length * 7));
  const [version, first] = await kept.checkpoints(ROOM);
  expect(await textOf(version)).toBe(SENTENCE.repeat(7));
  expect(await textOf(first)).toBe(SENTENCE.repeat(8));
});

test('CHK-4 an answer that says old deletions once more makes no version', async () => {
  const { client, typist, send } = await writer();
  await send(typist.type(SENTENCE.repeat(8)));
  await send(typist.erase(0, SENTENCE.length * 8));
  await world.pass(181_000, 10_000);
  typist.type('Nytt. ');
  client.send(sync(1, typist.all()));
  await world.settle();
  expect(await world.text()).toBe('Nytt. ');
  expect(await kept.checkpoints(ROOM)).toHaveLength(1);
});

test('CHK-5 a deletion that is refused leaves no version', async () => {
  const { typist, send } = await writer();
  await send(typist.type(SENTENCE.repeat(8)));
  world.rights.set('bo', { access: 'read', reason: 'observer' });
  const reader = await writer(BO);
  Y.applyUpdate(reader.typist.doc, typist.all());
  await reader.send(reader.typist.erase(0, 500));
  expect(await world.text()).toBe(SENTENCE.repeat(8));
  expect(await kept.checkpoints(ROOM)).toEqual([]);
});

test('CHK-6 an edit keeps the room as it was when asked to, unless it changes nothing', async () => {
  const { typist, send } = await writer();
  await send(typist.type('Nu.'));
  const before = { kind: 'before-restore' } as const;
  await world.relay.edit(ROOM, 'bo', () => {}, before);
  expect(await kept.checkpoints(ROOM)).toEqual([]);
  await world.relay.edit(ROOM, 'bo', (doc) => doc.getText('t').insert(0, 'Då. '), before);
  const [version] = await kept.checkpoints(ROOM);
  expect(version).toMatchObject({ kind: 'before-restore', personId: 'bo' });
  expect(await textOf(version)).toBe('Nu.');
  expect(await world.text()).toBe('Då. Nu.');
});
