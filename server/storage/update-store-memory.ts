/**
 * Why this file exists: an update store without a disk, for tests of the relay. It passes the same contract as the real
 * one; what it holds survives the relay, so a "restart" is a new relay over the same store.
 */
import { randomUUID } from 'node:crypto';
import { newId } from '#shared/ids.ts';
import type {
  AuthorSpan,
  Checkpoint,
  CheckpointDraft,
  CheckpointStore,
  JournalRow,
  StoredRoom,
  UpdateStore,
} from '../relay/ports.ts';
import { thinned } from './checkpoint-thinning.ts';
import { contentKey } from './content-key.ts';
import { StoreClosed } from './update-store.ts';
import { CompactionConflict } from './update-store-core.ts';

type Kept = Checkpoint & { state: Uint8Array; content: string };

/** {@link UpdateStore} and {@link CheckpointStore} in memory. */
export class MemoryUpdateStore implements UpdateStore, CheckpointStore {
  /** By room, newest first. */
  readonly #kept = new Map<string, Kept[]>();
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
      if (row.checkpoint) this.#keep(row.room, row.checkpoint);
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

  async keep(room: string, draft: CheckpointDraft): Promise<string | null> {
    this.#open();
    return this.#keep(room, draft);
  }

  async checkpoints(room: string): Promise<Checkpoint[]> {
    this.#open();
    return (this.#kept.get(room) ?? []).map(({ state: _state, content: _content, ...meta }) => meta);
  }

  async checkpoint(room: string, id: string): Promise<(Checkpoint & { state: Uint8Array }) | null> {
    this.#open();
    const found = this.#kept.get(room)?.find((one) => one.id === id);
    if (!found) return null;
    const { content: _content, ...meta } = found;
    return meta;
  }

  async discard(room: string, id: string): Promise<boolean> {
    this.#open();
    const list = this.#kept.get(room) ?? [];
    const staying = list.filter((one) => one.id !== id);
    this.#kept.set(room, staying);
    return staying.length < list.length;
  }

  async writtenRooms(prefix: string): Promise<string[]> {
    this.#open();
    return [...this.#rooms]
      .filter(([name, stored]) => name.startsWith(prefix) && (stored.snapshot !== null || stored.rows.length > 0))
      .map(([name]) => name)
      .sort();
  }

  #keep(room: string, draft: CheckpointDraft): string | null {
    const list = this.#kept.get(room) ?? [];
    const content = contentKey(draft.state);
    if (list[0]?.content === content && draft.kind !== 'named') return null;
    const kept: Kept = { ...draft, id: newId(), bytes: draft.state.byteLength, state: draft.state.slice(), content };
    const at = list.findIndex((one) => one.at <= kept.at);
    list.splice(at < 0 ? list.length : at, 0, kept);
    const going = new Set(thinned(list));
    this.#kept.set(
      room,
      list.filter((one) => !going.has(one.id)),
    );
    return kept.id;
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
