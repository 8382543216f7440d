/**
 * Why this file exists: the bench is several processes, each on its own core. This is what they say to each other over
 * Node's IPC channel, and how one waits for an answer.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** A server under load says where it is and who may come in. */
export interface Ready {
  url: string;
  /** One per person; a bare relay needs none. */
  cookies: string[];
  rooms: string[];
}

/** One measurement, carried out by the generator. */
export interface Job {
  target: Ready;
  /** The server speaks no protocol: clients say nothing but their edits. */
  bare: boolean;
  rooms: number;
  clientsPerRoom: number;
  writersPerRoom: number;
  editsPerSecond: number;
  warmMs: number;
  windowMs: number;
}

export interface Percentiles {
  p50: number;
  p99: number;
  count: number;
}

export interface Measured {
  /** Edits made in the window. */
  edits: number;
  /** Edits that reached somebody else, counted once per receiver, merged ones singly. */
  delivered: number;
  /** What should have been delivered. */
  expected: number;
  /** Key to the others' sockets, milliseconds. */
  latency: Percentiles;
  /** Key to the server's word that it is saved, milliseconds; `null` where the server has no such word. */
  persisted: Percentiles | null;
  /** The generator's own CPU, in parts of one core. */
  generatorCpu: number;
  windowMs: number;
}

export type ToServer = 'cpu' | 'stop';
export interface Cpu {
  /** User and system time of the process so far, microseconds. */
  cpu: number;
  rss: number;
}

export type FromGenerator = { window: 'start' } | { window: 'end' } | { result: Measured } | { opened: number };
export type ToGenerator =
  | { job: Job }
  /** Makes so many edits in a room, from several connections, as separate updates. */
  | { fill: { target: Ready; room: string; edits: number } }
  /** Opens a room as somebody new and applies what comes; answers with the milliseconds it took. */
  | { open: { target: Ready; room: string } }
  | 'go-on'
  | 'stop';

const canPin = process.platform === 'linux' && availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0;

/** Whether processes are kept on cores of their own here. */
export const pinned: boolean = canPin;

/** Starts one of the bench's processes, on one core where that can be had. */
export function startPinned(file: string, core: number, args: string[] = []): ChildProcess {
  const script = join(import.meta.dirname, file);
  const [command, before] = canPin ? ['taskset', ['-c', String(core), process.execPath]] : [process.execPath, []];
  return spawn(command, [...before, script, ...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** The next message of a child; rejects when it ends instead. */
export async function answer<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const exit = (code: number | null): void => ended.abort(new Error(`a process of the bench ended with ${code}`));
  child.once('exit', exit);
  try {
    const [message] = await once(child, 'message', { signal: ended.signal });
    return message as T;
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    child.off('exit', exit);
  }
}

export function percentiles(values: number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), count: sorted.length };
}

/** Answers a server process's questions about itself; `stop` ends it. */
export function serveQuestions(stop: () => Promise<void>): void {
  process.on('message', (question: ToServer) => {
    if (question === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpu: user + system, rss: process.memoryUsage().rss } satisfies Cpu);
    } else void stop().then(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(1));
}
