/**
 * Why this file exists: the bench is several processes, each on a core of its own. One asks another over Node's IPC
 * channel and gets an answer or, when it hangs or ends, an error: a server that collapses must not hang the run.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { join } from 'node:path';

/** Name of a question → what is asked and what is answered. */
export type Questions<Q> = { [K in keyof Q]: { in: unknown; out: unknown } };

interface Asked {
  id: number;
  name: string;
  argument: unknown;
}
type Answered = { id: number; value: unknown } | { id: number; error: string };

const canPin = process.platform === 'linux' && availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0;

/** Whether processes are kept on cores of their own here. */
export const pinned: boolean = canPin;

export const SERVER_CORE = 0;
export const GENERATOR_CORE = 1;

const PATIENCE_MS = 20_000;

const RANK = -15;

/** Where one may: what else runs on the machine waits for the bench, all its servers alike. */
function putFirst(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, RANK);
    writeFileSync(`/proc/${pid}/autogroup`, String(RANK));
  } catch {
    // Not allowed here, or another system: then it runs as everything does.
  }
}

/** One of the bench's processes, asked from outside. */
export class Helper<Q extends Questions<Q>> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #name: string;
  #last = 0;
  #gone: Promise<void>;

  /** `file` is relative to this folder; `flags` are Node's. */
  constructor(file: string, options: { core: number; args?: string[]; flags?: string[] }) {
    this.#name = file;
    const own = [...(options.flags ?? []), join(import.meta.dirname, file), ...(options.args ?? [])];
    // A session of its own is what the scheduler ranks.
    this.#child = canPin
      ? spawn('taskset', ['-c', String(options.core), process.execPath, ...own], { stdio, detached: true })
      : spawn(process.execPath, own, { stdio });
    putFirst(this.#child.pid);
    living.add(this.#child);
    this.#child.on('message', (message) => this.#hear(message as Answered));
    this.#gone = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        living.delete(this.#child);
        for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended with ${code ?? signal}`));
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Asks and waits; rejects when the process ends, throws or is silent for longer than `patience` milliseconds. */
  ask<K extends keyof Q & string>(name: K, argument: Q[K]['in'], patience = PATIENCE_MS): Promise<Q[K]['out']> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${this.#name} did not answer "${name}" within ${patience / 1000} s`));
      }, patience);
      const settle = (done: () => void): void => {
        clearTimeout(timer);
        done();
      };
      this.#waiting.set(id, {
        resolve: (value) => settle(() => resolve(value as Q[K]['out'])),
        reject: (error) => settle(() => reject(error)),
      });
      if (!this.#child.connected) this.#hear({ id, error: `${this.#name} is gone` });
      else this.#child.send({ id, name, argument } satisfies Asked);
    });
  }

  #hear(message: Answered): void {
    const one = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) one?.reject(new Error(message.error));
    else one?.resolve(message.value);
  }

  /** Lets the process and its threads run on every core, as it does outside the bench. */
  unpin(): void {
    if (canPin) spawnSync('taskset', ['-apc', `0-${availableParallelism() - 1}`, String(this.#child.pid)]);
  }

  /** Ends the process at once. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  /** Lets the process end by itself and kills it when it does not. */
  async end(patience = PATIENCE_MS): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patience);
    await this.#gone;
    clearTimeout(timer);
  }
}

const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as ['ignore', 'ignore', 'inherit', 'ipc'];
const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Answers questions inside such a process. When the asker is gone, `end` runs and the process ends. */
export function answerQuestions<Q extends Questions<Q>>(
  answers: { [K in keyof Q]: (argument: Q[K]['in']) => Promise<Q[K]['out']> | Q[K]['out'] },
  end: () => Promise<void> | void,
): void {
  process.on('message', async ({ id, name, argument }: Asked) => {
    try {
      const answer = (answers as Record<string, ((argument: unknown) => unknown) | undefined>)[name];
      if (!answer) throw new Error(`no such question: ${name}`);
      process.send?.({ id, value: await answer(argument) } satisfies Answered);
    } catch (error) {
      process.send?.({ id, error: String(error instanceof Error ? error.stack : error) } satisfies Answered);
    }
  });
  process.on('disconnect', async () => {
    await end();
    process.exit(0);
  });
}
