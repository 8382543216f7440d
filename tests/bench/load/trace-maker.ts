/**
 * Why this file exists: a history as a long evening of writing leaves it: words typed in runs, slips taken back, the caret
 * moved to another place, sentences struck out, now and then something pasted. Seeded, so that every run types the same.
 */
import { writeFileSync } from 'node:fs';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { Writer } from './bytes.ts';
import type { TraceMade, TraceOrder } from './questions.ts';

const LETTERS = 'eeeeeaaaannnnttttrrrrsssiiilllddoomkgvfhupåäöbcyj';

/** A small generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Numbers from 1 with this mean, small ones the most frequent. */
const about = (random: () => number, mean: number): number => 1 + Math.floor(-Math.log(1 - random()) * (mean - 0.5));

/** What somebody does at a text, one operation after the other. */
class Hand {
  readonly #random: () => number;
  readonly #text: Y.XmlText;
  #at = 0;
  #length = 0;

  constructor(text: Y.XmlText, random: () => number) {
    this.#text = text;
    this.#random = random;
  }

  #letter(): string {
    return this.#random() < 0.17 ? ' ' : (LETTERS[Math.floor(this.#random() * LETTERS.length)] ?? 'e');
  }

  #insert(text: string): void {
    this.#text.insert(this.#at, text);
    this.#at += text.length;
    this.#length += text.length;
  }

  #delete(from: number, length: number): void {
    this.#text.delete(from, length);
    this.#at = from;
    this.#length -= length;
  }

  #jump(): void {
    const near = this.#random() < 0.7;
    const to = near ? this.#at + (this.#random() - 0.5) * 800 : this.#random() * this.#length;
    this.#at = Math.max(0, Math.min(this.#length, Math.round(to)));
  }

  /** One stretch: a run of words, and what one does behind it. Every yield is an operation. */
  *stretch(): Generator<void> {
    for (let n = about(this.#random, 14); n > 0; n--) yield this.#insert(this.#letter());
    if (this.#random() < 0.5) {
      for (let n = Math.min(this.#at, about(this.#random, 11)); n > 0; n--) yield this.#delete(this.#at - 1, 1);
    }
    const next = this.#random();
    if (next < 0.02) yield this.#insert(Array.from({ length: about(this.#random, 90) }, () => this.#letter()).join(''));
    else if (next < 0.06) {
      const length = Math.min(this.#length - this.#at, about(this.#random, 40));
      if (length > 0) yield this.#delete(this.#at, length);
    } else if (next < 0.3) this.#jump();
    else if (next < 0.45) this.#at = this.#length;
  }
}

/** Writes the history to a file: each operation's update behind its length. */
export function makeTrace({ file, operations, seed }: TraceOrder): TraceMade {
  const doc = new Y.Doc();
  doc.clientID = 1_000_000 + seed;
  const out = new Writer();
  let made = 0;
  doc.on('update', (update: Uint8Array) => {
    out.block(update);
    made += 1;
  });
  const text = new Y.XmlText();
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [text]);
    doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
  });
  const hand = new Hand(text, seeded(seed));
  while (made < operations) for (const _ of hand.stretch()) if (made >= operations) break;
  writeFileSync(file, out.take());
  const characters = text.length;
  const compactedBytes = Y.encodeStateAsUpdate(doc).byteLength;
  doc.destroy();
  return { operations: made, characters, compactedBytes };
}
