/**
 * Why this file exists: when a room has been edited and is quiet again, everybody in it must show the same. The server
 * works out the hash of what it has and says it; who has something else answers, and is brought in step. This is done in
 * the background, one room a turn, in short slices, so that nobody who types has to wait for it.
 */
import type { RelayLimits } from './limits.ts';
import type { Clock } from './ports.ts';

/** How far the work on a document's hash has come: done, more to do, or left until somebody wakes the document. */
export type HashProgress = 'done' | 'more' | 'asleep';

/** What is needed of a room. */
export interface HashedRoom {
  /** Server's clock at the last commit, milliseconds. */
  readonly editedAt: number;
  /** Nothing of it waits for the disk. */
  readonly settled: boolean;
  /** Works on the hash of what is committed until `performance.now()` is `until`. */
  workOnHash(until: number): HashProgress;
  /** The hash is known: everybody who can compare is told. */
  tellHash(): void;
}

/** Looks this often at the rooms that were edited, as a part of the time of quiet. */
const LOOKS = 4;

export class QuietHash {
  readonly #limits: RelayLimits;
  readonly #clock: Clock;
  /** Edited, and not quiet yet. */
  readonly #edited = new Set<HashedRoom>();
  readonly #ready = new Set<HashedRoom>();
  #timer: NodeJS.Timeout | null = null;
  #turn: NodeJS.Immediate | null = null;

  constructor(limits: RelayLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Something was committed in this room, or somebody came who was not told its hash. Cheap: once per commit. */
  watch(room: HashedRoom): void {
    this.#edited.add(room);
    this.#timer ??= setInterval(() => this.#look(), this.#limits.quietMs / LOOKS).unref();
  }

  /** The room is let go. */
  forget(room: HashedRoom): void {
    this.#edited.delete(room);
    this.#ready.delete(room);
    this.#rest();
  }

  #isQuiet(room: HashedRoom): boolean {
    return room.settled && this.#clock() - room.editedAt >= this.#limits.quietMs;
  }

  #look(): void {
    for (const room of this.#edited) {
      if (!this.#isQuiet(room)) continue;
      this.#edited.delete(room);
      this.#ready.add(room);
    }
    this.#turn ??= this.#ready.size > 0 ? setImmediate(() => this.#work()) : null;
    this.#rest();
  }

  #work(): void {
    this.#turn = null;
    const [room] = this.#ready;
    if (room === undefined) return;
    // Take turns; and who types again is watched again.
    this.#ready.delete(room);
    if (!this.#isQuiet(room)) this.watch(room);
    else {
      const progress = room.workOnHash(performance.now() + this.#limits.sliceMs);
      if (progress === 'more') this.#ready.add(room);
      else if (progress === 'done') room.tellHash();
    }
    if (this.#ready.size > 0) this.#turn = setImmediate(() => this.#work());
  }

  #rest(): void {
    if (this.#edited.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
