/**
 * Why this file exists: one server with its clients, at one rate after the other. It is replaced by a fresh one when it does
 * not get over a rate, so that a collapse costs a search nothing but that rate.
 */
import type { DialectName } from '../load/dialects.ts';
import { Generators, type Result } from '../load/generators.ts';
import { kill, type Running, start } from '../peers.ts';
import { pause } from './case.ts';
import { FAST_LIMITS } from './fast-limits.ts';

/** The slowest hundredth may take so long, milliseconds. */
export const LIMIT_MS = 200;
const SETTLE_MS = 400;
const DRAIN_MS = 600;
const COMPLETE_MS = 8_000;

export interface BoutShape {
  rooms: number;
  clientsPerRoom: number;
  writersPerRoom: number;
}

export interface Tried {
  /** Why it was too much; `null` when it was carried. */
  fault: string | null;
  /** Delivered per second. */
  delivered: number;
  p99: number;
  generatorCpu: number;
}

const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;

export class Bout {
  readonly #name: DialectName;
  readonly #shape: BoutShape;
  readonly #windowMs: number;
  #running: Running | null = null;
  #generators: Generators | null = null;
  #cuts = 0;

  constructor(name: DialectName, shape: BoutShape, windowMs: number) {
    this.#name = name;
    this.#shape = shape;
    this.#windowMs = windowMs;
  }

  async #begin(): Promise<Generators> {
    if (this.#generators) return this.#generators;
    this.#running = await start(this.#name, { limits: FAST_LIMITS });
    this.#generators = new Generators();
    this.#cuts = 0;
    const { target } = this.#running;
    await this.#generators.join({ target, dialect: this.#name, firstRoom: 0, ...this.#shape, returns: true });
    return this.#generators;
  }

  async end(): Promise<void> {
    await this.#generators?.end();
    if (this.#running) await kill(this.#running);
    this.#generators = null;
    this.#running = null;
  }

  /** One window at `rate` edits per second. */
  async window(rate: number, ms = this.#windowMs): Promise<Tried & { result: Result }> {
    const generators = await this.#begin();
    await generators.type({ edits: rate / (this.#shape.rooms * this.#shape.writersPerRoom) });
    await pause(SETTLE_MS);
    await generators.openWindow();
    await pause(ms);
    const result = await generators.closeWindow({ drainMs: DRAIN_MS, goOn: true });
    const cut = result.cuts > this.#cuts;
    this.#cuts = result.cuts;
    const offered = result.edits / ((rate * result.windowMs) / 1000);
    const missing = 1 - result.delivered / result.expected;
    const faults = [
      ...(offered < 0.95 ? [`only ${percent(offered)} typed`] : []),
      ...(cut ? ['clients cut'] : []),
      ...(missing > 0.001 ? [`${percent(missing)} not there in time`] : []),
      ...(result.latency.p99 > LIMIT_MS ? [`p99 ${result.latency.p99.toFixed(0)} ms`] : []),
    ];
    return {
      fault: faults.length > 0 ? faults.join(', ') : null,
      delivered: result.delivered / (result.windowMs / 1000),
      p99: result.latency.p99,
      generatorCpu: result.generatorCpu,
      result,
    };
  }

  /** Typing stops; whether everybody then gets everything in time. */
  async calm(): Promise<boolean> {
    const generators = await this.#begin();
    await generators.stopTyping();
    return (await generators.complete(COMPLETE_MS)) !== null;
  }
}
