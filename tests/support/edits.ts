/**
 * Why this file exists: honest updates of every kind Yjs can make, from a seed: texts with formats and embeds, elements,
 * maps, lists, binary, deletions with and without garbage collection, merged, cut to a state vector, with gaps. And the
 * other kind: the same bytes with something wrong in them.
 */
import * as Y from 'yjs';
import type { Random } from './random.ts';

const WORDS = ['remiss', 'dag ', 'å', 'ö–ö', '👩‍🏫', '漢字', 'x', 'en längre mening om ingenting. ', '\n', '𝄞'];

/** Documents of several people, edited at random; each edit's update is collected as its author sent it. */
export class Writers {
  readonly docs: Y.Doc[];
  readonly updates: Uint8Array[] = [];
  readonly #random: Random;

  constructor(random: Random, people: number, gc = true) {
    this.#random = random;
    this.docs = Array.from({ length: people }, (_, i) => {
      const doc = new Y.Doc({ gc });
      doc.clientID = random.int(1, 2 ** 32 - 2 - i) + i;
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'remote') this.updates.push(update);
      });
      return doc;
    });
  }

  /** Somebody does something. */
  step(): void {
    const doc = this.#random.pick(this.docs);
    if (this.#random.next() < 0.2) {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#random.pick(this.docs), Y.encodeStateVector(doc)), 'remote');
      return;
    }
    doc.transact(() => {
      for (let i = this.#random.int(1, 3); i > 0; i--) edit(doc, this.#random);
    });
  }

  /** An update one could be sent: a single edit, several merged, a whole state, a difference, one with a gap. */
  anUpdate(): Uint8Array {
    const r = this.#random;
    if (this.updates.length === 0) this.step();
    if (this.updates.length === 0) return Y.encodeStateAsUpdate(this.docs[0]!);
    switch (r.int(0, 5)) {
      case 0:
        return Y.encodeStateAsUpdate(r.pick(this.docs));
      case 1:
        return Y.encodeStateAsUpdate(r.pick(this.docs), Y.encodeStateVector(r.pick(this.docs)));
      case 2:
        return Y.mergeUpdates(Array.from({ length: r.int(2, 8) }, () => r.pick(this.updates)));
      case 3: {
        const merged = Y.mergeUpdates(this.updates.filter(() => r.next() < 0.5).concat(r.pick(this.updates)));
        return Y.diffUpdate(merged, Y.encodeStateVectorFromUpdate(r.pick(this.updates)));
      }
      default:
        return r.pick(this.updates);
    }
  }
}

function edit(doc: Y.Doc, r: Random): void {
  const text = doc.getText('text');
  const list = doc.getArray<unknown>('list');
  const map = doc.getMap<unknown>('map');
  const xml = doc.getXmlFragment('xml');
  switch (r.int(0, 11)) {
    case 0:
    case 1:
    case 2:
      text.insert(r.int(0, text.length), r.pick(WORDS));
      break;
    case 3:
      if (text.length > 1) text.delete(r.int(0, text.length - 2), r.int(1, 2));
      break;
    case 4:
      if (text.length > 2)
        text.format(
          r.int(0, text.length - 2),
          2,
          r.pick([{ strong: {} }, { strong: null }, { link: { href: 'https://exempel.se/å' } }]),
        );
      break;
    case 5:
      text.insertEmbed(r.int(0, text.length), { bild: r.pick(WORDS), storlek: [1, { b: null }] });
      break;
    case 6:
      list.insert(r.int(0, list.length), [value(r), value(r)]);
      break;
    case 7:
      if (list.length > 0) list.delete(r.int(0, list.length - 1), 1);
      break;
    case 8:
      map.set(r.pick(['titel', 'tid', 'å']), value(r));
      break;
    case 9:
      if (map.size > 0) map.delete(r.pick([...map.keys()]));
      break;
    case 10:
      editXml(xml, r);
      break;
    default:
      if (xml.length > 0) xml.delete(r.int(0, xml.length - 1), 1);
  }
}

function editXml(xml: Y.XmlFragment, r: Random): void {
  const at = r.int(0, xml.length);
  const existing = xml.length > 0 ? xml.get(r.int(0, xml.length - 1)) : null;
  if (existing instanceof Y.XmlElement && r.next() < 0.7) {
    if (r.next() < 0.3) existing.setAttribute(r.pick(['nivå', 'id']), r.pick(WORDS));
    else editXml(existing, r);
    return;
  }
  if (existing instanceof Y.XmlText && r.next() < 0.7) {
    existing.insert(r.int(0, existing.length), r.pick(WORDS));
    return;
  }
  if (r.next() < 0.5) xml.insert(at, [new Y.XmlElement(r.pick(['paragraph', 'stycke']))]);
  else xml.insert(at, [new Y.XmlText(r.pick(WORDS))]);
}

function value(r: Random): unknown {
  const all: unknown[] = [
    null,
    true,
    false,
    0,
    -1,
    -r.int(0, 2 ** 31),
    2 ** 40,
    1.5,
    0.1,
    { stort: 9_007_199_254_740_991n, inget: undefined },
    r.pick(WORDS),
    [1, ['två', { tre: 3 }]],
    { a: { b: { å: [] } } },
    new Uint8Array([1, 2, r.int(0, 255)]),
    new Y.Map([['k', 'v']]),
    new Y.Array(),
    new Y.Text('t'),
  ];
  return all[r.int(0, all.length - 1)];
}

/** The same bytes with something wrong: bits, cuts, doubled and foreign pieces, numbers made large. */
export function mutated(bytes: Uint8Array, r: Random, other: Uint8Array): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (let i = r.int(1, 3); i > 0; i--) {
    const at = r.int(0, Math.max(0, out.length - 1));
    switch (r.int(0, 7)) {
      case 0:
        out[at] = (out[at] ?? 0) ^ (1 << r.int(0, 7));
        break;
      case 1:
        out[at] = r.int(0, 255);
        break;
      case 2:
        out = out.slice(0, at);
        break;
      case 3:
        out = join(out.subarray(0, at), out.subarray(at + r.int(1, 4)));
        break;
      case 4:
        out = join(out.subarray(0, at), out.subarray(Math.max(0, at - r.int(1, 9))));
        break;
      case 5: {
        const from = r.int(0, other.length);
        out = join(out.subarray(0, at), other.subarray(from, from + r.int(1, 20)), out.subarray(at));
        break;
      }
      case 6:
        out = join(out.subarray(0, at), LARGE[r.int(0, LARGE.length - 1)]!, out.subarray(at + 1));
        break;
      default:
        out[at] = ((out[at] ?? 0) + r.pick([-1, 1, 2])) & 0xff;
    }
  }
  return out;
}

/** 2^24, 2^32 - 1, 2^32, 2^53 - 1, 2^53, and a zero written with two bytes. */
const LARGE = [2 ** 24, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53].map(varUint).concat(Uint8Array.of(0x80, 0));

/** A number as lib0 writes it. */
export function varUint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return Uint8Array.from(out);
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
