/**
 * Why this file exists: several people sort the same contributions at once. Whatever they do and in whatever order it
 * reaches each other, they end up with the same board, every contribution stands on it once, and what was merged or hidden
 * can be had back. Seeds are printed; SEED repeats one.
 */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import { contributionKey } from '#shared/workshop/contribution-keys.ts';
import {
  addCluster,
  arrange,
  cleanTag,
  clusterOf,
  MAX_CLUSTER_NAME,
  MAX_ORDER,
  MAX_TAG,
  mergeCluster,
  parseTagEntry,
  patchCluster,
  place,
  readHarvest,
  setHidden,
  setTag,
  splitCluster,
} from '#shared/workshop/harvest.ts';
import { type Random, random, seeds } from '../support/random.ts';

const GROUP = newId();
const PERSON = newId();
const keys = Array.from({ length: 24 }, (_, n) => contributionKey(GROUP, 7, n));
const contributions = keys.map((key) => ({ key }));

function made(doc: Y.Doc, name: string, id = newId()): string {
  addCluster(doc, { id, name, at: 1_000, by: PERSON });
  return id;
}

const board = (doc: Y.Doc) => {
  const { unsorted, clusters } = arrange(readHarvest(doc), contributions);
  return {
    unsorted: unsorted.map(({ key }) => key),
    clusters: clusters.map(({ cluster, merged, contributions: list }) => ({
      ...cluster,
      merged: merged.map(({ id }) => id),
      list: list.map(({ key }) => key),
    })),
  };
};

function act(doc: Y.Doc, r: Random): void {
  const { clusters } = readHarvest(doc);
  const some = () => Array.from({ length: r.int(1, 3) }, () => r.pick(keys));
  const one = () => r.pick(clusters).id;
  if (clusters.length === 0) {
    made(doc, 'först');
    return;
  }
  const acts: (() => void)[] = [
    () => made(doc, `kluster ${r.int(1, 99)}`),
    () => place(doc, some(), one()),
    () => place(doc, some(), one(), r.pick(keys)),
    () => place(doc, some(), ''),
    () => patchCluster(doc, one(), { name: `namn ${r.int(1, 99)}` }),
    () => mergeCluster(doc, one(), one(), PERSON, 2_000),
    () => splitCluster(doc, one()),
    () => setTag(doc, some(), r.pick(['vägval', 'pengar']), r.next() < 0.7),
    () => setHidden(doc, some(), r.next() < 0.5),
    () => patchCluster(doc, one(), { hidden: r.next() < 0.5 }),
  ];
  r.pick(acts)();
}

test('sorted by several at once, in any order of arrival, all boards are one', () => {
  for (const seed of seeds(40)) {
    const r = random(seed);
    const docs = Array.from({ length: 3 }, () => new Y.Doc());
    const sent: Uint8Array[][] = docs.map(() => []);
    docs.forEach((doc, from) => {
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'net') for (const [to, queue] of sent.entries()) if (to !== from) queue.push(update);
      });
    });
    for (let n = 0; n < 120; n++) {
      act(r.pick(docs), r);
      const to = r.int(0, docs.length - 1);
      // Some of what is under way arrives, not in order.
      while (sent[to]!.length > 0 && r.next() < 0.4)
        Y.applyUpdate(docs[to]!, sent[to]!.splice(r.int(0, sent[to]!.length - 1), 1)[0]!, 'net');
    }
    docs.forEach((doc, to) => {
      for (const update of sent[to]!) Y.applyUpdate(doc, update, 'net');
    });
    const first = board(docs[0]!);
    for (const doc of docs) {
      expect(board(doc), `seed ${seed}`).toEqual(first);
      expect(readHarvest(doc).tags, `seed ${seed}`).toEqual(readHarvest(docs[0]!).tags);
      const all = [...first.unsorted, ...first.clusters.flatMap(({ list }) => list)];
      expect(all.sort(), `seed ${seed}`).toEqual([...keys].sort());
    }
  }
});

describe('merging', () => {
  test('shows the contributions together and remembers where they lay; split again, all is as it was', () => {
    const doc = new Y.Doc();
    const [a, b] = [made(doc, 'Resan'), made(doc, 'Bussen')];
    place(doc, [keys[0]!, keys[1]!], a);
    place(doc, [keys[2]!], b);
    const before = board(doc);
    mergeCluster(doc, b, a, PERSON, 5_000);
    expect(board(doc).clusters.map(({ id, merged }) => [id, merged])).toEqual([[a, [b]]]);
    expect(clusterOf(readHarvest(doc), keys[2]!)).toBe(a);
    expect(readHarvest(doc).byId.get(b)).toMatchObject({ mergedInto: a, mergedBy: PERSON, mergedAt: 5_000 });
    splitCluster(doc, b);
    expect(board(doc).clusters.map(({ id, list }) => [id, list])).toEqual(
      before.clusters.map(({ id, list }) => [id, list]),
    );
  });

  test('into each other at once: one of them stays, the same for both', () => {
    const [one, other] = [new Y.Doc(), new Y.Doc()];
    // The first made has the larger id, so that order and id do not agree by chance.
    const [a, b, c] = [made(one, 'A', 'b'.repeat(20)), made(one, 'B', 'a'.repeat(20)), made(one, 'C')];
    place(one, [keys[0]!], a);
    place(one, [keys[1]!], b);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    mergeCluster(one, a, b, PERSON, 1);
    mergeCluster(other, b, a, PERSON, 1);
    mergeCluster(other, c, b, PERSON, 1);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
    expect(board(one)).toEqual(board(other));
    expect(board(one).clusters).toHaveLength(1);
    expect(board(one).clusters[0]!.id).toBe(b);
    expect(board(one).clusters[0]!.list.sort()).toEqual([keys[0], keys[1]]);
  });

  test('into what is already shown in it does nothing: no board would be left', () => {
    const doc = new Y.Doc();
    const [a, b] = [made(doc, 'A', 'a'.repeat(20)), made(doc, 'B', 'b'.repeat(20))];
    mergeCluster(doc, a, b, PERSON, 1);
    mergeCluster(doc, b, b, PERSON, 1);
    mergeCluster(doc, b, a, PERSON, 1);
    mergeCluster(doc, b, newId(), PERSON, 1);
    expect(board(doc).clusters.map(({ id }) => id)).toEqual([b]);
  });
});

