/**
 * Why this file exists: the shipping provider and the relay against everything that happens to them at once, from seeds:
 * people type, delete and move, readers try to, lines break, the server dies and comes back from what is stored, disks
 * stall and fail, rights change midway. Every character is typed once in the whole run, so each can be followed.
 *
 * Invariants: everybody ends with the same content, which is the stored one; nothing that was acknowledged is missing
 * after a restart, deletions included; nothing of a reader is in it; nothing is in it twice.
 *
 * `FUZZ_SEED=17` runs one seed and prints its log; `FUZZ_SEEDS=3000` runs more of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import { ROOM_NUMBERS, ROOM_TABLES } from '../../server/storage/room-tables.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';
import { mark, person, ROOM, turn, World } from './world.ts';

const SEEDS = Number(process.env.FUZZ_SEEDS ?? 300);
const ONE = process.env.FUZZ_SEED;
const OPERATIONS = 100;
const GROUP = 50;
const FIRST_CHARACTER = 0x4e00;

/** mulberry32: small, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Role = 'writer' | 'switcher' | 'reader' | 'silent';

/** Somebody with a document, and what they were told is safe. */
class Peer {
  readonly name: string;
  readonly role: Role;
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  /** What they did, in order: characters typed and characters deleted. */
  readonly done: { typed: string; deleted: string }[] = [];
  #marks: { n: number; done: number }[] = [];
  #n = 0;
  /** So many of `done` are acknowledged. */
  acknowledged = 0;

