/**
 * Why this file exists: what a thread's limits hold back is its own heap; a WebAssembly module's memory lies beside it and
 * grows until the machine has none left. How far it may grow is said in the module itself, so it is said there before it is
 * compiled: a program that asks for more is told that there is none.
 */

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;
const MEMORY_SECTION = 5;

/**
 * The module with a memory of its own that grows to at most `most` bytes. Throws for a module that has not exactly one
 * memory of 32 bits, or that begins with more than `most`.
 */
export function boundedWasm(wasm: Uint8Array, most: number): Uint8Array {
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at];
    const [size, body] = readNumber(wasm, at + 1);
    if (id === MEMORY_SECTION) {
      const [count, kind] = readNumber(wasm, body);
      const [flags, first] = readNumber(wasm, kind);
      const [pages] = readNumber(wasm, first);
      if (count !== 1 || flags > 1) throw new Error('a module of a kind that cannot be bounded');
      if (pages * PAGE > most) throw new Error('a module that begins with more memory than it may have');
      const section = [1, 1, ...numberBytes(pages), ...numberBytes(Math.floor(most / PAGE))];
      const bounded = Uint8Array.from([MEMORY_SECTION, ...numberBytes(section.length), ...section]);
      const whole = new Uint8Array(at + bounded.length + (wasm.length - body - size));
      whole.set(wasm.subarray(0, at));
      whole.set(bounded, at);
      whole.set(wasm.subarray(body + size), at + bounded.length);
      return whole;
    }
    at = body + size;
  }
  throw new Error('a module without a memory of its own');
}

/** A number as WebAssembly writes it (LEB128), and where the next thing begins. */
function readNumber(bytes: Uint8Array, from: number): [number: number, next: number] {
  let value = 0;
  for (let n = 0; n < 5; n++) {
    const byte = bytes[from + n];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** (7 * n);
    if (byte < 0x80) return [value, from + n + 1];
  }
  throw new Error('no WebAssembly');
}

function numberBytes(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    bytes.push((left % 128) + (left >= 128 ? 128 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return bytes;
}
