/**
 * Why this file exists: a key is twenty bytes, and an ArrayBuffer of its own for it takes ten times that, outside the heap,
 * and is swept by itself. What the relay keeps of small updates stands in slabs that many share, as Node's own small
 * Buffers do; but as plain bytes, whose `slice` copies.
 */

/** So large that few are made, so small that what one kept update keeps alive with it is little. */
const SLAB_BYTES = 8 * 1024;
/** What is longer gets a buffer of its own. */
const SMALL = SLAB_BYTES / 8;

let slab = new Uint8Array(SLAB_BYTES);
let at = 0;

/** Bytes to write into, all zero. Nobody else has them; their buffer may be shared and must not be transferred. */
export function allocate(length: number): Uint8Array {
  if (length > SMALL) return new Uint8Array(length);
  if (at + length > SLAB_BYTES) {
    slab = new Uint8Array(SLAB_BYTES);
    at = 0;
  }
  const out = slab.subarray(at, at + length);
  at += length;
  return out;
}

/** A copy of these bytes. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = allocate(bytes.byteLength);
  copy.set(bytes);
  return copy;
}
