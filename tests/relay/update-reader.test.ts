/**
 * Why this file exists: our reader of updates must see exactly what Yjs sees, and must let nothing through that Yjs would
 * stumble over. SEED=n runs one seed of the two that draw lots; the seed stands in the message of a failure.
 */
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type ClockRange, MalformedUpdate, readUpdate } from '../../server/relay/update-reader.ts';
import { mutated, varUint, Writers } from '../support/edits.ts';
import { random, seeds } from '../support/random.ts';

/** What Yjs sees, in our words. */
function seenByYjs(update: Uint8Array): { ranges: ClockRange[]; deletes: ClockRange[]; structs: number } {
  const { structs, ds } = Y.decodeUpdate(update);
  const ranges: ClockRange[] = [];
  let last = null as ClockRange | null;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip) {
      last = null;
      continue;
    }
    if (last?.client === client && last.to === clock) last.to += struct.length;
    else {
      last = { client, from: clock, to: clock + struct.length };
      ranges.push(last);
    }
  }
  const deletes = [...ds.clients].flatMap(([client, items]) =>
    items.map((item) => ({ client, from: item.clock, to: item.clock + item.len })),
  );
  return { ranges, deletes, structs: structs.length };
}

function compare(update: Uint8Array): void {
  const ours = readUpdate(update);
  const { ranges, deletes, structs } = seenByYjs(update);
  expect(ours.ranges).toEqual(ranges);
  // Yjs gathers ranges by client; two lists of one client are the same to it.
  const sorted = (list: readonly ClockRange[]) => [...list].sort((a, b) => a.client - b.client);
  expect(sorted(ours.deletes)).toEqual(sorted(deletes));
  expect(ours.structs).toBe(structs);
  expect([...ours.clients]).toEqual([...new Set(ranges.map((range) => range.client))]);
  const decoded = Y.decodeUpdate(update).structs;
  expect(ours.hasTypes).toBe(decoded.some((s) => s instanceof Y.Item && s.content instanceof Y.ContentType));
  expect(ours.hasSkips).toBe(decoded.some((s) => s instanceof Y.Skip));
  expect(ours.blocks.reduce((sum, block) => sum + block.count, 0)).toBe(structs);
}

/** Our reason for refusing these bytes, or `null`. */
function refusal(update: Uint8Array): string | null {
  try {
    readUpdate(update);
    return null;
  } catch (error) {
    if (error instanceof MalformedUpdate) return error.reason;
    throw error;
  }
}

const bytes = (...parts: (number | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));

test('it sees what Yjs sees in honest updates of every kind', { timeout: 30_000 }, () => {
  for (const seed of seeds(30)) {
    const r = random(seed);
    const writers = new Writers(r, r.int(1, 4), r.next() < 0.7);
    try {
      for (let i = 0; i < 60; i++) {
        writers.step();
        compare(writers.anUpdate());
      }
      for (const doc of writers.docs) compare(Y.encodeStateAsUpdate(doc));
    } catch (error) {
      throw new Error(`SEED=${seed}: ${String(error)}`, { cause: error });
    }
  }
});

test('blocks say where the structs stand: put together from them an update is the same', () => {
  const r = random(5);
  const writers = new Writers(r, 3);
  for (let i = 0; i < 80; i++) writers.step();
  const update = Y.encodeStateAsUpdate(writers.docs[0]!);
  const read = readUpdate(update);
  const again = bytes(
    varUint(read.blocks.length),
    ...read.blocks.flatMap((b) => [
      varUint(b.count),
      varUint(b.client),
      varUint(b.clock),
      update.subarray(b.byteStart, b.byteEnd),
    ]),
    update.subarray(read.deleteSetStart),
  );
  expect(again).toEqual(update);
});

