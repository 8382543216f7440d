/**
 * Why this file exists: the few bytes of lib0's encoding the generator reads and writes itself, a million times a second.
 */

/** A reading position in bytes. */
export class Cursor {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  uint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('bytes end within a number');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('bytes end early');
    return byte;
  }

  /** Bytes behind their length, in place. */
  block(): Uint8Array {
    const length = this.uint();
    const from = this.at;
    this.at += length;
    return this.bytes.subarray(from, this.at);
  }

  text(): string {
    const block = this.block();
    return Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('utf8');
  }
}

/** Appends numbers and blocks. */
export class Writer {
  #bytes = Buffer.allocUnsafe(128);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe((this.#length + more) * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  uint(value: number): this {
    this.#room(8);
    let left = value;
    while (left > 127) {
      this.#bytes[this.#length++] = 128 | (left % 128);
      left = Math.floor(left / 128);
    }
    this.#bytes[this.#length++] = left;
    return this;
  }

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  block(bytes: Uint8Array): this {
    return this.uint(bytes.length).raw(bytes);
  }

  text(text: string): this {
    return this.block(Buffer.from(text, 'utf8'));
  }

  /** What was written, copied; the writer begins anew. */
  take(): Uint8Array {
    const taken = Uint8Array.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }
}
