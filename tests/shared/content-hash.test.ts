/**
 * Why this file exists: the content hash is what says that two people see the same, so it must be the same for every copy
 * that shows the same, and another for everything that shows something else. Both are tried on random documents, against
 * a plain rendering that shares nothing with the hash.
 */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { contentHash, contentHashSteps } from '#shared/content-hash.ts';
import { type Random, random, seeds } from '../support/random.ts';

const ROOTS = ['avsnitt', 'karta', 'lista', 'text'] as const;
const WORDS = ['bro', 'å', 'väg 14', '🌉', 'x', ' '];

/**
 * A place in a text, between characters. Inside one (between the halves of a surrogate pair) Yjs replaces both halves,
 * and not in every copy: then the copies do differ, and their hashes with them.
 */
function place(text: Y.Text, lots: Random, from: number, to: number): number {
  const at = lots.int(from, to);
  let units = '';
  for (const { insert } of text.toDelta() as Run[]) units += typeof insert === 'string' ? insert : '_';
  return (units.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

/** One random change, of any kind the documents of the program know and some they do not. */
function edit(doc: Y.Doc, lots: Random): void {
  const fragment = doc.getXmlFragment('avsnitt');
  const map = doc.getMap<unknown>('karta');
  const list = doc.getArray<unknown>('lista');
  const text = doc.getText('text');
  const blocks = fragment.toArray();
  const block = blocks.length > 0 ? lots.pick(blocks) : null;
  const inner = block instanceof Y.XmlElement && block.length > 0 ? block.get(0) : null;
  const written = inner instanceof Y.XmlText ? inner : text;
  switch (lots.int(0, 12)) {
    case 0: {
      const element = new Y.XmlElement(lots.pick(['paragraph', 'heading']));
      element.insert(0, [new Y.XmlText(lots.pick(WORDS))]);
      fragment.insert(lots.int(0, fragment.length), [element]);
      return;
    }
    case 1:
      if (fragment.length > 2) fragment.delete(lots.int(0, fragment.length - 1), 1);
      return;
    case 2:
      if (block instanceof Y.XmlElement) block.setAttribute(lots.pick(['nivå', 'id']), lots.pick(['1', '2', '']));
      return;
    case 3:
      map.set(lots.pick(['a', 'b', 'c']), lots.pick([1, 'ett', null, true, { djup: [1, 2] }, new Y.Map([['k', 1]])]));
      return;
    case 4:
      map.delete(lots.pick(['a', 'b', 'c']));
      return;
    case 5:
      list.insert(lots.int(0, list.length), [lots.pick([0, 'noll', new Y.Text('i listan'), new Uint8Array([1, 2])])]);
      return;
    case 6:
      if (list.length > 0) list.delete(lots.int(0, list.length - 1), 1);
      return;
    case 7:
    case 8: {
      if (written.length < 2) return;
      const from = place(written, lots, 0, written.length - 2);
      const to = place(written, lots, from + 1, written.length);
      if (to > from)
        written.format(from, to - from, lots.pick([{ bold: true }, { bold: null }, { länk: { href: 'a' } }]));
      return;
    }
    case 9: {
      const from = place(written, lots, 0, written.length);
      const to = place(written, lots, from, Math.min(written.length, from + 2));
      if (to > from) written.delete(from, to - from);
      return;
    }
    case 10:
      text.insertEmbed(place(text, lots, 0, text.length), { fil: lots.pick(['p', 'q']) });
      return;
    default:
      written.insert(place(written, lots, 0, written.length), lots.pick(WORDS));
  }
}

/** What is visible, in plain values: text with its formatting joined, elements, attributes, entries. */
function rendering(doc: Y.Doc): string {
  return JSON.stringify([
    doc.getXmlFragment('avsnitt').toArray().map(render),
    render(doc.getMap('karta')),
    render(doc.getArray('lista')),
    render(doc.getText('text')),
  ]);
}

function render(value: unknown): unknown {
  if (value instanceof Y.XmlElement)
    return { name: value.nodeName, attributes: sorted(value.getAttributes()), inside: value.toArray().map(render) };
  if (value instanceof Y.Text) return { runs: joined(value.toDelta() as Run[]) };
  if (value instanceof Y.Array) return value.toArray().map(render);
  if (value instanceof Y.Map) return sorted(Object.fromEntries([...value].map(([k, v]) => [k, { is: render(v) }])));
  return value instanceof Uint8Array ? { bytes: [...value] } : value;
}

interface Run {
  insert: unknown;
  attributes?: Record<string, unknown>;
}

function joined(runs: readonly Run[]): unknown[] {
  const out: { insert: unknown; format: string }[] = [];
  for (const { insert, attributes } of runs) {
    const format = JSON.stringify(sorted(attributes ?? {}));
    const last = out.at(-1);
    if (last && typeof last.insert === 'string' && typeof insert === 'string' && last.format === format)
      last.insert += insert;
    else out.push({ insert, format });
  }
  return out;
}

const sorted = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Three people edit and hear of each other late, in any order, some of it merged. Ends when everybody has everything. */
function together(lots: Random): Y.Doc[] {
  const docs = [new Y.Doc(), new Y.Doc({ gc: false }), new Y.Doc()];
  const waiting: Uint8Array[][] = docs.map(() => []);
  for (const [i, doc] of docs.entries())
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'others') return;
      for (const [other, queue] of waiting.entries()) if (other !== i) queue.push(update);
    });
  const deliver = (i: number): void => {
    const queue = waiting[i]!.splice(0);
    while (queue.length > 0) {
      const some = queue.splice(lots.int(0, queue.length - 1), lots.int(1, 3));
      Y.applyUpdate(docs[i]!, some.length > 1 && lots.int(0, 1) === 0 ? Y.mergeUpdates(some) : some[0]!, 'others');
      if (some.length > 1) for (const update of some) Y.applyUpdate(docs[i]!, update, 'others');
    }
  };
  for (let n = lots.int(10, 60); n > 0; n--) {
    edit(lots.pick(docs), lots);
    if (lots.int(0, 3) === 0) deliver(lots.int(0, docs.length - 1));
  }
  // A copy that hears of formatting may tidy it up, which the others have to hear of again.
  while (waiting.some((queue) => queue.length > 0)) for (const i of docs.keys()) deliver(i);
  // Yjs can be left waiting for good when pieces came merged and in the wrong order; the program never sends them so, and
  // who was away asks for what is missing.
  for (const doc of docs)
    for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), 'others');
  return docs;
}

