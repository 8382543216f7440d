/**
 * Why this file exists: one generator looks like many. Where the machine has cores to spare, the rooms of a case are shared
 * out over several processes, so that the load is not the limit; what they measured is put together again.
 */
import { availableParallelism } from 'node:os';
import { GENERATOR_CORE, Helper } from '../processes.ts';
import { Histogram, type Times } from '../stats.ts';
import type { Counted, CrowdOrder, GeneratorQuestions, Joined, Measured, Rates } from './questions.ts';

/** Cores left when the server has its own. */
const MOST = Math.max(1, Math.min(4, availableParallelism() - 1));
const JOIN_MS = 120_000;

export interface Result extends Omit<Measured, 'latency' | 'persisted' | 'moveLatency'> {
  latency: Times;
  persisted: Times;
  moveLatency: Times;
}

function together(counted: Counted[]): Times {
  const all = new Histogram();
  for (const { buckets, max } of counted) all.take(buckets, max);
  return all.times();
}

function sum(all: Measured[], pick: (one: Measured) => number): number {
  return all.reduce((total, one) => total + pick(one), 0);
}

export class Generators {
  readonly #all: Helper<GeneratorQuestions>[] = [];

  #process(n: number): Helper<GeneratorQuestions> {
    const known = this.#all[n];
    if (known) return known;
    const made = new Helper<GeneratorQuestions>('load/generator.ts', { core: GENERATOR_CORE + n });
    this.#all.push(made);
    return made;
  }

  /** A generator for what is one process's work. */
  get first(): Helper<GeneratorQuestions> {
    return this.#process(0);
  }

  async join(order: CrowdOrder): Promise<Joined> {
    const shares = Math.min(order.rooms, MOST);
    const size = Math.ceil(order.rooms / shares);
    const joined = await Promise.all(
      Array.from({ length: shares }, (_, n) =>
        this.#process(n).ask(
          'join',
          { ...order, firstRoom: order.firstRoom + n * size, rooms: Math.min(size, order.rooms - n * size) },
          JOIN_MS,
        ),
      ),
    );
    return joined.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
  }

  async type(rates: Rates): Promise<void> {
    await Promise.all(this.#all.map((one) => one.ask('type', rates)));
  }

  async openWindow(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.ask('openWindow', null)));
  }

  async closeWindow(how: { drainMs: number; goOn?: boolean }): Promise<Result> {
    const all = await Promise.all(this.#all.map((one) => one.ask('closeWindow', how, how.drainMs + 30_000)));
    return {
      edits: sum(all, (one) => one.edits),
      delivered: sum(all, (one) => one.delivered),
      expected: sum(all, (one) => one.expected),
      arrived: sum(all, (one) => one.arrived),
      moves: sum(all, (one) => one.moves),
      movesDelivered: sum(all, (one) => one.movesDelivered),
      movesExpected: sum(all, (one) => one.movesExpected),
      cuts: sum(all, (one) => one.cuts),
      latency: together(all.map((one) => one.latency)),
      persisted: together(all.map((one) => one.persisted)),
      moveLatency: together(all.map((one) => one.moveLatency)),
      windowMs: Math.max(...all.map((one) => one.windowMs)),
      ms: Math.max(...all.map((one) => one.ms)),
      generatorCpu: Math.max(...all.map((one) => one.generatorCpu)),
    };
  }

  async stopTyping(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.ask('stopTyping', null)));
  }

  /** Milliseconds until everybody had everything, or `null` when that took longer than `ms`. */
  async complete(ms: number): Promise<number | null> {
    const all = await Promise.all(this.#all.map((one) => one.ask('complete', { ms }, ms + 20_000)));
    return all.includes(null) ? null : Math.max(...all.map((took) => took ?? 0));
  }

  async leave(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.ask('leave', null, 60_000)));
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.kill()));
  }
}
