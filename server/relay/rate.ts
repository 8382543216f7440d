/**
 * Why this file exists: one socket must not take everybody's time. People, and programs that reconnect, come in bursts;
 * so a burst passes at once, what comes faster for longer waits its turn, and what waits is bounded (connection.ts).
 */
import { MESSAGE_AWARENESS, MESSAGE_SYNC } from '#shared/wire.ts';
import { SYNC_STEP_1 } from './frames.ts';
import type { RelayLimits } from './limits.ts';

/** Tokens that come back with time; what costs more than there are has to wait. */
export class Bucket {
  readonly #perMs: number;
  readonly #size: number;
  #tokens: number;
  #at: number;

  /** `perSecond` may be infinite: then nothing ever waits. */
  constructor(perSecond: number, size: number, now: number) {
    this.#perMs = perSecond / 1_000;
    this.#size = size;
    this.#tokens = size;
    this.#at = now;
  }

  /** Milliseconds until something of this cost may pass; 0 when it may now. What costs more than all waits for all. */
  wait(cost: number, now: number): number {
    if (this.#perMs === Number.POSITIVE_INFINITY) return 0;
    if (now > this.#at) this.#tokens = Math.min(this.#size, this.#tokens + (now - this.#at) * this.#perMs);
    this.#at = now;
    const missing = Math.min(cost, this.#size) - this.#tokens;
    return missing <= 0 ? 0 : Math.max(1, Math.ceil(missing / this.#perMs));
  }

  /** Takes what something costs. */
  take(cost: number): void {
    this.#tokens -= Math.min(cost, this.#size);
  }
}

/** Messages up to this size cost one; larger ones accordingly more, bytes. */
const UNIT = 16 * 1024;

/** How fast one connection's messages are handled. */
export class Rate {
  readonly #updates: Bucket;
  readonly #others: Bucket;
  readonly #all: Bucket;

  constructor(limits: RelayLimits, now: number) {
    this.#updates = new Bucket(limits.updatesPerSecond, limits.updatesAtOnce, now);
    this.#others = new Bucket(limits.messagesPerSecond, limits.messagesAtOnce, now);
    this.#all = new Bucket(limits.framesPerSecond, limits.framesAtOnce, now);
  }

  /**
   * Milliseconds until this message may be handled; 0 when it may now, and then it is counted. `ownId` is the awareness
   * id of the connection: stock clients echo everybody else's presence, and that is not their doing.
   */
  wait(message: Uint8Array, ownId: number | null, now: number): number {
    const cost = 1 + Math.floor(message.byteLength / UNIT);
    const bucket = this.#bucketOf(message, ownId);
    const wait = Math.max(bucket?.wait(cost, now) ?? 0, this.#all.wait(cost, now));
    if (wait > 0) return wait;
    bucket?.take(cost);
    this.#all.take(cost);
    return 0;
  }

  #bucketOf(message: Uint8Array, ownId: number | null): Bucket | null {
    if (message[0] === MESSAGE_SYNC) return message[1] === SYNC_STEP_1 ? this.#others : this.#updates;
    return message[0] === MESSAGE_AWARENESS && isEcho(message, ownId) ? null : this.#others;
  }
}

/** Whether an awareness message is about one other client. A wrong guess only decides whether it is counted. */
function isEcho(message: Uint8Array, ownId: number | null): boolean {
  if (ownId === null) return false;
  let at = 1;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length && at < 24; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  number(); // The length of the body.
  return number() === 1 && number() !== ownId;
}