test('of mutated bytes it accepts only what Yjs decodes alike and applies', { timeout: 60_000 }, () => {
  let accepted = 0;
  for (const seed of seeds(40)) {
    const r = random(seed);
    const writers = new Writers(r, 2);
    for (let i = 0; i < 25; i++) writers.step();
    for (let i = 0; i < 150; i++) {
      const update = mutated(writers.anUpdate(), r, writers.anUpdate());
      if (refusal(update) !== null) continue;
      accepted++;
      try {
        compare(update);
        Y.applyUpdate(new Y.Doc(), update);
      } catch (error) {
        const hex = Buffer.from(update).toString('hex');
        throw new Error(`SEED=${seed}: ${String(error)}\n${hex}`, { cause: error });
      }
    }
  }
  expect(accepted).toBeGreaterThan(0);
});

test('a subdocument, a poisoned key and what is followed are seen', () => {
  const doc = new Y.Doc();
  doc.getMap('m').set('sub', new Y.Doc());
  expect(readUpdate(Y.encodeStateAsUpdate(doc)).hasSubdocument).toBe(true);
  const poisoned: ((doc: Y.Doc) => void)[] = [
    (d) => d.getMap('m').set('__proto__', 1),
    (d) => d.getMap('constructor').set('a', 1),
    (d) => d.getMap('m').set('a', { b: [{ prototype: 1 }] }),
    (d) => d.getMap('m').set('a', JSON.parse('{"__proto__": 1}') as object),
    (d) => d.getText('t').insert(0, 'a', JSON.parse('{"constructor": true}') as object),
    (d) => d.getText('t').insert(0, 'a', { link: { constructor: 1 } }),
    (d) => d.getText('t').insertEmbed(0, { deep: { prototype: 0 } }),
    (d) => d.getXmlFragment('x').insert(0, [new Y.XmlElement('__proto__')]),
  ];
  for (const [i, make] of poisoned.entries()) {
    const bad = new Y.Doc();
    make(bad);
    expect(readUpdate(Y.encodeStateAsUpdate(bad)).hasPoisonedKey, `case ${i}`).toBe(true);
  }
  const good = new Y.Doc();
  good.getMap('constructors').set('__proto', { proto: 'constructor', text: '__proto__' });
  expect(readUpdate(Y.encodeStateAsUpdate(good)).hasPoisonedKey).toBe(false);

  const [first, second] = [new Y.Doc(), new Y.Doc()];
  first.clientID = 7;
  second.clientID = 8;
  first.getText('t').insert(0, 'abc');
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
  const before = Y.encodeStateVector(second);
  second.getText('t').insert(2, 'X');
  expect(readUpdate(Y.encodeStateAsUpdate(second, before)).follows).toEqual([0, 0, 7, 1, 0, 0, 7, 2]);
});

const STRING_A = bytes(4, 1, 1, 0x74, 1, 0x61); // A string "a" in the root "t".
const one = (struct: Uint8Array, client = 1, clock: number | Uint8Array = 0) => bytes(1, 1, client, clock, struct, 0);
const json = (text: string) => {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, text);
  return encoding.toUint8Array(encoder);
};

