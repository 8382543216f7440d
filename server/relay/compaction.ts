/**
 * Why this file exists: a journal grows for ever and keeps text people deleted. Compaction replays it into a throw-away
 * document that collects garbage (merging the updates instead would be slow and keep the deleted text), writes that as
 * the snapshot and deletes exactly the rows it read. It works on what is stored and not on the open room, so it needs no
 * lock: rows that arrive meanwhile stay, and of two compactions the later one changes nothing.
 */
import * as Y from 'yjs';
import { mergeAuthorship } from './authorship.ts';
import type { RelayLog } from './log.ts';
import type { AuthorSpan, CompactionDone, StoredRoom, UpdateStore } from './ports.ts';
import { nextTurn, replay } from './replay.ts';
import type { RelayStats } from './stats.ts';
import { type ClockRange, inspectUpdate } from './update-inspection.ts';

export interface Compacted {
  snapshot: Uint8Array;
  spans: AuthorSpan[];
  /** The rows the snapshot holds wholly. */
  seqs: number[];
}

/**
 * Works out a room's snapshot. Rows that wait for something that is not there stay: a gap frozen into a snapshot could
 * never be filled. Broken rows stay too, for somebody to look at. `null` when no row can go.
 */
export async function compacted(stored: StoredRoom, room: string, log: RelayLog): Promise<Compacted | null> {
  const { doc, broken } = await replay(stored, room, log);
  try {
    const staying = new Set(broken.map((row) => row.seq));
    for (const seq of waitingRows(doc, stored.rows)) staying.add(seq);
    const going = stored.rows.filter((row) => !staying.has(row.seq));
    if (going.length === 0) return null;
    // What waits is in the rows that stay, and must not be in the snapshot.
    doc.store.pendingStructs = null;
    doc.store.pendingDs = null;
    const snapshot = Y.encodeStateAsUpdate(doc);
    await nextTurn();
    return { snapshot, spans: mergeAuthorship(stored.spans, going), seqs: going.map((row) => row.seq) };
  } finally {
    doc.destroy();
  }
}

/** Sequence numbers of the rows of which something could not be applied yet. */
function waitingRows(doc: Y.Doc, rows: StoredRoom['rows']): number[] {
  const { pendingStructs, pendingDs } = doc.store;
  if (!pendingStructs && !pendingDs) return [];
  const waiting: ClockRange[] = [];
  for (const pending of [pendingStructs?.update, pendingDs]) {
    if (!pending) continue;
    const { structs, ds } = Y.decodeUpdateV2(pending);
    for (const struct of structs)
      if (!(struct instanceof Y.Skip))
        waiting.push({ client: struct.id.client, from: struct.id.clock, to: struct.id.clock + struct.length });
    for (const [client, items] of ds.clients)
      for (const item of items) waiting.push({ client, from: item.clock, to: item.clock + item.len });
  }
  const touches = (range: ClockRange) =>
    waiting.some((w) => w.client === range.client && range.from < w.to && w.from < range.to);
  return rows
    .filter((row) => {
      try {
        const { ranges, deletes } = inspectUpdate(row.update);
        return ranges.some(touches) || deletes.some(touches);
      } catch {
        return true;
      }
    })
    .map((row) => row.seq);
}

/** Compacts rooms one after the other, in the background; a failure is logged and the rows simply stay. */
export class Compactor {
  readonly #store: UpdateStore;
  readonly #log: RelayLog;
  readonly #stats: RelayStats;
  readonly #queue = new Set<string>();
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(store: UpdateStore, log: RelayLog, stats: RelayStats) {
    this.#store = store;
    this.#log = log;
    this.#stats = stats;
  }

  request(room: string): void {
    if (this.#stopped) return;
    this.#queue.add(room);
    this.#running ??= this.#run();
  }

  /** Resolves when the compaction that runs is done; none begins after it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue.clear();
    await this.#running;
  }

  async #run(): Promise<void> {
    await nextTurn();
    for (const room of this.#queue) {
      this.#queue.delete(room);
      try {
        const done = this.#store.compactRoom
          ? await this.#store.compactRoom(room, this.#log)
          : await this.#compactHere(room);
        if (done) {
          this.#stats.compactions++;
          this.#log('compacted', { room, ...done });
        }
      } catch (error) {
        this.#stats.compactionFailures++;
        this.#log('compaction-failed', { room, error: String(error) });
      }
    }
    this.#running = null;
  }

  async #compactHere(room: string): Promise<CompactionDone | null> {
    const stored = await this.#store.load(room);
    const result = stored.rows.length > 0 ? await compacted(stored, room, this.#log) : null;
    if (!result) return null;
    await this.#store.compact(room, result.snapshot, result.spans, result.seqs);
    return { rows: result.seqs.length, bytes: result.snapshot.byteLength };
  }
}
