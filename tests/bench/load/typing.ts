/**
 * Why this file exists: many hands typing. One clock for all of them, with each hand's own uneven rhythm; what is struck in
 * the same millisecond leaves together, one write per connection.
 */
import type { LightClient } from './client.ts';
import { LightSocket } from './socket.ts';

const TICK_MS = 1;
/** A rhythm is uneven by so much on both sides. */
const UNEVEN = 0.3;

interface Hand {
  client: LightClient;
  next: number;
}

class Rhythm {
  readonly #hands: Hand[];
  readonly #act: (client: LightClient, now: number) => void;
  #gap: number;

  constructor(clients: LightClient[], perSecond: number, act: (client: LightClient, now: number) => void) {
    this.#gap = 1000 / perSecond;
    this.#act = act;
    const now = performance.now();
    this.#hands = clients.map((client) => ({ client, next: now + Math.random() * this.#gap }));
  }

  set perSecond(value: number) {
    this.#gap = 1000 / value;
    const now = performance.now();
    for (const hand of this.#hands) hand.next = now + Math.random() * this.#gap;
  }

  tick(now: number): void {
    for (const hand of this.#hands) {
      // Beyond a thousand strokes at once the generator has been held, and would only make it worse.
      for (let n = 0; hand.next <= now && n < 1000; n++) {
        this.#act(hand.client, now);
        hand.next += this.#gap * (1 - UNEVEN + Math.random() * 2 * UNEVEN);
      }
    }
  }
}

/** Everybody's hands. */
export class Typing {
  readonly #edits: Rhythm;
  readonly #moves: Rhythm | null;
  #timer: NodeJS.Timeout | null = null;

  /** Per writer and second; and cursor moves per client and second, of `movers`. */
  constructor(
    writers: LightClient[],
    editsPerSecond: number,
    movers: { clients: LightClient[]; perSecond: number } | null,
  ) {
    this.#edits = new Rhythm(writers, editsPerSecond, (client, now) => client.strike(now));
    this.#moves = movers ? new Rhythm(movers.clients, movers.perSecond, (client, now) => client.moveCursor(now)) : null;
  }

  set editsPerSecond(value: number) {
    this.#edits.perSecond = value;
  }

  get going(): boolean {
    return this.#timer !== null;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      const now = performance.now();
      this.#edits.tick(now);
      this.#moves?.tick(now);
      LightSocket.flushAll();
    }, TICK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