test.each<[string, Uint8Array, string]>([
  ['nothing at all', bytes(), 'truncated'],
  ['no delete set', bytes(0), 'truncated'],
  ['bytes behind', bytes(0, 0, 0), 'bytes-behind'],
  ['2^24 structs in eight bytes', bytes(1, varUint(2 ** 24), 0, 0, 0, 0), 'count'],
  ['2^31 structs', bytes(1, varUint(2 ** 31), 0, 0, 0, 0), 'count'],
  ['2^40 structs', bytes(1, varUint(2 ** 40), 0, 0, 0, 0), 'too-large'],
  ['2^32 - 1 blocks', bytes(varUint(2 ** 32 - 1), 0), 'count'],
  ['2^20 deletions in five bytes', bytes(0, 1, 5, varUint(2 ** 20)), 'count'],
  ['an honest one cut behind its structs', one(STRING_A).slice(0, -1), 'truncated'],
  ['an honest one cut in a string', one(STRING_A).slice(0, -2), 'truncated'],
  ['a client in two blocks', bytes(2, 1, 1, 0, STRING_A, 1, 1, 1, STRING_A, 0), 'client-order'],
  ['blocks in rising order', bytes(2, 1, 1, 0, STRING_A, 1, 2, 0, STRING_A, 0), 'client-order'],
  ['a block without structs', bytes(1, 0, 1, 0, 0, 0, 0, 0), 'empty'],
  ['an empty string', one(bytes(4, 1, 1, 0x74, 0)), 'empty'],
  ['a deletion of nothing', bytes(0, 1, 1, 1, 0, 0), 'empty'],
  ['an unknown content', one(bytes(11, 1, 1, 0x74, 0)), 'unknown-kind'],
  ['an unknown type', one(bytes(7, 1, 1, 0x74, 7)), 'unknown-kind'],
  ['an unknown value', one(bytes(8, 1, 1, 0x74, 1, 115)), 'unknown-kind'],
  ['a parent of neither kind', one(bytes(4, 2, 1, 0x74, 1, 0x61)), 'unknown-kind'],
  ['a gap with an origin', one(bytes(138, 1, 0, 5)), 'unknown-kind'],
  ['a client of 2^32', bytes(1, 1, varUint(2 ** 32), 0, STRING_A, 0), 'too-large'],
  ['a client of 2^53', bytes(1, 1, varUint(2 ** 53), 0, STRING_A, 0), 'too-large'],
  ['a clock of 2^32', one(STRING_A, 1, varUint(2 ** 32)), 'too-large'],
  ['a clock of 2^53 - 1', one(STRING_A, 1, varUint(2 ** 53 - 1)), 'too-large'],
  ['a clock that runs over', one(STRING_A, 1, varUint(2 ** 32 - 1)), 'too-large'],
  ['a deletion that runs over', bytes(0, 1, 1, 1, 1, varUint(2 ** 32 - 1)), 'too-large'],
  [
    'a number of ten bytes',
    bytes(1, 1, Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 255, 1])),
    'too-large',
  ],
  ['a zero of two bytes', bytes(1, 1, 1, 0x80, 0, STRING_A, 0), 'not-canonical'],
  ['a small number of two bytes in a value', one(bytes(8, 1, 1, 0x74, 1, 125, 0x81, 0)), 'not-canonical'],
  ['broken UTF-8', one(bytes(4, 1, 1, 0x74, 1, 0xff)), 'utf8'],
  ['half a character', one(bytes(4, 1, 1, 0x74, 1, 0xc3)), 'utf8'],
  ['an overlong slash', one(bytes(4, 1, 1, 0x74, 2, 0xc0, 0xaf)), 'utf8'],
  ['half a surrogate pair', one(bytes(4, 1, 1, 0x74, 3, 0xed, 0xa0, 0x80)), 'utf8'],
  ['JSON that is none', one(bytes(5, 1, 1, 0x74, json('{"a":'))), 'json'],
  ['a mark whose value is no JSON', one(bytes(6, 1, 1, 0x74, json('b'), json('nul'))), 'json'],
  ['JSON of a thousand levels', one(bytes(5, 1, 1, 0x74, json('['.repeat(1_000) + ']'.repeat(1_000)))), 'value-depth'],
  [
    'a value of a thousand levels',
    one(bytes(8, 1, 1, 0x74, 1, ...Array.from({ length: 1_000 }, () => bytes(117, 1)), 127)),
    'value-depth',
  ],
  ['a struct that follows itself', one(bytes(132, 1, 0, 1, 0x61)), 'reference'],
  ['a struct inside itself', one(bytes(4, 0, 1, 0, 1, 0x61)), 'reference'],
  ['a struct before a later one of its own', one(bytes(68, 1, 9, 1, 0x61)), 'reference'],
  ['a subdocument without options', one(bytes(9, 1, 1, 0x74, json('id'), 126)), 'unknown-kind'],
])('refused: %s', (_, update, reason) => {
  expect(refusal(update)).toBe(reason);
});
