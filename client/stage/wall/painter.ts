/**
 * Why this file exists: twelve groups write at once, and drawing each key of each would be all the browser does. What has
 * changed is drawn at most ten times a second for each group, all groups in the same frame: first everything is written,
 * then everything is measured, then everything is scrolled, so that the page is laid out once.
 */

/** How often one group is drawn, milliseconds. */
export const PAINT_EVERY_MS = 100;

export interface PaintJob {
  /** Writes to the page; reads nothing of its layout. */
  paint(): void;
  /** Reads the layout; answers what is to be scrolled then, or `null`. */
  measure(): (() => void) | null;
}

/** What the painter needs of the browser; tests turn it by hand. */
export interface Frames {
  now(): number;
  after(ms: number, call: () => void): () => void;
  frame(call: () => void): () => void;
}

const browserFrames: Frames = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  frame(call) {
    const id = requestAnimationFrame(call);
    return () => cancelAnimationFrame(id);
  },
};

/** Draws jobs when they ask for it. One for a page. */
export class Painter {
  readonly #frames: Frames;
  readonly #painted = new Map<PaintJob, number>();
  readonly #waiting = new Set<PaintJob>();
  #stop: (() => void) | null = null;
  /** When the turn comes that is waited for; `null` when a frame is. */
  #turnAt: number | null = null;

  constructor(frames: Frames = browserFrames) {
    this.#frames = frames;
  }

  /** Draws this job in the next frame, or when its turn comes again. */
  request(job: PaintJob): void {
    this.#waiting.add(job);
    // Who may be drawn at once does not wait for somebody else's turn.
    if (this.#turnAt !== null && this.#frames.now() + this.#dueIn(job) < this.#turnAt) this.#unplan();
    this.#plan();
  }

  /** The job is gone. */
  forget(job: PaintJob): void {
    this.#waiting.delete(job);
    this.#painted.delete(job);
    if (this.#waiting.size === 0) this.#unplan();
  }

  #unplan(): void {
    this.#stop?.();
    this.#stop = null;
    this.#turnAt = null;
  }

  #dueIn(job: PaintJob): number {
    return (this.#painted.get(job) ?? -Infinity) + PAINT_EVERY_MS - this.#frames.now();
  }

  #plan(): void {
    if (this.#stop || this.#waiting.size === 0) return;
    const wait = Math.min(...[...this.#waiting].map((job) => this.#dueIn(job)));
    const draw = (): void => {
      this.#turnAt = null;
      this.#stop = this.#frames.frame(() => {
        this.#stop = null;
        this.#draw();
      });
    };
    if (wait > 0) {
      this.#turnAt = this.#frames.now() + wait;
      this.#stop = this.#frames.after(wait, draw);
    } else draw();
  }

  #draw(): void {
    const due = [...this.#waiting].filter((job) => this.#dueIn(job) <= 0);
    const now = this.#frames.now();
    for (const job of due) {
      this.#waiting.delete(job);
      this.#painted.set(job, now);
      job.paint();
    }
    for (const scroll of due.map((job) => job.measure())) scroll?.();
    this.#plan();
  }
}