  constructor(world: World, name: string, role: Role, extended: boolean) {
    this.name = name;
    this.role = role;
    this.provider = world.provider(person(name), { doc: this.doc, extended });
    this.provider.messageHandlers[MESSAGE_PERSISTED] = (_, decoder: decoding.Decoder) => {
      const n = decoding.readVarUint(decoder);
      for (const known of this.#marks) if (known.n <= n) this.acknowledged = Math.max(this.acknowledged, known.done);
    };
    // Behind the provider's own listener, so that the mark follows its update.
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider) queueMicrotask(() => this.mark());
    });
    this.provider.on('sync', (synced: boolean) => {
      if (synced) this.mark();
    });
  }

  get text(): Y.Text {
    return this.doc.getText('t');
  }

  mark(): void {
    const { ws, synced } = this.provider;
    if (!synced || ws?.readyState !== 1) return;
    this.#marks.push({ n: ++this.#n, done: this.done.length });
    ws.send(mark(this.#n).slice().buffer);
  }
}

interface Content {
  text: string;
  map: unknown;
}
const contentOf = (doc: Y.Doc): Content => ({ text: doc.getText('t').toString(), map: doc.getMap('m').toJSON() });

class Run {
  readonly world: World;
  readonly log: string[] = [];
  readonly #random: () => number;
  readonly #peers: Peer[];
  readonly #serverTyped: string[] = [];
  #characters = 0;
  #folder: string | null = null;

  constructor(seed: number) {
    this.#random = random(seed);
    this.world = new World({
      limits: { compactRows: 20, lazyUpdates: 8, warmMs: 5_000, restMs: 3_000, journalBytes: 3_000 },
      store: seed % 20 === 7 ? this.#sqlite() : undefined,
    });
    this.world.rights.set('rut', { access: 'read', reason: 'observer' });
    this.world.rights.set('siri', { access: 'read', reason: 'observer' });
    this.#peers = [
      new Peer(this.world, 'anna', 'writer', true),
      new Peer(this.world, 'bo', 'writer', false),
      new Peer(this.world, 'cilla', 'writer', true),
      new Peer(this.world, 'sven', 'switcher', true),
      new Peer(this.world, 'stina', 'switcher', false),
      new Peer(this.world, 'rut', 'reader', true),
      new Peer(this.world, 'siri', 'silent', false),
    ];
  }

  #sqlite(): SqliteUpdateStore {
    this.#folder = mkdtempSync(join(tmpdir(), 'radslag-fuzz-'));
    const file = join(this.#folder, 'fuzz.db');
    const db = new DatabaseSync(file);
    for (const statement of [...ROOM_TABLES, ...ROOM_NUMBERS]) db.exec(statement);
    db.close();
    return new SqliteUpdateStore({ file, threaded: false });
  }

  async run(): Promise<void> {
    for (let i = 0; i < OPERATIONS; i++) {
      await this.#operation();
      await this.#deliver();
    }
    await this.#end();
  }

  async dispose(): Promise<void> {
    this.world.dispose();
    await this.world.store.inner.close();
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }

  #fresh(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += String.fromCodePoint(FIRST_CHARACTER + this.#characters++);
    return text;
  }

  async #operation(): Promise<void> {
    const dice = this.#below(100);
    const peer = this.#pick(this.#peers.filter((one) => one.role !== 'silent'));
    const anyone = this.#pick(this.#peers);
    if (dice < 42) this.#type(peer);
    else if (dice < 54) this.#delete(peer);
    else if (dice < 64) this.#move(peer);
    else if (dice < 69) this.#say(`${anyone.name} leaves`, () => anyone.provider.disconnect());
    else if (dice < 76) this.#say(`${anyone.name} comes`, () => anyone.provider.connect());
    else if (dice < 79) this.#cut();
    else if (dice < 82) await this.#restart('crash');
    else if (dice < 83) await this.#restart('stop');
    else if (dice < 85) this.#say('disk stalls', () => this.world.store.hold());
    else if (dice < 88) this.#say('disk goes on', () => this.world.store.release());
    else if (dice < 90) this.#fail();
    else if (dice < 93) this.#serverEdit();
    else if (dice < 96) await this.#changeRight();
    else await this.#time(this.#pick([100, 500, 2_000, 12_000]));
  }

  #say(what: string, work: () => void): void {
    this.log.push(what);
    work();
  }

  #type(peer: Peer): void {
    const typed = this.#fresh(1 + this.#below(4));
    const at = this.#below(peer.text.length + 1);
    this.log.push(`${peer.name} types ${typed} at ${at}`);
    peer.done.push({ typed, deleted: '' });
    peer.text.insert(at, typed);
  }

  #delete(peer: Peer): void {
    const { length } = peer.text;
    if (length === 0) return;
    const at = this.#below(length);
    const count = Math.min(length - at, 1 + this.#below(3));
    const deleted = peer.text.toString().slice(at, at + count);
    this.log.push(`${peer.name} deletes ${deleted} at ${at}`);
    peer.done.push({ typed: '', deleted });
    peer.text.delete(at, count);
  }

  #move(peer: Peer): void {
    const map = peer.doc.getMap<string>('m');
    const id = `item${this.#below(5)}`;
    const order = `${peer.name}${this.#below(1_000)}`;
    this.log.push(`${peer.name} moves ${id} to ${order}`);
    peer.done.push({ typed: '', deleted: '' });
    map.set(id, order);
  }

  #cut(): void {
    const pair = this.#pick(this.world.network.pairs);
    if (pair) this.#say('a line breaks', () => pair.cut());
  }

  #fail(): void {
    const times = 1 + this.#below(4);
    this.log.push(`disk fails ${times} times`);
    for (let i = 0; i < times; i++) this.world.store.failures.push(new Error('no'));
  }

  #serverEdit(): void {
    const typed = this.#fresh(2);
    this.log.push(`server types ${typed}`);
    // While storage fails, or when the server dies, it rightly does not happen.
    this.world.relay
      .edit(ROOM, 'anna', (doc) => doc.getText('t').insert(0, typed))
      .then(
        () => this.#serverTyped.push(typed),
        () => {},
      );
  }

  async #changeRight(): Promise<void> {
    const name = this.#pick(['sven', 'stina']);
    const access = this.#pick(['write', 'write', 'read', 'none'] as const);
    this.log.push(`${name} may ${access}`);
    this.world.rights.set(name, { access, reason: '' });
    await this.world.relay.reauthorize({ personId: name });
  }

  async #time(ms: number): Promise<void> {
    this.log.push(`${ms} ms pass`);
    vi.advanceTimersByTime(ms);
    await turn();
  }

  /** Some of what is on the way arrives, in an order of the seed's. */
  async #deliver(): Promise<void> {
    for (let left = this.#below(12); left > 0; left--) {
      const pair = this.#pick(this.world.network.pairs);
      if (!pair) break;
      if (this.#random() < 0.5) pair.stepToServer();
      else pair.stepToClient();
      if (this.#random() < 0.3) await turn();
    }
    await turn();
  }

  async #restart(how: 'crash' | 'stop'): Promise<void> {
    this.log.push(how);
    if (how === 'stop') {
      this.world.store.release();
      this.world.store.failures = [];
      const stopped = this.world.relay.stop();
      for (let i = 0; i < 3; i++) {
        await turn();
        vi.advanceTimersByTime(500);
      }
      await stopped;
    }
    this.world.crash();
    this.world.start();
    this.#checkStored(await this.world.relay.read(ROOM, contentOf));
  }

  /** What must be true of stored content at any moment. */
  #checkStored({ text }: Content): void {
    const characters = new Set(text);
    expect(characters.size, 'something is there twice').toBe([...text].length);
    const deleted = new Set(this.#peers.flatMap((peer) => peer.done.map((one) => one.deleted)).join(''));
    const needed = [...this.#serverTyped.join('')];
    for (const peer of this.#peers) {
      if (peer.role === 'reader')
        for (const { typed } of peer.done)
          for (const character of typed) expect(characters.has(character), `${peer.name}, a reader, wrote`).toBe(false);
      for (const one of peer.done.slice(0, peer.acknowledged)) {
        needed.push(...one.typed);
        for (const character of one.deleted)
          expect(characters.has(character), `${character}, deleted by ${peer.name} and acknowledged, is back`).toBe(
            false,
          );
      }
    }
    for (const character of needed)
      if (!deleted.has(character)) expect(characters.has(character), `acknowledged ${character} is missing`).toBe(true);
  }

  async #end(): Promise<void> {
    this.log.push('end');
    this.world.store.release();
    this.world.store.failures = [];
    for (const peer of this.#peers)
      if (peer.role === 'switcher') this.world.rights.set(peer.name, { access: 'write', reason: '' });
    await this.world.relay.reauthorize({});
    const writers = this.#peers.filter((peer) => peer.role === 'writer' || peer.role === 'switcher');
    for (let round = 0; round < 4; round++) {
      for (const peer of this.#peers) peer.provider.connect();
      await this.world.settle();
      vi.advanceTimersByTime(3_000);
      await this.world.settle();
    }
    const content = await this.world.relay.read(ROOM, contentOf);
    this.#checkStored(content);
    for (const peer of this.#peers) {
      expect(peer.provider.synced, `${peer.name} is connected`).toBe(true);
      if (peer.role === 'reader') continue;
      expect(contentOf(peer.doc), `${peer.name} has what the server has`).toEqual(content);
    }
    const deleted = new Set(this.#peers.flatMap((peer) => peer.done.map((one) => one.deleted)).join(''));
    for (const peer of writers)
      for (const { typed } of peer.done)
        for (const character of typed)
          if (!deleted.has(character)) expect(content.text, `${peer.name}'s ${character} arrived`).toContain(character);
    // Extended or not, everybody who may write has heard that everything is safe.
    for (const peer of writers) expect(peer.acknowledged, `${peer.name} was told all is safe`).toBe(peer.done.length);
    this.world.crash();
    this.world.start();
    expect(await this.world.relay.read(ROOM, contentOf), 'what is stored').toEqual(content);
    expect(this.world.failedSends, 'nothing was sent on a closed socket').toBe(0);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  // Yjs tells on the console of things a random run does on purpose.
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function runSeed(seed: number): Promise<void> {
  const run = new Run(seed);
  try {
    await run.run();
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n${run.log.map((line, i) => `${i} ${line}`).join('\n')}\nserver: ${JSON.stringify(run.world.logged)}`,
      { cause: error },
    );
  } finally {
    await run.dispose();
  }
}

if (ONE !== undefined) {
  test(`FUZZ seed ${ONE}`, () => runSeed(Number(ONE)));
} else {
  for (let from = 0; from < SEEDS; from += GROUP)
    test(`FUZZ seeds ${from} to ${Math.min(SEEDS, from + GROUP) - 1}`, { timeout: 120_000 }, async () => {
      for (let seed = from; seed < Math.min(SEEDS, from + GROUP); seed++) await runSeed(seed);
    });
}
