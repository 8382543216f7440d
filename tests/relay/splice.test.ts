/**
 * Why this file exists: a splice must be exactly what Yjs would have made of the updates one after the other. So random
 * histories are spliced and applied beside the same updates applied singly.
 */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Splice } from '../../server/relay/splice.ts';
import { readUpdate } from '../../server/relay/update-reader.ts';
import { random, seeds } from '../support/random.ts';

const spliceable = (update: Uint8Array) => ({ update, inspected: readUpdate(update) });

/** Random edits of three people who see each other's work; updates in the order they were made. */
function history(seed: number, edits: number): Uint8Array[] {
  const { int } = random(seed);
  const below = (n: number) => int(0, n - 1);
  const updates: Uint8Array[] = [];
  const docs = [1, 2, 3].map((client) => {
    const doc = new Y.Doc();
    doc.clientID = client * 1_000_003;
    return doc;
  });
  for (const doc of docs)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      updates.push(update);
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'other');
    });
  for (let n = 0; n < edits; n++) {
    const doc = docs[below(3)]!;
    const text = doc.getText('t');
    const map = doc.getMap('m');
    const kind = below(5);
    if (kind < 2) text.insert(below(text.length + 1), 'åb\u{1f600}'.slice(0, 1 + below(2)));
    else if (kind === 2 && text.length > 2) text.delete(below(text.length - 2), 2);
    else if (kind === 3) map.set(`k${below(3)}`, new Y.XmlElement('p'));
    else doc.transact(() => text.format(0, Math.min(3, text.length), { b: n }));
  }
  return updates;
}

const shown = (doc: Y.Doc) => [doc.getText('t').toDelta(), Object.keys(doc.getMap('m').toJSON()).sort()];

test('FAN-2 what is spliced is what would have come singly', () => {
  for (const seed of seeds(40)) {
    const updates = history(seed, 60);
    const singly = new Y.Doc();
    const spliced = new Y.Doc();
    const { int } = random(seed + 1);
    for (const update of updates) Y.applyUpdate(singly, update);
    for (let at = 0; at < updates.length; ) {
      const part = updates.slice(at, at + int(1, 20));
      at += part.length;
      const [one, two] = [new Splice(), new Splice()];
      const cut = int(0, part.length);
      for (const [i, update] of part.entries()) expect((i < cut ? one : two).add(spliceable(update))).toBe(true);
      expect(one.join(two)).toBe(true);
      const whole = one.encode();
      readUpdate(whole);
      Y.applyUpdate(spliced, whole);
    }
    expect(shown(spliced), `seed ${seed}`).toEqual(shown(singly));
    expect(Y.encodeStateAsUpdate(spliced)).toEqual(Y.encodeStateAsUpdate(singly));
  }
});

test('FAN-2 a splice that overtakes what it follows deletes, when that has come, what it should and nothing else', () => {
  for (const seed of seeds(40)) {
    const updates = history(seed, 80);
    const { int } = random(seed + 2);
    const cut = int(20, 60);
    const all = new Y.Doc();
    for (const update of updates) Y.applyUpdate(all, update);
    const before = new Y.Doc();
    for (const update of updates.slice(0, cut)) Y.applyUpdate(before, update);
    const splice = new Splice();
    for (const update of updates.slice(cut)) expect(splice.add(spliceable(update))).toBe(true);
    const whole = splice.encode();
    expect(readUpdate(whole).deletesInOrder).toBe(true);
    // A newcomer hears of the commit before the answer to its question has come.
    const newcomer = new Y.Doc();
    Y.applyUpdate(newcomer, whole);
    Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(before));
    expect(newcomer.store.pendingDs, `seed ${seed}`).toBeNull();
    expect(Y.encodeStateAsUpdate(newcomer), `seed ${seed}`).toEqual(Y.encodeStateAsUpdate(all));
  }
});

test('FAN-2 what does not follow is not spliced, and leaves the splice as it was', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const letter of 'abc') doc.getText('t').insert(0, letter);
  const [first, second, third] = updates.map(spliceable);
  const splice = new Splice();
  expect(splice.add(first!)).toBe(true);
  expect(splice.add(third!)).toBe(false);
  expect(splice.add(first!)).toBe(false);
  expect(splice.encode()).toEqual(updates[0]);
  expect(splice.add(second!)).toBe(true);
  expect(splice.add(third!)).toBe(true);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, splice.encode());
  expect(copy.getText('t').toString()).toBe('cba');
});
