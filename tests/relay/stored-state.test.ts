/**
 * Why this file exists: a room is opened from its bytes, without a document, wherever that gives exactly what the document
 * would; and only there.
 */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { compacted } from '../../server/relay/compaction.ts';
import { noLog } from '../../server/relay/log.ts';
import type { StoredRoom } from '../../server/relay/ports.ts';
import { storedState } from '../../server/relay/stored-state.ts';
import { random, seeds } from '../support/random.ts';
import { Typist } from './world.ts';

const stored = (snapshot: Uint8Array | null, ...updates: Uint8Array[]): StoredRoom => ({
  epoch: 'e',
  snapshot,
  rows: updates.map((update, seq) => ({ seq, update, personId: 'astrid', at: 0 })),
  owners: new Map(),
  spans: [],
});

function documentOf({ snapshot, rows }: StoredRoom): Y.Doc {
  const doc = new Y.Doc();
  if (snapshot) Y.applyUpdate(doc, snapshot);
  for (const { update } of rows) Y.applyUpdate(doc, update);
  return doc;
}

test('OPEN-13 snapshot and rows joined as bytes are what a document makes of them', async () => {
  for (const seed of seeds(15)) {
    const { int } = random(seed);
    const typists = [new Typist(1_000 + int(0, 9)), new Typist(2_000 + int(0, 9))];
    const updates: Uint8Array[] = [];
    for (let n = 0; n < 80; n++) {
      const typist = typists[int(0, 1)]!;
      const text = typist.doc.getText('t');
      updates.push(text.length > 3 && int(0, 3) === 0 ? typist.erase(int(0, text.length - 3), 2) : typist.type('ord '));
      for (const other of typists) if (other !== typist) Y.applyUpdate(other.doc, updates.at(-1)!);
    }
    const cut = int(0, 79);
    const before = await compacted(stored(null, ...updates.slice(0, cut)), 'r', noLog);
    const room = stored(before?.snapshot ?? null, ...updates.slice(cut));
    const expected = documentOf(room);
    const opened = storedState(room);
    expect(opened, `seed ${seed}`).not.toBe(null);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, opened!.state);
    expect(doc.getText('t').toString()).toBe(expected.getText('t').toString());
    expect(Y.decodeStateVector(opened!.stateVector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(expected)));
    expect(doc.store.pendingStructs).toBe(null);
  }
});

test('OPEN-13 what overlaps, waits or cannot be read is left to a document', () => {
  const [a, b] = [new Typist(1), new Typist(2)];
  const [first, second, third] = ['ett', 'två', 'tre'].map((word) => a.type(word)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  Y.applyUpdate(b.doc, a.all());
  const after = b.type('fyra');
  const erased = b.erase(0, 2);
  expect(storedState(stored(first, second, third, after, erased))).not.toBe(null);
  for (const rows of [
    [first, first],
    [third],
    [first, third],
    [first, second, after],
    [erased],
    [first, new Uint8Array([1, 2, 3])],
  ])
    expect(storedState(stored(null, ...rows))).toBe(null);
  expect(storedState(stored(Y.mergeUpdates([first, third])))).toBe(null);
  expect(() => storedState(stored(first.subarray(0, 5), second))).toThrow('malformed');
  expect(storedState(stored(null))).toEqual({ state: new Uint8Array([0, 0]), stateVector: new Uint8Array([0]) });
});
