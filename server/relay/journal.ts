/**
 * Why this file exists: nothing leaves the server before the commit that holds it, and commits cost a disk sync each. So
 * they are grouped: what gathers until the pace says so (at once in a quiet house) is one commit, and what comes while it
 * runs gathers for the next. Under load the groups grow by themselves.
 *
 * A batch that fails is kept and tried again until it is stored; nothing behind it overtakes it. Tickets number what was
 * accepted, so `committed` says how far the disk has come.
 */

import type { RelayLimits } from './limits.ts';
import type { RelayLog } from './log.ts';
import type { Pace } from './pace.ts';
import type { JournalRow, UpdateStore } from './ports.ts';
import { observe, type RelayStats } from './stats.ts';

/** Storage does not take anything now; what was accepted before is kept and tried again. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable';
}

export interface JournalEvents<Item, Batch extends { rows: JournalRow[] }> {
  /** Puts what was accepted, in this order, into the rows of one commit. */
  batched(items: Item[]): Batch;
  /** After the commit of a batch. */
  committed(batch: Batch): void;
  /** The commit that runs is taking longer than `slowCommitMs`. */
  slow(): void;
  /** What waits has become little again, or nothing is accepted any more: see {@link Journal.pressed}. */
  relieved(): void;
  /** Storage stopped or began again to take updates. */
  availability(available: boolean): void;
}

interface Waiter {
  ticket: number;
  resolve(): void;
  /** `null` for who waits through a failure. */
  reject: ((error: Error) => void) | null;
}

/** What an update that waits costs beside its own bytes: most are one key, and then this is nearly all of it. */
const ITEM_BYTES = 256;

export class Journal<Item extends { update: Uint8Array }, Batch extends { rows: JournalRow[] }> {
  readonly #store: UpdateStore;
  readonly #limits: RelayLimits;
  readonly #pace: Pace;
  readonly #events: JournalEvents<Item, Batch>;
  readonly #log: RelayLog;
  readonly #stats: RelayStats;
  #gathering: Item[] = [];
  #waitingBytes = 0;
  #accepted = 0;
  #committed = 0;
  /** The pace has been asked for a commit. */
  #asked = false;
  /** The pace wants a commit as soon as the one that runs is done. */
  #due = false;
  #running = false;
  #slow = false;
  #failures = 0;
  #available = true;
  #pressed = false;
  #abandoned = false;
  #wake: (() => void) | null = null;
  readonly #waiters: Waiter[] = [];

  constructor(
    store: UpdateStore,
    limits: RelayLimits,
    pace: Pace,
    log: RelayLog,
    stats: RelayStats,
    events: JournalEvents<Item, Batch>,
  ) {
    this.#store = store;
    this.#limits = limits;
    this.#pace = pace;
    this.#log = log;
    this.#stats = stats;
    this.#events = events;
  }

  /** The last ticket that is on the disk, with everything before it. */
  get committed(): number {
    return this.#committed;
  }

  /** Whether an update may be accepted now. */
  get available(): boolean {
    return this.#available;
  }

  /** More waits than the disk takes: who brings more is to be held back until `relieved`, before anything has to be refused. */
  get pressed(): boolean {
    return this.#pressed;
  }

  /** Whether the commit that runs is taking long. */
  get slow(): boolean {
    return this.#slow;
  }

  /** Accepts an update and gives its ticket; it is committed sooner or later unless the process dies. Ask `available` first. */
  add(item: Item): number {
    const ticket = ++this.#accepted;
    this.#gathering.push(item);
    this.#waitingBytes += item.update.byteLength + ITEM_BYTES;
    if (this.#waitingBytes > this.#limits.journalBytes) this.#setAvailable(false);
    else if (this.#waitingBytes > this.#limits.journalBytes / 2 && this.#available) this.#pressed = true;
    if (!this.#asked) {
      this.#asked = true;
      this.#pace.next(() => {
        this.#asked = false;
        this.#begin();
      });
    }
    return ticket;
  }

