/**
 * Why this file exists: many equally busy rooms reach their number of waiting updates in the same moment. Bringing their
 * documents up to date all at once would hold every socket, so the work is shared out in slices of a millisecond.
 */
import type { Clock } from './ports.ts';
import type { RoomDocument } from './room-document.ts';

export class CatchUp {
  readonly #sliceMs: number;
  readonly #clock: Clock;
  readonly #waiting = new Set<RoomDocument>();
  #scheduled = false;

  constructor(sliceMs: number, clock: Clock) {
    this.#sliceMs = sliceMs;
    this.#clock = clock;
  }

  request(document: RoomDocument): void {
    this.#waiting.add(document);
    this.#schedule();
  }

  forget(document: RoomDocument): void {
    this.#waiting.delete(document);
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const until = performance.now() + this.#sliceMs;
      for (const document of this.#waiting) {
        // Take turns: the one that was worked on goes last.
        this.#waiting.delete(document);
        if (document.catchUpStretch(this.#clock())) this.#waiting.add(document);
        if (performance.now() >= until) break;
      }
      this.#schedule();
    });
  }
}