/** A copy that never asked for any of the roots, as the server's. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

describe('the same content', () => {
  test('has the same hash, whatever the copies went through', () => {
    for (const seed of seeds(120)) {
      const docs = together(random(seed));
      const hashes = new Set([...docs, ...docs.map(copyOf)].map(contentHash));
      expect(new Set(docs.map(rendering)).size, `rendering, seed ${seed}`).toBe(1);
      expect(hashes.size, `seed ${seed}`).toBe(1);
    }
  });

  test('counts nothing that cannot be seen: roots only named, emptied roots, deleted text, idle formatting', () => {
    const empty = contentHash(new Y.Doc());
    const doc = new Y.Doc();
    for (const name of ROOTS) doc.getText(`${name} som ingen rört`);
    const text = doc.getText('text');
    text.insert(0, 'borta', { bold: true });
    text.delete(0, 5);
    doc.getMap('karta').set('a', 1);
    doc.getMap('karta').delete('a');
    expect(contentHash(doc)).toBe(empty);
    text.insert(0, 'kvar');
    const plain = new Y.Doc();
    plain.getText('text').insert(0, 'kv');
    plain.getText('text').insert(2, 'ar');
    expect(contentHash(doc)).toBe(contentHash(plain));
  });

  test('is hashed in steps as at once, and long text in pieces', () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, '🌉 över ån '.repeat(30_000));
    doc.getArray('lista').insert(0, [new Uint8Array(100_000).fill(7), 'x'.repeat(50_000)]);
    const whole = contentHash(doc);
    let steps = 0;
    for (const _ of contentHashSteps(doc)) steps++;
    expect(steps).toBeGreaterThan(60);
    const typed = new Y.Doc();
    typed.getArray('lista').insert(0, [new Uint8Array(100_000).fill(7), 'x'.repeat(50_000)]);
    for (let i = 0; i < 30_000; i += 1_000) typed.getText('text').insert(0, '🌉 över ån '.repeat(1_000));
    expect(contentHash(typed)).toBe(whole);
  });
});

describe('other content', () => {
  test('has another hash exactly when it shows something else', () => {
    let different = 0;
    for (const seed of seeds(120)) {
      const lots = random(seed);
      const doc = together(lots)[0]!;
      const other = copyOf(doc);
      for (let n = 0; n < 5; n++) {
        edit(other, lots);
        const shows = rendering(other) === rendering(doc);
        if (!shows) different++;
        expect(contentHash(other) === contentHash(doc), `seed ${seed}, edit ${n}`).toBe(shows);
      }
    }
    expect(different).toBeGreaterThan(200 / (process.env.SEED ? 100 : 1));
  });

  const text = (fill: (text: Y.Text) => void): string => {
    const doc = new Y.Doc();
    fill(doc.getText('t'));
    return contentHash(doc);
  };
  const block = (fill: (fragment: Y.XmlFragment) => void): string => {
    const doc = new Y.Doc();
    fill(doc.getXmlFragment('t'));
    return contentHash(doc);
  };
  const list = (...values: unknown[]): string => {
    const doc = new Y.Doc();
    doc.getArray('t').insert(0, values);
    return contentHash(doc);
  };
  const paragraph = (name: string, ...inside: string[]): Y.XmlElement => {
    const element = new Y.XmlElement(name);
    element.insert(
      0,
      inside.map((words) => new Y.XmlText(words)),
    );
    return element;
  };

  test('one character, the order, the formatting and its extent, an attribute, where text is cut into blocks', () => {
    const hashes = [
      text((t) => t.insert(0, 'bron')),
      text((t) => t.insert(0, 'bro')),
      text((t) => t.insert(0, 'born')),
      text((t) => t.insert(0, 'bron', { bold: true })),
      text((t) => t.insert(0, 'bron', { bold: 'true' })),
      text((t) => t.insert(0, 'bron', { em: true })),
      text((t) => {
        t.insert(0, 'bron');
        t.format(0, 3, { bold: true });
      }),
      text((t) => t.insertEmbed(0, { bron: 1 })),
      block((f) => f.insert(0, [paragraph('p', 'bron')])),
      block((f) => f.insert(0, [paragraph('h', 'bron')])),
      block((f) => f.insert(0, [paragraph('p', 'br', 'on')])),
      block((f) => f.insert(0, [paragraph('p', 'br'), paragraph('p', 'on')])),
      block((f) => f.insert(0, [paragraph('p', 'on'), paragraph('p', 'br')])),
      block((f) => {
        f.insert(0, [paragraph('p', 'bron')]);
        (f.get(0) as Y.XmlElement).setAttribute('id', '1');
      }),
      block((f) => f.insert(0, [new Y.XmlText('bron')])),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('values of another kind: text and number, null and false, bytes and list, one list or two', () => {
    const hashes = [
      list('1'),
      list(1),
      list(1, 1),
      list([1, 1]),
      list([1], 1),
      list(null),
      list(false),
      list({ a: 1 }),
      list({ a: '1' }),
      list({ b: 1 }),
      list(new Uint8Array([1, 1])),
      list({ a: 1n }),
      list({ a: '1n' }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(list({ a: 1, b: 2 })).toBe(list({ b: 2, a: 1 }));
  });

  test('the same words under another root', () => {
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    one.getText('a').insert(0, 'bron');
    two.getText('b').insert(0, 'bron');
    expect(contentHash(one)).not.toBe(contentHash(two));
  });
});