  /** Resolves when everything up to `ticket` is committed; rejects as soon as storage is known to fail. */
  settled(ticket: number = this.#accepted): Promise<void> {
    if (ticket <= this.#committed) return Promise.resolve();
    if (!this.#available) return Promise.reject(new StorageUnavailable('the journal is not being written'));
    return new Promise((resolve, reject) => this.#waiters.push({ ticket, resolve, reject }));
  }

  /** Resolves after the commit of everything accepted, or rejects after `limits.stopMs` when the disk does not come back. */
  async drain(): Promise<void> {
    if (this.#committed === this.#accepted) return;
    const target = this.#accepted;
    this.#wake?.();
    this.#begin();
    let timer: NodeJS.Timeout | undefined;
    const given = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#abandoned = true;
        this.#wake?.();
        reject(new StorageUnavailable(`${this.#accepted - this.#committed} updates could not be stored`));
      }, this.#limits.stopMs);
    });
    const done = new Promise<void>((resolve) => {
      this.#waiters.push({ ticket: target, resolve, reject: null });
    });
    try {
      await Promise.race([done, given]);
    } finally {
      clearTimeout(timer);
    }
  }

  #begin(): void {
    if (this.#running) this.#due = true;
    else void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    do {
      this.#due = false;
      await this.#commit();
      // What did not fit into this commit has waited its time.
    } while ((this.#due || this.#gathering.length >= this.#limits.journalRows) && !this.#abandoned);
    this.#running = false;
    // Asked for between the last look and now, or left over with nobody to ask.
    if (this.#gathering.length > 0 && !this.#asked && !this.#abandoned) this.#begin();
  }

  async #commit(): Promise<void> {
    const items = this.#gathering.splice(0, this.#limits.journalRows);
    if (items.length === 0) return;
    const batch = this.#events.batched(items);
    const timer = setTimeout(() => {
      this.#slow = true;
      this.#events.slow();
    }, this.#limits.slowCommitMs);
    while (!this.#abandoned && !(await this.#attempt(batch.rows))) await this.#pause();
    clearTimeout(timer);
    this.#slow = false;
    if (this.#abandoned) return;
    this.#committed += items.length;
    for (const item of items) this.#waitingBytes -= item.update.byteLength + ITEM_BYTES;
    this.#events.committed(batch);
    if (this.#waitingBytes <= this.#limits.journalBytes / 2) this.#setAvailable(true);
    if (this.#waitingBytes <= this.#limits.journalBytes / 4) this.#relieve();
    this.#settle();
  }

  async #attempt(rows: JournalRow[]): Promise<boolean> {
    try {
      const from = performance.now();
      await this.#store.append(rows);
      const took = performance.now() - from;
      observe(this.#stats.commitMs, took);
      this.#pace.took(took);
      this.#failures = 0;
      return true;
    } catch (error) {
      this.#failures++;
      this.#stats.commitFailures++;
      this.#log('journal-failed', { failures: this.#failures, rows: rows.length, error: String(error) });
      // One failure may be a passing one and is tried again unseen; a second is told to the people.
      if (this.#failures >= 2) this.#setAvailable(false);
      return false;
    }
  }

  #pause(): Promise<void> {
    const ms = Math.min(this.#limits.retryMaxMs, this.#limits.retryMs * 2 ** (this.#failures - 1));
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      this.#wake = done;
      function done() {
        clearTimeout(timer);
        resolve();
      }
    });
  }

  #setAvailable(available: boolean): void {
    if (available === this.#available) return;
    this.#available = available;
    this.#log(available ? 'journal-recovered' : 'journal-unavailable', { waitingBytes: this.#waitingBytes });
    this.#events.availability(available);
    if (available) return;
    // What comes now is refused, and that has to be said to who brings it.
    this.#relieve();
    const error = new StorageUnavailable('the journal is not being written');
    for (const waiter of this.#waiters.splice(0)) {
      if (waiter.reject) waiter.reject(error);
      else this.#waiters.push(waiter);
    }
  }

  #relieve(): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#events.relieved();
  }

  #settle(): void {
    for (let i = this.#waiters.length - 1; i >= 0; i--) {
      const waiter = this.#waiters[i]!;
      if (waiter.ticket > this.#committed) continue;
      this.#waiters.splice(i, 1);
      waiter.resolve();
    }
  }
}
