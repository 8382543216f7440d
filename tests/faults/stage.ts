/**
 * Why this file exists: what one fault needs around it: a room of its own, an oracle, people on both sides of a faulty
 * network, and the end at which everything is judged. Stages share a server process and nothing else, so they run side
 * by side.
 */
import { createFaultProxy, type Fate, type FaultProxy, type Passing } from '../support/fault-proxy.ts';
import type { FaultyStore } from '../support/faulty-store.ts';
import type { SignedIn } from '../support/people.ts';
import { Author, type AuthorOptions, judgeQuiet } from './author.ts';
import { Oracle } from './oracle.ts';

/** A server with people in it: a process of its own, or in this one. */
export interface Host {
  readonly port: number;
  readonly people: readonly SignedIn[];
  readonly alive: boolean;
  freshRoom(): Promise<string>;
}

export class Stage {
  /** The server; another one after a restart. */
  server: Host;
  readonly proxy: FaultProxy;
  readonly room: string;
  readonly oracle = new Oracle();
  readonly authors: Author[] = [];

  private constructor(server: Host, proxy: FaultProxy, room: string) {
    this.server = server;
    this.proxy = proxy;
    this.room = room;
  }

  /** A new room on a server, with a proxy in front of it. */
  static async set(server: Host): Promise<Stage> {
    const room = await server.freshRoom();
    return new Stage(server, await createFaultProxy(server.port), room);
  }

  /** Lets somebody in; `which` is their number among the server's people. */
  open(name: string, which: number, more: Partial<AuthorOptions> = {}): Author {
    const person = this.server.people[which];
    if (!person) throw new Error(`there are only ${this.server.people.length} people`);
    const author = new Author({ person, room: this.room, oracle: this.oracle, name, ...more });
    this.authors.push(author);
    return author;
  }

  /** Anna comes through the faulty network, Bo past it; both are in step. */
  async annaAndBo(more: Partial<AuthorOptions> = {}): Promise<[anna: Author, bo: Author]> {
    const anna = this.open('anna', 0, { address: this.proxy.address, ...more });
    const bo = this.open('bo', 1);
    await Promise.all([anna.synced(), bo.synced()]);
    await Promise.all([anna.saved(), bo.saved()]);
    return [anna, bo];
  }

  /** Does something to the first message that is meant, lets the rest pass, and resolves when it has happened. */
  once(which: (message: Passing) => boolean, fate: Fate): Promise<Passing> {
    return new Promise((resolve) => {
      this.proxy.decide = (message) => {
        if (!which(message)) return 'pass';
        this.proxy.decide = () => 'pass';
        resolve(message);
        return fate;
      };
    });
  }

  /** All have stopped, are saved and read the same, and what they read is what they wrote. */
  async judge(authors: readonly Author[] = this.authors, sameWithin?: number): Promise<void> {
    await judgeQuiet(this.oracle, authors, { sameWithin });
    if (!this.server.alive) throw new Error('the process is gone');
  }

  /** Everybody goes; resolves when the empty room has been let go and its compaction has been tried. */
  async leaveAndRest(host: { readonly store: FaultyStore }): Promise<void> {
    const { store } = host;
    const before = store.calls.compact;
    for (const author of this.authors) author.client.provider.disconnect();
    const deadline = performance.now() + 10_000;
    while (store.calls.compact === before || store.running.compact > 0) {
      if (performance.now() > deadline) throw new Error('the room was not compacted');
      await pause(20);
    }
  }

  /** What somebody who comes in now reads. */
  async stored(): Promise<string[]> {
    const reader = new Author({
      person: this.server.people[this.server.people.length - 1]!,
      room: this.room,
      oracle: new Oracle(),
      name: 'reader',
    });
    try {
      await reader.synced();
      return reader.words();
    } finally {
      reader.close();
    }
  }

  async close(): Promise<void> {
    for (const author of this.authors) author.close();
    await this.proxy.close();
  }
}

export const isUpdate = (message: Passing): boolean => message.type === 0 && message.step === 2;
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
