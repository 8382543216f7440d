/**
 * Why this file exists: an update store without a disk, for tests of the relay. It passes the same contract as the real
 * one; what it holds survives the relay, so a "restart" is a new relay over the same store.
 */
import { randomUUID } from 'node:crypto';
import type { AuthorSpan, JournalRow, StoredRoom, UpdateStore } from '../relay/ports.ts';
import { StoreClosed } from './update-store.ts';
import { CompactionConflict } from './update-store-core.ts';

/** {@link UpdateStore} in memory. */
export class MemoryUpdateStore implements UpdateStore {
  readonly #rooms = new Map<string, StoredRoom>();
  #nextSeq = 1;
  #closed = false;

  async load(room: string): Promise<StoredRoom> {
    this.#open();
    const stored = this.#room(room);
    return {
      epoch: stored.epoch,
      snapshot: stored.snapshot,
      rows: stored.rows.slice(),
      owners: new Map(stored.owners),
      spans: stored.spans.slice(),
    };
  }

  async append(rows: JournalRow[]): Promise<void> {
    this.#open();
    for (const row of rows) {
      const stored = this.#room(row.room);
      stored.rows.push({ seq: this.#nextSeq++, update: row.update.slice(), personId: row.personId, at: row.at });
      for (const client of row.newClients) if (!stored.owners.has(client)) stored.owners.set(client, row.personId);
    }
  }

  async compact(room: string, snapshot: Uint8Array, spans: AuthorSpan[], seqs: number[]): Promise<void> {
    this.#open();
    const stored = this.#room(room);
    const going = new Set(seqs);
    const staying = stored.rows.filter((row) => !going.has(row.seq));
    if (staying.length !== stored.rows.length - going.size) throw new CompactionConflict(`rows of ${room} are gone`);
    stored.rows = staying;
    stored.snapshot = snapshot.slice();
    stored.spans = spans.map((span) => ({ ...span }));
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): void {
    if (this.#closed) throw new StoreClosed('the update store is closed');
  }

  #room(name: string): StoredRoom {
    let stored = this.#rooms.get(name);
    if (!stored) {
      stored = { epoch: randomUUID(), snapshot: null, rows: [], owners: new Map(), spans: [] };
      this.#rooms.set(name, stored);
    }
    return stored;
  }
}
