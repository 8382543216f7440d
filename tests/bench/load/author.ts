/**
 * Why this file exists: somebody who types, without a document: one paragraph of one's own, one character behind the
 * other. The updates are written byte by byte, so that a key costs the generator a microsecond.
 */
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { Writer } from './bytes.ts';

const RING = 1 << 16;
const STRING_BEHIND = 128 | 4;
export const NOTHING: Uint8Array = Uint8Array.of(0, 0);

const writer = new Writer();

/** The paragraph and its first character, at the end of nothing: in the fragment named. */
function beginning(client: number, fragment: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('e')]);
  doc.getXmlFragment(fragment).insert(0, [paragraph]);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

export class Author {
  readonly client: number = 1 + Math.floor(Math.random() * 0xffff_fffe);
  readonly #beginning: Uint8Array;
  readonly #firstClock: number;
  /** Clock of the next character. */
  clock: number;
  /** Characters of one edit. */
  readonly unit: number;
  /** When the edits were made; the last 65,536 of them. */
  readonly #struck = new Float64Array(RING);
  readonly #text: string;

  constructor(unit = 1, fragment: string = NOTES_FRAGMENT) {
    this.unit = unit;
    this.#text = 'e'.repeat(unit);
    this.#beginning = beginning(this.client, fragment);
    this.#firstClock = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(this.#beginning)).get(this.client) ?? 0;
    this.clock = this.#firstClock;
  }

  /** How many edits were made. */
  get edits(): number {
    return (this.clock - this.#firstClock) / this.unit;
  }

  /** Makes an edit at `now`; answers its update. */
  key(now: number): Uint8Array {
    this.#struck[this.edits & (RING - 1)] = now;
    const update = this.#run(this.clock, this.#text);
    this.clock += this.unit;
    return update;
  }

  /** Takes back the last `length` characters. */
  takeBack(length: number): Uint8Array {
    return writer
      .uint(0)
      .uint(1)
      .uint(this.client)
      .uint(1)
      .uint(this.clock - length)
      .uint(length)
      .take();
  }

  /** When the edit was made that begins at this clock. */
  struckAt(clock: number): number {
    return this.#struck[((clock - this.#firstClock) / this.unit) & (RING - 1)] ?? 0;
  }

  /** The clock behind so many edits. */
  clockAfter(edits: number): number {
    return this.#firstClock + edits * this.unit;
  }

  /** Everything from `clock` on, for a server that has what is before it. */
  since(clock: number): Uint8Array {
    if (clock >= this.clock) return NOTHING;
    if (clock >= this.#firstClock) return this.#run(clock, 'e'.repeat(this.clock - clock));
    if (this.clock === this.#firstClock) return this.#beginning;
    return Y.mergeUpdates([this.#beginning, this.since(this.#firstClock)]);
  }

  #run(clock: number, text: string): Uint8Array {
    return writer
      .uint(1)
      .uint(1)
      .uint(this.client)
      .uint(clock)
      .byte(STRING_BEHIND)
      .uint(this.client)
      .uint(clock - 1)
      .text(text)
      .uint(0)
      .take();
  }
}
