/**
 * Why this file exists: the relay's update store over SQLite. `threaded` says whether the commits wait in a worker
 * thread (the server) or here (tests, small tools); what is stored is the same.
 */
import { Worker } from 'node:worker_threads';
import type {
  AuthorSpan,
  Checkpoint,
  CheckpointDraft,
  CheckpointStore,
  JournalRow,
  StoredRoom,
  UpdateStore,
} from '../relay/ports.ts';
import { CompactionThread } from './compaction-thread.ts';
import { flattened } from './flat-rows.ts';
import { SHORT_LIVED } from './thread-memory.ts';
import { CompactionConflict, RoomDatabase } from './update-store-core.ts';
import type {
  CheckpointAnswer,
  CheckpointQuestion,
  StoreCommand,
  StoreReply,
  StoreRequest,
  StoreResult,
} from './update-store-messages.ts';

export interface SqliteUpdateStoreOptions {
  /** Path of a database in which the tables of room-tables.ts exist. */
  file: string;
  threaded: boolean;
}

/** A store that was closed, or whose thread is gone, refuses everything with this. */
export class StoreClosed extends Error {
  override name = 'StoreClosed';
}

interface Backend {
  run(command: StoreCommand): Promise<StoreResult>;
}

/**
 * {@link UpdateStore} and {@link CheckpointStore} over `node:sqlite`. Contracts: tests/storage/update-store.contract.ts and
 * checkpoint-store.contract.ts.
 */
export class SqliteUpdateStore implements UpdateStore, CheckpointStore {
  readonly #backend: Backend;
  /** Compacts a room in a thread of its own, where there are threads. */
  readonly compactRoom?: NonNullable<UpdateStore['compactRoom']>;
  readonly #compaction: CompactionThread | null;
  #closing: Promise<void> | null = null;

  constructor(options: SqliteUpdateStoreOptions) {
    this.#backend = options.threaded ? new ThreadBackend(options.file) : new LocalBackend(options.file);
    const thread = options.threaded ? new CompactionThread(options.file) : null;
    this.#compaction = thread;
    if (thread) this.compactRoom = (room, log) => thread.compact(room, log);
  }

  async load(room: string): Promise<StoredRoom> {
    const stored = await this.#run({ kind: 'load', room });
    if (!stored || !('epoch' in stored)) throw new Error('the update store answered a load without a room');
    return stored;
  }

  async append(rows: JournalRow[]): Promise<void> {
    await this.#run({ kind: 'append', rows });
  }

  async compact(room: string, snapshot: Uint8Array, spans: AuthorSpan[], seqs: number[]): Promise<void> {
    await this.#run({ kind: 'compact', room, snapshot, spans, seqs });
  }

  async keep(room: string, draft: CheckpointDraft): Promise<string | null> {
    return (await this.#ask({ ask: 'keep', room, draft })).id;
  }

  async checkpoints(room: string): Promise<Checkpoint[]> {
    return (await this.#ask({ ask: 'list', room })).checkpoints;
  }

  async checkpoint(room: string, id: string): Promise<(Checkpoint & { state: Uint8Array }) | null> {
    return (await this.#ask({ ask: 'one', room, id })).checkpoint;
  }

  async discard(room: string, id: string): Promise<boolean> {
    return (await this.#ask({ ask: 'discard', room, id })).done;
  }

  async writtenRooms(prefix: string): Promise<string[]> {
    return (await this.#ask({ ask: 'written-rooms', prefix })).names;
  }

  async #ask<Q extends CheckpointQuestion>(question: Q): Promise<Extract<CheckpointAnswer, { ask: Q['ask'] }>> {
    const answer = await this.#run({ kind: 'checkpoints', question });
    const fits = (one: StoreResult): one is Extract<CheckpointAnswer, { ask: Q['ask'] }> =>
      one !== null && 'ask' in one && one.ask === question.ask;
    if (!fits(answer)) throw new Error('the update store answered something else than it was asked');
    return answer;
  }

  /** Ends after everything that was asked for before it; calling it again waits for the same end. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#backend.run({ kind: 'close' }), this.#compaction?.close()]);
  }

  #run(command: StoreCommand): Promise<StoreResult> {
    if (this.#closing) return Promise.reject(new StoreClosed('the update store is closed'));
    return this.#backend.run(command);
  }
}

class LocalBackend implements Backend {
  readonly #database: RoomDatabase;

  constructor(file: string) {
    this.#database = new RoomDatabase(file);
  }

  async run(command: StoreCommand): Promise<StoreResult> {
    switch (command.kind) {
      case 'load':
        return this.#database.load(command.room);
      case 'append':
        this.#database.append(command.rows);
        return null;
      case 'compact':
        this.#database.compact(command.room, command.snapshot, command.spans, command.seqs);
        return null;
      case 'checkpoints':
        return this.#database.checkpoints.answer(command.question);
      case 'close':
        this.#database.close();
        return null;
    }
  }
}

interface Waiting {
  resolve(result: StoreResult): void;
  reject(error: Error): void;
}

class ThreadBackend implements Backend {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: Error | null = null;

  constructor(file: string) {
    // No inherited flags: a test runner's loaders have no business in the thread.
    this.#worker = new Worker(new URL('./update-store-worker.ts', import.meta.url), {
      workerData: { file },
      execArgv: [],
      resourceLimits: SHORT_LIVED,
    });
    this.#worker.on('message', (reply: StoreReply) => {
      const waiting = this.#waiting.get(reply.id);
      if (!waiting) return;
      this.#waiting.delete(reply.id);
      if (reply.ok) waiting.resolve(reply.result);
      else waiting.reject(reply.name === 'CompactionConflict' ? new CompactionConflict(reply.message) : named(reply));
    });
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#end(new StoreClosed('the journal thread has ended')));
  }

  run(command: StoreCommand): Promise<StoreResult> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      if (command.kind !== 'append') {
        this.#worker.postMessage({ id, command } satisfies StoreRequest);
        return;
      }
      const flat = flattened(command.rows);
      this.#worker.postMessage({ id, command: { kind: 'append', flat } } satisfies StoreRequest, [flat.bytes.buffer]);
    });
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

function named(reply: { name: string; message: string }): Error {
  const error = new Error(reply.message);
  error.name = reply.name;
  return error;
}
