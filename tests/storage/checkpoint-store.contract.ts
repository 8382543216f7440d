/**
 * Why this file exists: what every store of versions promises, run on each implementation: nothing with a name is ever
 * lost, equal texts are kept once, and what keeps itself does not grow without end.
 */
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CheckpointDraft, CheckpointStore, UpdateStore } from '../../server/relay/ports.ts';

export interface CheckpointStoreUnderTest {
  store: CheckpointStore & UpdateStore;
  dispose(): Promise<void>;
}

const ROOM = 'item:one:a';

function stateOf(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

const draft = (more: Partial<CheckpointDraft> = {}): CheckpointDraft => ({
  kind: 'phase',
  at: 1_000,
  personId: 'astrid',
  name: '',
  phase: 'preparation',
  state: stateOf('Förslaget bifalls.'),
  ...more,
});

/** Registers the contract's tests for one implementation. */
export function checkpointStoreContract(name: string, open: () => Promise<CheckpointStoreUnderTest>): void {
  let current: CheckpointStoreUnderTest | null = null;
  const start = async (...rooms: string[]) => {
    current = await open();
    for (const room of [ROOM, ...rooms]) await current.store.load(room);
    return current.store;
  };
  afterEach(async () => {
    await current?.dispose();
    current = null;
  });

  test(`CHECK-1 ${name}: what is kept comes back whole, newest first, and belongs to its room`, async () => {
    const store = await start('item:one:b');
    const state = stateOf('Ett');
    const first = await store.keep(ROOM, draft({ state, at: 5, kind: 'named', name: 'Efter beredningen', phase: '' }));
    const second = await store.keep(ROOM, draft({ at: 9, state: stateOf('Två'), personId: 'bo' }));
    expect(await store.checkpoints(ROOM)).toEqual([
      expect.objectContaining({ id: second, at: 9, kind: 'phase', phase: 'preparation', personId: 'bo', name: '' }),
      expect.objectContaining({ id: first, kind: 'named', name: 'Efter beredningen', bytes: state.byteLength }),
    ]);
    const read = await store.checkpoint(ROOM, first ?? '');
    expect(Array.from(read?.state ?? [])).toEqual(Array.from(state));
    expect(await store.checkpoint('item:one:b', first ?? '')).toBeNull();
    expect(await store.checkpoint(ROOM, 'nothing')).toBeNull();
    expect(await store.checkpoints('item:one:b')).toEqual([]);
  });

  test(`CHECK-2 ${name}: the text of the newest one is not kept again, unless it gets a name`, async () => {
    const store = await start();
    const state = stateOf('Samma');
    expect(await store.keep(ROOM, draft({ state }))).not.toBeNull();
    expect(await store.keep(ROOM, draft({ state, at: 2_000, kind: 'large-deletion' }))).toBeNull();
    expect(await store.keep(ROOM, draft({ state, at: 3_000, kind: 'named', name: 'Som den var' }))).not.toBeNull();
    expect(await store.checkpoints(ROOM)).toHaveLength(2);
  });

  test(`CHECK-3 ${name}: the same text, cut into other pieces, is the same text; a deletion makes it another`, async () => {
    const store = await start();
    const doc = new Y.Doc();
    const pieces: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => pieces.push(update));
    for (const letter of 'bokstav för bokstav') doc.getText('t').insert(doc.getText('t').length, letter);
    await store.keep(ROOM, draft({ state: Y.encodeStateAsUpdate(doc) }));
    // One after the other and not joined: more structs, no other content.
    const uncut = Y.mergeUpdates([...pieces].reverse());
    expect(uncut.byteLength).not.toBe(Y.encodeStateAsUpdate(doc).byteLength);
    expect(await store.keep(ROOM, draft({ state: uncut }))).toBeNull();
    doc.getText('t').delete(0, 3);
    expect(await store.keep(ROOM, draft({ state: Y.encodeStateAsUpdate(doc) }))).not.toBeNull();
  });

  test(`CHECK-4 ${name}: those without a name are thinned from the oldest, sort by sort; named ones stay`, async () => {
    const store = await start();
    const named = await store.keep(ROOM, draft({ kind: 'named', name: 'Först av alla', at: 1 }));
    for (let n = 0; n < 45; n++)
      await store.keep(ROOM, draft({ kind: 'large-deletion', at: 100 + n, state: stateOf(`text ${n}`) }));
    await store.keep(ROOM, draft({ at: 50, state: stateOf('fasen före') }));
    const kept = await store.checkpoints(ROOM);
    expect(kept.filter((one) => one.kind === 'large-deletion').map((one) => one.at)).toEqual(
      Array.from({ length: 30 }, (_, n) => 144 - n),
    );
    expect(kept.some((one) => one.kind === 'phase')).toBe(true);
    expect(kept.at(-1)?.id).toBe(named);
  });

  test(`CHECK-5 ${name}: a row's version is kept with the row`, async () => {
    const store = await start();
    const checkpoint = draft({ kind: 'large-deletion', state: stateOf('Det som stod här') });
    const update = new TextEncoder().encode('a');
    await store.append([{ room: ROOM, update, personId: 'astrid', at: 1, newClients: [], checkpoint }]);
    expect((await store.load(ROOM)).rows).toHaveLength(1);
    expect(await store.checkpoints(ROOM)).toEqual([expect.objectContaining({ kind: 'large-deletion' })]);
  });

  test(`CHECK-9 ${name}: one that is taken away is gone, and only from its own room`, async () => {
    const store = await start('item:one:b');
    const id = (await store.keep(ROOM, draft({ kind: 'named', name: 'Ett lösenord' }))) ?? '';
    expect(await store.discard('item:one:b', id)).toBe(false);
    expect(await store.checkpoints(ROOM)).toHaveLength(1);
    expect(await store.discard(ROOM, id)).toBe(true);
    expect(await store.discard(ROOM, id)).toBe(false);
    expect(await store.checkpoints(ROOM)).toEqual([]);
  });

  test(`CHECK-6 ${name}: rooms are listed once something was written in them`, async () => {
    const store = await start('item:one:empty', 'item:oneb:a');
    const write = (room: string) => ({
      room,
      update: new Uint8Array([0, 0]),
      personId: 'astrid',
      at: 1,
      newClients: [],
    });
    await store.append([write('item:one:c'), write(ROOM), write('item:oneb:a')]);
    const { rows } = await store.load(ROOM);
    await store.compact(ROOM, new Uint8Array([0, 0]), [], [rows[0]?.seq ?? 0]);
    expect(await store.writtenRooms('item:one:')).toEqual([ROOM, 'item:one:c']);
  });
}
