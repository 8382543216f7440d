/**
 * Why this file exists: a test that draws lots must be able to draw the same lots again. Everything random in the tests
 * comes from a seed that is printed when something fails and taken from SEED when one wants to see it again.
 */

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32: small, fast, the same on every machine. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => {
      const value = list[Math.floor(next() * list.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}

/** The seeds of a run: `count` fresh ones, or the one in SEED alone. */
export function seeds(count: number): number[] {
  const wanted = process.env.SEED;
  if (wanted !== undefined && wanted !== '') {
    const seed = Number(wanted);
    if (!Number.isInteger(seed)) throw new Error(`SEED is not a whole number: ${wanted}`);
    return [seed];
  }
  return Array.from({ length: count }, () => Math.floor(Math.random() * 2 ** 31));
}
