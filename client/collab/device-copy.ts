/**
 * Why this file exists: what this device remembers of one room while it is open: every change in the order it happened,
 * and which of one's own words are not known to be on the server. One's own are written in the turn they were typed in.
 */
import type { RoomDevice, StoredOnDevice, Unsent } from './device.ts';
import { addRange, type IdRange } from './ranges.ts';

/** Others' changes are written together: they can be had again from the server. Milliseconds. */
const REMOTE_WRITE_DELAY = 300;

/** What one has written on this page and the server has not confirmed. */
export type OwnWords = Pick<Unsent, 'ranges' | 'characters' | 'since'>;

export class DeviceCopy {
  readonly #device: RoomDevice;
  readonly #room: string;
  readonly #own: () => OwnWords | null;
  /** What earlier visits wrote and never heard of. */
  #earlier: Unsent[] = [];
  #epoch: string | null = null;
  #version = 0;
  #queue: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ownQueued = false;
  #ended = false;

  /** `own` is asked whenever words of one's own are written down; `null` when there are none. */
  constructor(device: RoomDevice, room: string, own: () => OwnWords | null) {
    this.#device = device;
    this.#room = room;
    this.#own = own;
  }

  /** The history that the copy belongs to; `null` when it belongs to none yet. */
  get epoch(): string | null {
    return this.#epoch;
  }

  /** Earlier visits left words that may not be on the server. */
  get owes(): boolean {
    return this.#earlier.length > 0;
  }

  /** The words of earlier visits that may not be on the server. */
  get ranges(): IdRange[] {
    const ranges: IdRange[] = [];
    for (const { ranges: theirs } of this.#earlier) for (const range of theirs) addRange(ranges, range);
    return ranges;
  }

  /** What was read from the device when the room was opened. */
  opened({ epoch, unsent }: StoredOnDevice): void {
    this.#epoch = epoch;
    this.#earlier = unsent;
  }

  /** The copy belongs to this history from now on. */
  follow(epoch: string): void {
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    void this.#device.setEpoch(this.#room, epoch);
  }

  /** A change that came, from oneself or from others. */
  note(update: Uint8Array, own: boolean): void {
    this.#queue.push(update);
    if (own && !this.#ownQueued) {
      this.#ownQueued = true;
      queueMicrotask(this.flush);
    } else this.#timer ??= setTimeout(this.flush, REMOTE_WRITE_DELAY);
  }

  /** Writes down what is queued, now. */
  readonly flush = (): void => {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const own = this.#ownQueued;
    this.#ownQueued = false;
    if (this.#ended || this.#queue.length === 0) return;
    const updates = this.#queue;
    this.#queue = [];
    void this.#device.append(this.#room, updates, own ? this.#unsent() : null);
  };

  /** Everything one has written is on the server's disk. */
  confirm(): void {
    this.flush();
    const own = { room: this.#room, tab: this.#device.tab, version: this.#version };
    const entries = [...this.#earlier, { ...own, ranges: [], characters: 0, since: 0 }];
    this.#earlier = [];
    void this.#device.confirm(entries);
  }

  /** Nothing more is written. What is queued is left out: {@link flush} first if it should not be. */
  end(): void {
    this.#ended = true;
    this.#queue = [];
    if (this.#timer) clearTimeout(this.#timer);
  }

  #unsent(): Unsent | null {
    const own = this.#own();
    if (own === null) return null;
    this.#version += 1;
    return { room: this.#room, tab: this.#device.tab, version: this.#version, ...own };
  }
}
