/**
 * Why this file exists: what goes out on one socket. `ws` queues without bound for a peer that does not read, so the
 * queue is bounded here; and a provider gives up after 30 s without a message, so silence is broken here.
 */
import { CLOSE } from '#shared/wire.ts';
import type { RelayLimits } from './limits.ts';
import type { Parcel } from './parcel.ts';
import type { Clock, RelaySocket } from './ports.ts';
import type { RelayStats } from './stats.ts';

export interface OutboxOwner {
  /** The peer does not read or cannot be reached: the connection ends, told why. */
  lost(code: number, reason: string): void;
}

export class Outbox {
  readonly #socket: RelaySocket;
  readonly #limits: RelayLimits;
  readonly #clock: Clock;
  readonly #stats: RelayStats;
  readonly #owner: OutboxOwner;
  #sentAt: number;
  /** A reply larger than the queue is on its way; so much may wait on top of the limit. */
  #allowance = 0;
  #bufferedBefore = 0;

  constructor(socket: RelaySocket, limits: RelayLimits, clock: Clock, stats: RelayStats, owner: OutboxOwner) {
    this.#socket = socket;
    this.#limits = limits;
    this.#clock = clock;
    this.#stats = stats;
    this.#owner = owner;
    this.#sentAt = clock();
  }

  /** Queues messages; a peer that does not read is closed with 1013 instead. */
  send(parcel: Parcel): void {
    if (this.#tooSlow()) return;
    // One that is larger than the queue would otherwise cut whoever is still reading it at the next small one.
    const { byteLength } = parcel.wire;
    if (byteLength > this.#limits.sendQueueBytes && this.#allowance === 0)
      this.#allowance = this.#socket.buffered + byteLength;
    this.#write(parcel);
  }

  /** Queues a reply to sync step 1: a whole document may be larger than the queue, and is what the client asked for. */
  sendReply(parcel: Parcel): void {
    if (this.#tooSlow()) return;
    this.#allowance = this.#socket.buffered + parcel.wire.byteLength;
    this.#write(parcel);
  }

  /** Called by the shared wheel: cuts a queue that does not move, and breaks a silence of `silenceMs`. */
  tick(now: number, silenceMs: number, heartbeat: Parcel): void {
    const { buffered } = this.#socket;
    const long = buffered > this.#limits.sendQueueBytes;
    if (long && this.#bufferedBefore > 0 && buffered >= this.#bufferedBefore) {
      this.#cut();
      return;
    }
    this.#bufferedBefore = long ? buffered : 0;
    if (now - this.#sentAt >= silenceMs) this.send(heartbeat);
  }

  #write(parcel: Parcel): void {
    this.#sentAt = this.#clock();
    this.#stats.framesOut += parcel.count;
    this.#stats.bytesOut += parcel.wire.byteLength;
    try {
      this.#socket.send(parcel);
    } catch {
      // One broken socket must not keep a commit from everybody behind it.
      this.#owner.lost(CLOSE.internal, 'could not send');
    }
  }

  #tooSlow(): boolean {
    const { buffered } = this.#socket;
    const limit = this.#limits.sendQueueBytes;
    if (buffered <= limit) {
      this.#allowance = 0;
      return false;
    }
    if (buffered <= this.#allowance + limit) return false;
    this.#cut();
    return true;
  }

  #cut(): void {
    this.#stats.slowPeers++;
    this.#owner.lost(CLOSE.tooSlow, 'not reading');
    // A peer that reads nothing answers no closing handshake either, and its queue is memory.
    this.#socket.terminate();
  }
}
