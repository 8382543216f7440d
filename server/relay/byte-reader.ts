/**
 * Why this file exists: the values inside an update (numbers, strings, JSON, lib0's "any") are read here without making
 * them, only to know that whoever makes them later will not fail, and how long they are. A keystroke costs no string.
 */

/** Why bytes are not an update; a code for logs and counters, never content. */
export type MalformedReason =
  | 'truncated'
  | 'bytes-behind'
  | 'unordered'
  /** A count that the bytes left could not hold. */
  | 'count'
  /** A number above 2^32 - 1, where ids and clocks end, or a clock that runs over it. */
  | 'too-large'
  /** A number written longer than it needs. */
  | 'not-canonical'
  | 'utf8'
  | 'json'
  /** An unknown kind of struct, content, type or value. */
  | 'unknown-kind'
  /** A client in two blocks, or blocks not in falling order: merging such updates loses text. */
  | 'client-order'
  /** A struct or a deletion of length zero, a block without structs. */
  | 'empty'
  /** A struct that follows itself or something later of its own client. */
  | 'reference'
  /** A value nested deeper than it could be written again. */
  | 'value-depth';

/** Thrown for bytes that are not a whole, well-formed update. */
export class MalformedUpdate extends Error {
  readonly reason: MalformedReason;

  constructor(reason: MalformedReason) {
    super(`malformed update: ${reason}`);
    this.name = 'MalformedUpdate';
    this.reason = reason;
  }
}

/** Highest client id and highest clock: Yjs draws ids from 32 bits, and nobody types 2^32 characters. */
export const MAX_ID = 0xffffffff;
/** How deep a value may nest: writing it again is recursive. */
const MAX_VALUE_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const POISONED = ['__proto__', 'prototype', 'constructor'].map((key) => new TextEncoder().encode(key));

/** Reads forward through bytes. Every method throws {@link MalformedUpdate} and none reads past the end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  pos = 0;
  /** Where the string read last stands. */
  textStart = 0;
  textEnd = 0;
  /** A key that poisons prototypes has been read: in a value, or by whoever called {@link notePoison}. */
  poisoned = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.pos;
  }

  byte(): number {
    if (this.pos >= this.bytes.length) throw new MalformedUpdate('truncated');
    return this.bytes[this.pos++]!;
  }

  /** An unsigned number up to 2^32 - 1, written as short as can be. */
  uint(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    let scale = 0x80;
    for (;;) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (value > MAX_ID) throw new MalformedUpdate('too-large');
      if (next < 0x80) {
        if (next === 0) throw new MalformedUpdate('not-canonical');
        return value;
      }
      scale *= 0x80;
      if (scale > MAX_ID) throw new MalformedUpdate('too-large');
    }
  }

  /** A number of things that take at least `each` bytes. */
  count(each: number): number {
    const count = this.uint();
    if (count * each > this.left) throw new MalformedUpdate('count');
    return count;
  }

  /** Goes past so many bytes. */
  skip(bytes: number): void {
    if (bytes > this.left) throw new MalformedUpdate('truncated');
    this.pos += bytes;
  }

  /** A string; its place is in `textStart` and `textEnd`. Returns its length in UTF-16 units, which Yjs counts. */
  text(): number {
    const length = this.uint();
    if (length > this.left) throw new MalformedUpdate('truncated');
    this.textStart = this.pos;
    this.textEnd = this.pos + length;
    const { bytes, textEnd } = this;
    let units = 0;
    let at = this.pos;
    while (at < textEnd) {
      const lead = bytes[at]!;
      if (lead < 0x80) {
        at++;
        units++;
        continue;
      }
      const size = sequenceLength(bytes, at, lead, textEnd);
      units += size === 4 ? 2 : 1;
      at += size;
    }
    this.pos = textEnd;
    return units;
  }

  /** Notes when the string read last is a key that poisons prototypes. */
  notePoison(): void {
    const length = this.textEnd - this.textStart;
    if (length !== 9 && length !== 11) return;
    if (
      POISONED.some((key) => key.length === length && key.every((byte, i) => this.bytes[this.textStart + i] === byte))
    )
      this.poisoned = true;
  }

  /** A string of JSON. `undefined` is what very old arrays may hold. */
  json(undefinedToo: boolean): void {
    this.text();
    const { bytes, textStart, textEnd } = this;
    // What marks are made of, by far the most: null, true and {}.
    if (textEnd - textStart === 2 && bytes[textStart] === 0x7b && bytes[textStart + 1] === 0x7d) return;
    if (textEnd - textStart === 4 && bytes[textStart] === 0x6e && bytes[textStart + 3] === 0x6c) {
      if (bytes[textStart + 1] === 0x75 && bytes[textStart + 2] === 0x6c) return;
    }
    if (jsonDepth(bytes, textStart, textEnd) > MAX_VALUE_DEPTH) throw new MalformedUpdate('value-depth');
    const text = utf8.decode(bytes.subarray(textStart, textEnd));
    if (undefinedToo && text === 'undefined') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new MalformedUpdate('json');
    }
    if (hasPoison(value)) this.poisoned = true;
  }

  /** A value in lib0's "any" encoding. */
  any(depth = 0): void {
    switch (this.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return;
      case 125:
        this.#signed();
        return;
      case 124:
        this.skip(4);
        return;
      case 123:
      case 122:
        this.skip(8);
        return;
      case 119:
        this.text();
        return;
      case 118: {
        if (depth >= MAX_VALUE_DEPTH) throw new MalformedUpdate('value-depth');
        for (let left = this.count(2); left > 0; left--) {
          this.text();
          this.notePoison();
          this.any(depth + 1);
        }
        return;
      }
      case 117: {
        if (depth >= MAX_VALUE_DEPTH) throw new MalformedUpdate('value-depth');
        for (let left = this.count(1); left > 0; left--) this.any(depth + 1);
        return;
      }
      case 116:
        this.skip(this.uint());
        return;
      default:
        throw new MalformedUpdate('unknown-kind');
    }
  }

  /** A signed number: six bits and a sign in the first byte, seven in the others; safe integers only. */
  #signed(): void {
    const first = this.byte();
    if (first < 0x80) return;
    let value = first & 0x3f;
    let scale = 0x40;
    for (;;) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedUpdate('too-large');
      if (next < 0x80) {
        if (next === 0) throw new MalformedUpdate('not-canonical');
        return;
      }
      scale *= 0x80;
      if (scale > Number.MAX_SAFE_INTEGER) throw new MalformedUpdate('too-large');
    }
  }
}

/** Bytes of the UTF-8 sequence that begins with `lead` (not ASCII), when it is one that a strict decoder takes. */
function sequenceLength(bytes: Uint8Array, at: number, lead: number, end: number): number {
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + size > end) throw new MalformedUpdate('utf8');
  const second = bytes[at + 1]!;
  // Not overlong, no surrogates, nothing above U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) throw new MalformedUpdate('utf8');
  for (let i = 2; i < size; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) throw new MalformedUpdate('utf8');
  return size;
}

/** How deep brackets nest in JSON, strings left out; of what is no JSON some number. */
function jsonDepth(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  let deepest = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      for (i++; i < end && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
    } else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}

function hasPoison(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some(
    (key) => key === '__proto__' || key === 'constructor' || key === 'prototype' || hasPoison(Reflect.get(value, key)),
  );
}
