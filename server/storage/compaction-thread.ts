/**
 * Why this file exists: the near end of the thread that compacts (compaction-worker.ts). The thread is started when the
 * first room needs it: many servers, and most tests, never do.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RelayLog } from '../relay/log.ts';
import type { CompactionDone } from '../relay/ports.ts';
import { SHORT_LIVED } from './thread-memory.ts';

export interface CompactionRequest {
  id: number;
  room: string;
}

export type CompactionReply = {
  id: number;
  logged: { event: string; fields: Record<string, string | number> }[];
} & ({ ok: true; done: CompactionDone | null } | { ok: false; name: string; message: string });

interface Waiting {
  log: RelayLog;
  resolve(done: CompactionDone | null): void;
  reject(error: Error): void;
}

/** Compacts the rooms of one database file. */
export class CompactionThread {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #closed = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves with what was done, `null` when no row could go. Rejects when nothing was changed, or the thread is gone. */
  compact(room: string, log: RelayLog): Promise<CompactionDone | null> {
    if (this.#closed) return Promise.reject(new Error('the compaction thread is closed'));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const request: CompactionRequest = { id: this.#nextId++, room };
      this.#waiting.set(request.id, { log, resolve, reject });
      worker.postMessage(request);
    });
  }

  /** Ends after what was asked for before. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.postMessage('close');
    await ended;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./compaction-worker.ts', import.meta.url), {
      workerData: { file: this.#file },
      execArgv: [],
      resourceLimits: SHORT_LIVED,
    });
    worker.on('message', (reply: CompactionReply) => {
      const waiting = this.#waiting.get(reply.id);
      if (!waiting) return;
      this.#waiting.delete(reply.id);
      for (const { event, fields } of reply.logged) waiting.log(event, fields);
      if (reply.ok) waiting.resolve(reply.done);
      else waiting.reject(Object.assign(new Error(reply.message), { name: reply.name }));
    });
    worker.on('error', (error) => this.#end(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#end(worker, new Error('the compaction thread has ended')));
    return worker;
  }

  /** A thread that died (of memory, say) is started anew by the next room. */
  #end(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = null;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
