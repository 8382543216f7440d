/**
 * Why this file exists: nothing leaves the server before the commit that holds it, and commits cost a disk sync each. So
 * they are grouped: what one turn of the event loop brings starts a commit, what comes while it runs gathers for the
 * next, which follows at once. No timer, and under load the groups grow by themselves.
 *
 * A batch that fails is kept and tried again until it is stored; nothing behind it overtakes it. Tickets number what was
 * accepted, so `committed` says how far the disk has come.
 */

import type { RelayLimits } from './limits.ts';
import type { RelayLog } from './log.ts';
import type { JournalRow, UpdateStore } from './ports.ts';
import { observe, type RelayStats } from './stats.ts';

/** A row and what its owner wants to know again after the commit. */
export interface JournalEntry<Tag> {
  ticket: number;
  row: JournalRow;
  tag: Tag;
}

/** Storage does not take anything now; what was accepted before is kept and tried again. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable';
}

export interface JournalEvents<Tag> {
  /** After a commit, in the order of acceptance. */
  committed(entries: JournalEntry<Tag>[]): void;
  /** Storage stopped or began again to take updates. */
  availability(available: boolean): void;
}

interface Waiter {
  ticket: number;
  resolve(): void;
  /** `null` for who waits through a failure. */
  reject: ((error: Error) => void) | null;
}

export class Journal<Tag> {
  readonly #store: UpdateStore;
  readonly #limits: RelayLimits;
  readonly #events: JournalEvents<Tag>;
  readonly #log: RelayLog;
  readonly #stats: RelayStats;
  #gathering: JournalEntry<Tag>[] = [];
  #waitingBytes = 0;
  #accepted = 0;
  #committed = 0;
  #scheduled = false;
  #running = false;
  #failures = 0;
  #available = true;
  #abandoned = false;
  #wake: (() => void) | null = null;
  readonly #waiters: Waiter[] = [];

  constructor(store: UpdateStore, limits: RelayLimits, log: RelayLog, stats: RelayStats, events: JournalEvents<Tag>) {
    this.#store = store;
    this.#limits = limits;
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

  /** Accepts a row; it is committed sooner or later unless the process dies. Ask `available` first. */
  add(row: JournalRow, tag: Tag): number {
    const ticket = ++this.#accepted;
    this.#gathering.push({ ticket, row, tag });
    this.#waitingBytes += row.update.byteLength;
    if (this.#waitingBytes > this.#limits.journalBytes) this.#setAvailable(false);
    this.#schedule();
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

  #schedule(): void {
    if (this.#running || this.#scheduled) return;
    this.#scheduled = true;
    // After the sockets of this turn have been read, so that they share the commit.
    setImmediate(() => {
      this.#scheduled = false;
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#gathering.length > 0 && !this.#abandoned) {
      const batch = this.#gathering.splice(0, this.#limits.journalRows);
      const rows = batch.map((entry) => entry.row);
      while (!this.#abandoned && !(await this.#attempt(rows))) await this.#pause();
      if (this.#abandoned) break;
      this.#committed = batch.at(-1)!.ticket;
      for (const row of rows) this.#waitingBytes -= row.update.byteLength;
      this.#events.committed(batch);
      if (this.#waitingBytes <= this.#limits.journalBytes / 2) this.#setAvailable(true);
      this.#settle();
    }
    this.#running = false;
  }

  async #attempt(rows: JournalRow[]): Promise<boolean> {
    try {
      const from = performance.now();
      await this.#store.append(rows);
      observe(this.#stats.commitMs, performance.now() - from);
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
    const error = new StorageUnavailable('the journal is not being written');
    for (const waiter of this.#waiters.splice(0)) {
      if (waiter.reject) waiter.reject(error);
      else this.#waiters.push(waiter);
    }
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