test('two people tag the same contribution at once, and both tags are there', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  setTag(one, [keys[0]!], '#Pengar ', true);
  setTag(other, [keys[0]!], 'vägval', true);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  expect(readHarvest(one).tags.get(keys[0]!)).toEqual(['pengar', 'vägval']);
  setTag(one, [keys[0]!], 'PENGAR', false);
  expect(readHarvest(one).tags.get(keys[0]!)).toEqual(['vägval']);
});

test('placed between two, it stands between them', () => {
  const doc = new Y.Doc();
  const a = made(doc, 'A');
  place(doc, keys.slice(0, 3), a);
  place(doc, [keys[5]!, keys[4]!], a, keys[1]!);
  expect(board(doc).clusters[0]!.list).toEqual([keys[0], keys[5], keys[4], keys[1], keys[2]]);
  place(doc, [keys[2]!], a, keys[0]!);
  expect(board(doc).clusters[0]!.list).toEqual([keys[2], keys[0], keys[5], keys[4], keys[1]]);
});

test('a document made by somebody who wants to break it is read as far as it can be', () => {
  const doc = new Y.Doc();
  const a = made(doc, `${'x'.repeat(MAX_CLUSTER_NAME * 3)}\u202e\n`);
  const clusters = doc.getMap('clusters');
  clusters.set('rubbish', 'x');
  clusters.set(newId(), 'x');
  const odd = newId();
  const map = new Y.Map<unknown>();
  clusters.set(odd, map);
  for (const [field, value] of Object.entries({
    name: { a: 1 },
    order: 'z'.repeat(10_000),
    hidden: 'yes',
    mergedInto: odd,
    mergedAt: Number.NaN,
    at: -5,
    by: '__proto__',
  }))
    map.set(field, value);
  const placements = doc.getMap<unknown>('placements');
  placements.set('__proto__', { cluster: a, order: 'a0' });
  placements.set(keys[0]!, null);
  placements.set(keys[1]!, [a]);
  placements.set(keys[2]!, { cluster: newId(), order: 3 });
  placements.set(keys[3]!, { cluster: odd, order: 'not a key' });
  doc.getMap('hidden').set(keys[4]!, 'true');
  for (let n = 0; n < 50; n++) doc.getMap('tags').set(`${keys[5]}:t${n}`, true);
  doc.getMap('tags').set(`${keys[6]}:${'x'.repeat(500)}`, true);
  doc.getMap('tags').set('rubbish', true);

  const harvest = readHarvest(doc);
  expect(harvest.byId.get(a)!.name).toBe('x'.repeat(MAX_CLUSTER_NAME));
  expect(harvest.byId.get(odd)).toEqual({
    id: odd,
    name: '',
    order: 'z'.repeat(MAX_ORDER),
    hidden: false,
    mergedInto: '',
    mergedAt: 0,
    mergedBy: '',
    at: 0,
    by: '',
  });
  expect(harvest.clusters).toHaveLength(2);
  expect(harvest.hidden.size).toBe(0);
  expect(harvest.tags.get(keys[5]!)).toHaveLength(12);
  expect(harvest.tags.has(keys[6]!)).toBe(false);
  expect(board(doc).clusters.flatMap(({ list }) => list)).toEqual([keys[3]]);
  place(doc, [keys[7]!], odd);
  expect(clusterOf(readHarvest(doc), keys[7]!)).toBe(odd);
});

test('a tag has one spelling, and its entry is read back as it was made', () => {
  for (const [typed, kept] of [
    ['  #Väg  val ', 'väg val'],
    ['a:b', 'a:b'],
    ['###', ''],
    ['\u0000', ''],
    ['x'.repeat(100), 'x'.repeat(MAX_TAG)],
  ] as const) {
    expect(cleanTag(typed)).toBe(kept);
    expect(cleanTag(kept)).toBe(kept);
    if (kept !== '') expect(parseTagEntry(`${keys[0]}:${kept}`)).toEqual({ key: keys[0], tag: kept });
  }
});
