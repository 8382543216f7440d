/**
 * Why this file exists: a document without an end is one that nobody can open. Its size is known exactly only by writing
 * it out, so it is estimated from above by what comes in, and measured when that says it is full, not more often than
 * now and then.
 */
import type { RelayLimits } from './limits.ts';
import { clocksIn, type ReadUpdate } from './update-reader.ts';

/** What small edits bring at most, bytes: they go on for a while in a full document, so that a text can be finished. */
const SMALL = 1_024;
/** How much larger than the limit small edits may make it. */
const MARGIN = 1 / 8;
/** Pause between two measurements, milliseconds, unless much was deleted meanwhile. */
const PAUSE_MS = 10_000;
const MUCH = 16 * 1_024;
/** Most bytes of what one clock of a text counts: a letter outside the first plane is four, and counts two. */
const LETTER = 3;

/** The size of one room's document. */
export class DocumentSize {
  readonly #limit: number;
  readonly #measure: () => number;
  #estimate: number;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #deletedSince = 0;

  /** `atMost` is what the stored bytes come to; `measure` writes the document out and says how long it is. */
  constructor(limits: Pick<RelayLimits, 'documentBytes'>, atMost: number, measure: () => number) {
    this.#limit = limits.documentBytes;
    this.#estimate = atMost;
    this.#measure = measure;
  }

  /** Whether there is room for an update: there always is for what takes away as much as it brings. */
  hasRoomFor(update: ReadUpdate, now: number): boolean {
    const brings = update.ranges.length === 0 ? 0 : update.deleteSetStart;
    if (this.#estimate + brings <= this.#limit) return true;
    if (brings <= clocksIn(update.deletes)) return true;
    if (now - this.#measuredAt >= PAUSE_MS || this.#deletedSince >= MUCH) {
      this.#estimate = this.#measure();
      this.#measuredAt = now;
      this.#deletedSince = 0;
    }
    return this.#estimate + brings <= this.#limit * (brings <= SMALL ? 1 + MARGIN : 1);
  }

  /**
   * Notes what was accepted, `bytes` long. Letters that go on where their author stopped are kept in one with those
   * before them: on their way they are ten times what they bring.
   */
  note(update: ReadUpdate, bytes: number, goesOn: boolean): void {
    const deleted = clocksIn(update.deletes);
    this.#estimate +=
      goesOn && update.onlyText && deleted === 0 ? Math.min(bytes, clocksIn(update.ranges) * LETTER) : bytes;
    this.#deletedSince += deleted;
  }
}
