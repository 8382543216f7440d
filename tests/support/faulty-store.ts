/**
 * Why this file exists: faults at the storage port, where the relay meets its disk: a call that waits, takes long, fails,
 * is done without anybody being told, or is done and then said to have failed.
 */
import type {
  AuthorSpan,
  Checkpoint,
  CheckpointDraft,
  CheckpointStore,
  JournalRow,
  StoredRoom,
  UpdateStore,
} from '../../server/relay/ports.ts';

export type StoreCall = 'load' | 'append' | 'compact';
/** `unheard`: it is done, and the answer never comes. `denied`: it is done, and the answer is an error. */
export type StoreFate = 'pass' | 'fail' | 'unheard' | 'denied' | { delay: number } | { until: Promise<unknown> };

/** A store of which every call on updates can go wrong. */
export class FaultyStore implements UpdateStore, CheckpointStore {
  readonly inner: UpdateStore & CheckpointStore;
  /** Decides about each call; `n` counts calls of its kind from 1. */
  decide: (call: StoreCall, n: number) => StoreFate = () => 'pass';
  readonly calls: Record<StoreCall, number> = { load: 0, append: 0, compact: 0 };
  /** Calls that have begun and not ended. */
  readonly running: Record<StoreCall, number> = { load: 0, append: 0, compact: 0 };
  /** Rows of every append that was stored. */
  readonly batches: number[] = [];

  constructor(inner: UpdateStore & CheckpointStore) {
    this.inner = inner;
  }

  load(room: string): Promise<StoredRoom> {
    return this.#through('load', () => this.inner.load(room));
  }

  async append(rows: JournalRow[]): Promise<void> {
    await this.#through('append', async () => {
      await this.inner.append(rows);
      this.batches.push(rows.length);
    });
  }

  compact(room: string, snapshot: Uint8Array, spans: AuthorSpan[], seqs: number[]): Promise<void> {
    return this.#through('compact', () => this.inner.compact(room, snapshot, spans, seqs));
  }

  keep(room: string, draft: CheckpointDraft): Promise<string | null> {
    return this.inner.keep(room, draft);
  }

  checkpoints(room: string): Promise<Checkpoint[]> {
    return this.inner.checkpoints(room);
  }

  checkpoint(room: string, id: string): Promise<(Checkpoint & { state: Uint8Array }) | null> {
    return this.inner.checkpoint(room, id);
  }

  discard(room: string, id: string): Promise<boolean> {
    return this.inner.discard(room, id);
  }

  writtenRooms(prefix: string): Promise<string[]> {
    return this.inner.writtenRooms(prefix);
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  async #through<T>(call: StoreCall, work: () => Promise<T>): Promise<T> {
    const fate = this.decide(call, ++this.calls[call]);
    this.running[call] += 1;
    try {
      if (fate === 'fail') throw new Error(`the disk refused this ${call}`);
      if (typeof fate === 'object') {
        if ('delay' in fate) await new Promise((resolve) => setTimeout(resolve, fate.delay));
        else await fate.until;
      }
      const result = await work();
      if (fate === 'unheard') return await new Promise<never>(() => {});
      if (fate === 'denied') throw new Error(`the disk says it did not do this ${call}`);
      return result;
    } finally {
      this.running[call] -= 1;
    }
  }
}
