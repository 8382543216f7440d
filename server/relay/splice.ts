/**
 * Why this file exists: the updates of one commit go on as one. `Y.mergeUpdates` decodes and encodes every struct for
 * that, and is quadratic in their number. But a struct is the same bytes wherever it stands: where a client's clocks
 * follow one another, its blocks are joined by putting their bytes behind one another and adding up the counts, and
 * where they do not, whoever asked goes on without.
 */
import { allocate } from './slab.ts';
import type { ReadUpdate } from './update-reader.ts';

/** An update and what the reader said of it. */
export interface Spliceable {
  update: Uint8Array;
  inspected: Pick<ReadUpdate, 'blocks' | 'deletes'>;
}

interface JoinedBlock {
  client: number;
  clock: number;
  endClock: number;
  count: number;
  bytes: number;
  parts: Uint8Array[];
}

/** Highest number of bytes in a varUint of 32 bits. */
const UINT_BYTES = 5;

/** Several updates becoming one. */
export class Splice {
  readonly #blocks = new Map<number, JoinedBlock>();
  readonly #deletes = new Map<number, number[]>();
  #structBytes = 0;
  #ranges = 0;

  /** Bytes the structs take so far. */
  get byteLength(): number {
    return this.#structBytes;
  }

  /** Takes an update in behind the others; false, and nothing has changed, when its clocks do not follow theirs. */
  add({ update, inspected: { blocks, deletes } }: Spliceable): boolean {
    for (const { client, clock } of blocks) {
      const known = this.#blocks.get(client);
      if (known && known.endClock !== clock) return false;
    }
    for (const { client, clock, endClock, count, byteStart, byteEnd } of blocks)
      this.#append(client, clock, endClock, count, byteEnd - byteStart, update.subarray(byteStart, byteEnd));
    for (const { client, from, to } of deletes) this.#delete(client, from, to - from);
    return true;
  }

  /** Takes in all of another splice; false, and nothing has changed, when it does not follow. */
  join(other: Splice): boolean {
    for (const [client, { clock }] of other.#blocks) {
      const known = this.#blocks.get(client);
      if (known && known.endClock !== clock) return false;
    }
    for (const { client, clock, endClock, count, bytes, parts } of other.#blocks.values())
      this.#append(client, clock, endClock, count, bytes, ...parts);
    for (const [client, ranges] of other.#deletes)
      for (let i = 0; i < ranges.length; i += 2) this.#delete(client, ranges[i]!, ranges[i + 1]!);
    return true;
  }

  /** The one update, its blocks in falling order of clients, as Yjs writes them. */
  encode(): Uint8Array {
    const numbers = 2 + 3 * this.#blocks.size + 2 * this.#deletes.size + 2 * this.#ranges;
    const out = new Writer(this.#structBytes + numbers * UINT_BYTES);
    out.uint(this.#blocks.size);
    for (const client of falling(this.#blocks)) {
      const block = this.#blocks.get(client)!;
      out.uint(block.count);
      out.uint(client);
      out.uint(block.clock);
      for (const part of block.parts) out.bytes(part);
    }
    out.uint(this.#deletes.size);
    for (const client of falling(this.#deletes)) {
      const ranges = inOrder(this.#deletes.get(client)!);
      out.uint(client);
      out.uint(ranges.length / 2);
      for (const number of ranges) out.uint(number);
    }
    return out.done();
  }

  #append(client: number, clock: number, endClock: number, count: number, bytes: number, ...parts: Uint8Array[]): void {
    this.#structBytes += bytes;
    const known = this.#blocks.get(client);
    if (!known) {
      this.#blocks.set(client, { client, clock, endClock, count, bytes, parts });
      return;
    }
    known.endClock = endClock;
    known.count += count;
    known.bytes += bytes;
    for (const part of parts) known.parts.push(part);
  }

  #delete(client: number, clock: number, length: number): void {
    this.#ranges++;
    const known = this.#deletes.get(client);
    if (known) known.push(clock, length);
    else this.#deletes.set(client, [clock, length]);
  }
}

/**
 * Ranges in rising order, those that touch joined. Whoever has not got what is deleted yet puts the rest aside, and Yjs
 * writes what it puts aside as differences: out of order it comes back as other ranges, and deletes other text.
 */
function inOrder(numbers: readonly number[]): readonly number[] {
  let ordered = true;
  for (let i = 2; i < numbers.length && ordered; i += 2) ordered = numbers[i]! > numbers[i - 2]! + numbers[i - 1]!;
  if (ordered) return numbers;
  const ranges: [clock: number, length: number][] = [];
  for (let i = 0; i < numbers.length; i += 2) ranges.push([numbers[i]!, numbers[i + 1]!]);
  ranges.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [clock, length] of ranges) {
    const last = out.length - 2;
    if (last >= 0 && clock <= out[last]! + out[last + 1]!)
      out[last + 1] = Math.max(out[last + 1]!, clock + length - out[last]!);
    else out.push(clock, length);
  }
  return out;
}

function falling(map: ReadonlyMap<number, unknown>): Iterable<number> {
  return map.size < 2 ? map.keys() : [...map.keys()].sort((a, b) => b - a);
}

/** Writes into one buffer that is known to be long enough. */
class Writer {
  readonly #buffer: Uint8Array;
  #at = 0;

  constructor(length: number) {
    this.#buffer = allocate(length);
  }

  uint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#buffer[this.#at++] = 0x80 | (rest % 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#at++] = rest;
  }

  bytes(part: Uint8Array): void {
    this.#buffer.set(part, this.#at);
    this.#at += part.byteLength;
  }

  done(): Uint8Array {
    return this.#buffer.subarray(0, this.#at);
  }
}
