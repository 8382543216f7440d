/**
 * Why this file exists: the server says the hash of what a quiet room shows (125), and this copy must show the same. It
 * compares when nothing of its own is on the way; what differs is reported, resynced once, and when it differs still,
 * replaced by a fresh copy. Works in short slices: people may be reading.
 */
import type * as Y from 'yjs';
import { contentHashSteps } from '#shared/content-hash.ts';

export interface ContentCheckOptions {
  doc: Y.Doc;
  /** In step with the server, and nothing written here that it does not have. */
  comparable(): boolean;
  /** This copy shows something else: tells the server the hash of it and asks for what it lacks. */
  differs(hash: string): void;
  /** It shows something else even after a resync. */
  beyondHelp(hash: string): void;
}

/** Longest stretch of work at once, milliseconds. */
const SLICE = 4;

export class ContentCheck {
  readonly #options: ContentCheckOptions;
  /** The server's hash of what this copy should show now; `null` when it has not said or something has changed since. */
  #wanted: string | null = null;
  #steps: Generator<undefined, string> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The last comparison failed, and a resync was asked for. */
  #asked = false;

  constructor(options: ContentCheckOptions) {
    this.#options = options;
    options.doc.on('update', this.#changed);
  }

  /** The server's hash has come. */
  told(hash: string): void {
    this.#stop();
    // Not kept for later: it does not know of words on their way, and when those are saved another one comes.
    if (!this.#options.comparable()) return;
    this.#wanted = hash;
    this.#steps = contentHashSteps(this.#options.doc);
    this.#timer = setTimeout(this.#work, 0);
  }

  destroy(): void {
    this.#stop();
    this.#options.doc.off('update', this.#changed);
  }

  readonly #changed = (): void => this.#stop();

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#steps = null;
    this.#wanted = null;
  }

  readonly #work = (): void => {
    this.#timer = null;
    const until = performance.now() + SLICE;
    while (this.#steps !== null) {
      const step = this.#steps.next();
      if (step.done) this.#compare(step.value);
      else if (performance.now() >= until) {
        this.#timer = setTimeout(this.#work, 0);
        return;
      }
    }
  };

  #compare(hash: string): void {
    const wanted = this.#wanted;
    this.#stop();
    if (wanted === null || !this.#options.comparable()) return;
    if (hash === wanted) this.#asked = false;
    else if (this.#asked) this.#options.beyondHelp(hash);
    else {
      this.#asked = true;
      this.#options.differs(hash);
    }
  }
}
