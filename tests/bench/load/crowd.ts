/**
 * Why this file exists: the clients of one case, in their rooms, and what is asked of all of them at once.
 */
import { timesOf } from '../stats.ts';
import { Account } from './account.ts';
import { LightClient } from './client.ts';
import { DIALECTS } from './dialects.ts';
import type { Counted, CrowdOrder, Joined, Measured, Rates } from './questions.ts';
import { Typing } from './typing.ts';

/** How many come in at once. */
const DOOR = 20;
const LOOK_MS = 5;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs `work` for each, so many at a time. */
export async function inTurn<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}

export class Crowd {
  readonly #order: CrowdOrder;
  readonly #account = new Account();
  readonly #rooms: LightClient[][] = [];
  readonly #clients: LightClient[] = [];
  readonly #writers: LightClient[] = [];
  #typing: Typing | null = null;
  #opened = { at: 0, cpu: process.cpuUsage() };

  constructor(order: CrowdOrder) {
    this.#order = order;
    for (let r = 0; r < order.rooms; r++) {
      const name = order.target.rooms[order.firstRoom + r];
      if (!name) throw new Error('too few rooms');
      const room: LightClient[] = [];
      for (let c = 0; c < order.clientsPerRoom; c++) {
        const fragment = order.fragments?.[order.firstRoom + r];
        const place = {
          target: order.target,
          dialect: order.dialect,
          room: name,
          place: c,
          places: order.clientsPerRoom,
          person: (order.firstRoom + r) * order.clientsPerRoom + c,
          writes: c < order.writersPerRoom,
          unit: order.unit ?? 1,
          watches: c >= order.clientsPerRoom - (order.watchersPerRoom ?? 0),
          ...(fragment === undefined ? {} : { fragment }),
        };
        const client = new LightClient(place, this.#account, room);
        room.push(client);
        this.#clients.push(client);
        if (place.writes) this.#writers.push(client);
      }
      this.#rooms.push(room);
    }
  }

  async join(): Promise<Joined> {
    const took: number[] = [];
    const begun = performance.now();
    await inTurn(this.#clients, DOOR, async (client) => {
      const at = performance.now();
      await client.join();
      took.push(performance.now() - at);
      client.returns = this.#order.returns ?? false;
    });
    const silent = this.#order.silentPerRoom ?? 0;
    if (silent > 0) for (const room of this.#rooms) for (const client of room.slice(-silent)) client.stopReading();
    return { ms: performance.now() - begun, times: timesOf(took) };
  }

  type(rates: Rates): void {
    if (this.#typing && !rates.moves) {
      this.#typing.editsPerSecond = rates.edits;
    } else {
      this.#typing?.stop();
      const movers = rates.writersMoveOnly ? this.#writers : this.#clients.filter(({ watches }) => !watches);
      const moves = rates.moves ? { clients: movers, perSecond: rates.moves } : null;
      this.#typing = new Typing(this.#writers, rates.edits, moves);
    }
    this.#typing.start();
  }

  stopTyping(): void {
    this.#typing?.stop();
  }

  openWindow(): void {
    this.#account.open();
    this.#opened = { at: performance.now(), cpu: process.cpuUsage() };
  }

  async closeWindow({ drainMs, goOn }: { drainMs: number; goOn?: boolean }): Promise<Measured> {
    const account = this.#account;
    if (!goOn) this.stopTyping();
    account.close();
    const others = this.#order.clientsPerRoom - (this.#order.silentPerRoom ?? 0) - 1;
    const expected = account.edits * others;
    const movesExpected = account.moves * others;
    const windowMs = performance.now() - this.#opened.at;
    const { arrived: arrivedInWindow } = account;
    const until = performance.now() + drainMs;
    const whole = (): boolean => account.delivered >= expected && account.movesDelivered >= movesExpected;
    while (!whole() && performance.now() < until) await pause(LOOK_MS);
    // The last word of what is saved may come behind the last delivery.
    if (DIALECTS[this.#order.dialect].marks)
      while (account.persisted.count < account.edits && performance.now() < until) await pause(LOOK_MS);
    const ms = performance.now() - this.#opened.at;
    const { user, system } = process.cpuUsage(this.#opened.cpu);
    const counted = (times: Account['latency']): Counted => ({ buckets: times.buckets(), max: times.max });
    return {
      edits: account.edits,
      delivered: account.delivered,
      expected,
      arrived: arrivedInWindow,
      moves: account.moves,
      movesDelivered: account.movesDelivered,
      movesExpected,
      latency: counted(account.latency),
      persisted: counted(account.persisted),
      moveLatency: counted(account.moveLatency),
      windowMs,
      ms,
      generatorCpu: (user + system) / 1000 / ms,
      cuts: this.#clients.reduce((sum, client) => sum + client.cuts.length, 0),
    };
  }

  /** Waits until everybody is connected and has every edit of the others, at most `ms`. */
  async complete(ms: number): Promise<number | null> {
    const from = performance.now();
    const whole = (): boolean =>
      this.#rooms.every((room) => {
        const authors = room.flatMap(({ seat }) =>
          seat.author ? [{ place: seat.place, clock: seat.author.clock }] : [],
        );
        return room.every(
          ({ live, seat }) =>
            live && authors.every(({ place, clock }) => place === seat.place || (seat.seen[place] ?? 0) >= clock),
        );
      });
    while (!whole()) {
      if (performance.now() - from > ms) return null;
      await pause(LOOK_MS);
    }
    return performance.now() - from;
  }

  async leave(): Promise<void> {
    this.stopTyping();
    const patience = setTimeout(() => {
      for (const client of this.#clients) client.terminate();
    }, 3_000);
    await inTurn(this.#clients, DOOR, (client) => client.leave());
    clearTimeout(patience);
  }
}
