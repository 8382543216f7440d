/**
 * Why this file exists: what is said of many measured times. Capacity cases measure a million a second, so times are
 * counted in buckets that grow by two per cent, which is finer than anything the bench claims.
 */

export interface Times {
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  count: number;
}

const PER_OCTAVE = 36;
/** Milliseconds of the first bucket. */
const FINEST = 0.001;
const BUCKETS = PER_OCTAVE * 30;

/** Buckets of a histogram; what processes send to each other. */
export type Buckets = [index: number, count: number][];

/** Milliseconds in the middle of a bucket. */
const middle = (index: number): number => FINEST * 2 ** ((index + 0.5) / PER_OCTAVE);

export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  count = 0;
  max = 0;
  #sum = 0;

  /** Counts one time, in milliseconds. */
  add(ms: number): void {
    const index = ms <= FINEST ? 0 : Math.min(BUCKETS - 1, (Math.log2(ms / FINEST) * PER_OCTAVE) | 0);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.count += 1;
    this.#sum += ms;
    if (ms > this.max) this.max = ms;
  }

  /** The time that `part` of all stay under; NaN of nothing. */
  at(part: number): number {
    if (this.count === 0) return Number.NaN;
    let left = Math.min(this.count - 1, Math.floor(this.count * part));
    for (let index = 0; index < BUCKETS; index++) {
      left -= this.#counts[index] ?? 0;
      if (left < 0) return Math.min(this.max, middle(index));
    }
    return this.max;
  }

  times(): Times {
    const mean = this.#sum / this.count;
    return { mean, p50: this.at(0.5), p95: this.at(0.95), p99: this.at(0.99), max: this.max, count: this.count };
  }

  buckets(): Buckets {
    return [...this.#counts.entries()].filter(([, count]) => count > 0);
  }

  /** Adds what another process counted. */
  take(buckets: Buckets, max: number): void {
    for (const [index, count] of buckets) {
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
      this.count += count;
      this.#sum += count * middle(index);
    }
    if (max > this.max) this.max = max;
  }
}

/** Exact percentiles of a few times. */
export function timesOf(values: readonly number[]): Times {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN, count: sorted.length };
}

/** The middle one; between the two middle ones of an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half) - 1] ?? Number.NaN)) / 2;
}
