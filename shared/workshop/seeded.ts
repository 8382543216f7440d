/**
 * Why this file exists: chance that can be repeated. What a facilitator saw in a preview is what takes effect, on any
 * machine, because the same seed draws the same numbers.
 */

/** Draws whole numbers. */
export interface Draw {
  /** At least 0 and below `end`. */
  below(end: number): number;
  /** The same values in a new order; the argument is left alone. */
  shuffled<T>(values: readonly T[]): T[];
}

/** Numbers that depend on `seed` alone (mulberry32: 32 bits of state, even enough to deal people by). */
export function seeded(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    shuffled(values) {
      const order = [...values];
      for (let last = order.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [order[last], order[other]] = [order[other] as (typeof order)[number], order[last] as (typeof order)[number]];
      }
      return order;
    },
  };
}
