/**
 * Why this file exists: the same bytes reach a hundred receivers one after the other. What was read once is remembered
 * for a moment, so that the generator pays for each frame once.
 */

const PLACES = 1024;

interface Known<T> {
  bytes: Buffer;
  value: T;
}

/** A place for the bytes, from a few of them. */
function placeOf(bytes: Uint8Array): number {
  const step = Math.max(1, bytes.length >> 4);
  let hash = bytes.length;
  for (let n = bytes.length - 1; n >= 0; n -= step) hash = (Math.imul(hash, 31) + (bytes[n] ?? 0)) | 0;
  return hash & (PLACES - 1);
}

/** `read`, done once for the same bytes as long as not too many others came between. */
export function readOnce<T>(read: (bytes: Uint8Array) => T): (bytes: Uint8Array) => T {
  const known: (Known<T> | undefined)[] = new Array<undefined>(PLACES).fill(undefined);
  return (bytes) => {
    const place = placeOf(bytes);
    const before = known[place];
    if (before && before.bytes.length === bytes.length && before.bytes.equals(bytes)) return before.value;
    const value = read(bytes);
    known[place] = { bytes: Buffer.from(bytes), value };
    return value;
  };
}
