/**
 * Why this file exists: a commit, the waking of the journal's thread and a write to every socket cost the same for one
 * edit as for fifty. In a quiet house nothing is gathered and nobody waits for a timer; the busier it is, the longer the
 * first edit waits for company: up to `windowMs`, and up to `crowdedWindowMs` where it is so busy that without it
 * everybody would wait longer. One pace for the whole house, so that what rooms do falls together.
 *
 * What people feel is the window and the commit together, so where commits take long less is gathered.
 */
import type { RelayLimits } from './limits.ts';

/** Deliveries a second below which nothing waits, and from which the window is whole. */
const QUIET = 500;
const BUSY = 2_000;
/** Where the window begins to grow further, and from which it grows no more: what fills a core without it. */
const FULL = 40_000;
const CROWDED = 100_000;
/** The rate is that of about this long, milliseconds. */
const MEMORY_MS = 250;
/** What a commit usually takes, and how far they differ, follows the last ones by this share each. */
const LEARNING = 1 / 16;
/** The slowest few are about so many times the usual difference above the usual. */
const SLOWEST = 4;

export class Pace {
  readonly #windowMs: number;
  readonly #crowdedMs: number;
  readonly #now: () => number;
  #work: (() => void)[] = [];
  #spanAt: number;
  #spanCount = 0;
  #spanBefore = 0;
  #usualCommitMs = 0;
  #differenceMs = 0;

  /** `now` counts milliseconds from anywhere, and never back. */
  constructor(limits: Pick<RelayLimits, 'windowMs' | 'crowdedWindowMs'>, now: () => number = () => performance.now()) {
    this.#windowMs = limits.windowMs;
    this.#crowdedMs = Math.max(0, limits.crowdedWindowMs - limits.windowMs);
    this.#now = now;
    this.#spanAt = now();
  }

  /** Something has come that is to be delivered so many times. */
  note(deliveries: number): void {
    this.#turn(this.#now());
    this.#spanCount += deliveries;
  }

  /** A commit took so long, milliseconds. */
  took(commitMs: number): void {
    this.#differenceMs += (Math.abs(commitMs - this.#usualCommitMs) - this.#differenceMs) * LEARNING;
    this.#usualCommitMs += (commitMs - this.#usualCommitMs) * LEARNING;
  }

  /** How long the first of a batch waits for company now, milliseconds. */
  get window(): number {
    if (this.#windowMs === 0) return 0;
    const now = this.#now();
    this.#turn(now);
    const share = 1 - (now - this.#spanAt) / MEMORY_MS;
    const rate = ((this.#spanCount + this.#spanBefore * share) * 1_000) / MEMORY_MS;
    const crowd = part(rate, FULL, CROWDED);
    // The slow ones count. In a crowd gathering is what keeps everybody's wait short.
    const commit = this.#usualCommitMs + SLOWEST * this.#differenceMs;
    const reserved = Math.min(commit, this.#windowMs / 2) * (1 - crowd);
    return Math.round(
      Math.min(this.#windowMs * part(rate, QUIET, BUSY), this.#windowMs - reserved) + this.#crowdedMs * crowd,
    );
  }

  /** Calls `work` when the window closes, with everybody else who asked meanwhile, after the sockets of that turn. */
  next(work: () => void): void {
    this.#work.push(work);
    if (this.#work.length > 1) return;
    const wait = this.window;
    if (wait > 0) setTimeout(() => this.#run(), wait);
    else setImmediate(() => this.#run());
  }

  #run(): void {
    for (const work of this.#work.splice(0)) work();
  }

  #turn(now: number): void {
    const past = now - this.#spanAt;
    if (past < MEMORY_MS) return;
    this.#spanBefore = past < 2 * MEMORY_MS ? this.#spanCount : 0;
    this.#spanCount = 0;
    this.#spanAt = past < 2 * MEMORY_MS ? this.#spanAt + MEMORY_MS : now;
  }
}

/** How far `rate` is on the way from `low` to `high`, 0 to 1. */
function part(rate: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (rate - low) / (high - low)));
}
