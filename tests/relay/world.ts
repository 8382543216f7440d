/**
 * Why this file exists: what every relay test needs: people, a store whose commits can be held or made to fail, rights
 * that can change, providers and raw clients on a network of socket pairs, and words for the frames on the wire.
 *
 * Timers are faked (providers wait before they reconnect, rooms before they are evicted) and moved by `pass`;
 * `setImmediate` and microtasks are real, and `settle` runs them until nothing moves any more.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AccessDecision } from '#shared/policy.ts';
import {
  MESSAGE_ACCESS,
  MESSAGE_AWARENESS,
  MESSAGE_EPOCH,
  MESSAGE_HASH,
  MESSAGE_MARK,
  MESSAGE_NOTICE,
  MESSAGE_PERSISTED,
  MESSAGE_RECEIVED,
  MESSAGE_SYNC,
} from '#shared/wire.ts';
import type { RelayLimits } from '../../server/relay/limits.ts';
import type {
  AuthorSpan,
  JournalRow,
  Principal,
  Relay,
  RoomShape,
  StoredRoom,
  UpdateStore,
} from '../../server/relay/ports.ts';
import { createRelay } from '../../server/relay/relay.ts';
import { createStats } from '../../server/relay/stats.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { expectNothingRefused } from '../support/honest.ts';
import { Network, RawClient } from '../support/socket-pair.ts';

export const ROOM = 'item:vinterm0te:punkt1';

export function person(personId: string, sessionId = `session-${personId}`): Principal {
  return { personId, sessionId, user: { id: personId, name: personId.toUpperCase(), colour: 3, organisation: 'ALM' } };
}

/** A store whose commits wait or fail when the test says so. */
export class ControlledStore implements UpdateStore {
  readonly inner: UpdateStore;
  /** Each append takes one of these first; an error is thrown instead of storing. */
  failures: Error[] = [];
  failing: Error | null = null;
  loadFailure: Error | null = null;
  appends: number[] = [];
  loads = 0;
  compactions = 0;
  #gate: Promise<void> | null = null;
  #open: (() => void) | null = null;

  constructor(inner: UpdateStore = new MemoryUpdateStore()) {
    this.inner = inner;
  }

  /** Its process died: nothing it was asked for happens any more. */
  dead = false;
  /** Commits happen and nobody is told. */
  silent = false;

  /** Commits wait from now on. */
  hold(): void {
    this.#gate ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  /** Waiting commits go through. */
  release(): void {
    this.#open?.();
    this.#gate = null;
    this.#open = null;
  }

  async load(room: string): Promise<StoredRoom> {
    if (this.dead) return forever();
    this.loads++;
    if (this.loadFailure) throw this.loadFailure;
    return this.inner.load(room);
  }

  async append(rows: JournalRow[]): Promise<void> {
    await this.#gate;
    if (this.dead) return forever();
    const failure = this.failures.shift() ?? this.failing;
    if (failure) throw failure;
    this.appends.push(rows.length);
    await this.inner.append(rows);
    if (this.silent || this.dead) await forever();
  }

  async compact(room: string, snapshot: Uint8Array, spans: AuthorSpan[], seqs: number[]): Promise<void> {
    await this.#gate;
    if (this.dead) return forever();
    this.compactions++;
    await this.inner.compact(room, snapshot, spans, seqs);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

const forever = (): Promise<never> => new Promise(() => {});

const WRITE: AccessDecision = { access: 'write', reason: '' };

export class World {
  store: ControlledStore;
  readonly network = new Network();
  /** Rights by person; write when not named. */
  readonly rights = new Map<string, AccessDecision | 'missing'>();
  /** Set by tests that send what must be refused. */
  attacked = false;
  readonly logged: { event: string; fields: Record<string, string | number> }[] = [];
  readonly #limits: Partial<RelayLimits>;
  readonly #shapeOf: ((room: string) => RoomShape) | undefined;
  readonly #providers: WebsocketProvider[] = [];
  /** Decisions wait for this when it is set. */
  decisionGate: Promise<void> | null = null;
  decisions = 0;
  /** What the relays of this world counted, one after the other. */
  readonly stats = createStats();
  relay: Relay;

  constructor(
    options: { limits?: Partial<RelayLimits>; store?: UpdateStore; shapeOf?: (room: string) => RoomShape } = {},
  ) {
    this.#shapeOf = options.shapeOf;
    this.#limits = { windowMs: 0, ...options.limits };
    this.store = new ControlledStore(options.store);
    this.relay = this.#make();
  }

  /** A new relay over what is stored, or over another store: a restored backup. */
  start(over: UpdateStore = this.store.inner): Relay {
    this.store = new ControlledStore(over);
    this.relay = this.#make();
    return this.relay;
  }

  #make(): Relay {
    const relay = createRelay({
      store: this.store,
      limits: this.#limits,
      ...(this.#shapeOf ? { shapeOf: this.#shapeOf } : {}),
      stats: this.stats,
      log: (event, fields) => this.logged.push({ event, fields }),
      authorize: async (principal) => {
        this.decisions++;
        // Read when asked, answered when the gate opens: as slow as a database.
        const decision = this.rights.get(principal.personId) ?? WRITE;
        await this.decisionGate;
        return decision;
      },
    });
    this.network.relay = relay;
    return relay;
  }

  /** The server dies: nothing is flushed, all lines break, what a dead process held is gone. */
  crash(): void {
    this.network.relay = null;
    this.store.dead = true;
    for (const pair of [...this.network.pairs]) pair.cut();
  }

  provider(
    who: Principal,
    options: { doc?: Y.Doc; extended?: boolean; room?: string; connect?: boolean } = {},
  ): WebsocketProvider {
    const provider = new WebsocketProvider('ws://test/collab', options.room ?? ROOM, options.doc ?? new Y.Doc(), {
      WebSocketPolyfill: this.network.webSocketFor(who),
      disableBc: true,
      maxBackoffTime: 400,
      connect: options.connect ?? true,
      params: options.extended ? { v: '1' } : {},
    });
    // Types 120 and up are ours; a provider without handlers prints an error for each.
    for (const type of [
      MESSAGE_PERSISTED,
      MESSAGE_ACCESS,
      MESSAGE_RECEIVED,
      MESSAGE_EPOCH,
      MESSAGE_HASH,
      MESSAGE_NOTICE,
    ])
      provider.messageHandlers[type] = () => {};
    this.#providers.push(provider);
    return provider;
  }

  raw(who: Principal, options: { extended?: boolean; room?: string } = {}): RawClient {
    return new RawClient(this.network, options.room ?? ROOM, who, options.extended ?? true);
  }

  /** Runs everything until nothing moves. Timers stand still. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; ) {
      await turn();
      quiet = this.network.pump() ? 0 : quiet + 1;
    }
  }

  /** Lets time pass in steps, with everything that happens in it. */
  async pass(ms: number, step = 1_000): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      vi.advanceTimersByTime(Math.min(step, left));
      await this.settle();
    }
  }

  /** The document as the server has it. */
  text(room = ROOM): Promise<string> {
    return this.relay.read(room, (doc) => doc.getText('t').toString());
  }

  /** Ends everybody. Throws when honest traffic was refused, unless the test is an attack and says so. */
  dispose(): void {
    for (const provider of this.#providers) {
      provider.destroy();
      provider.doc.destroy();
    }
    if (!this.attacked) expectNothingRefused(this.logged);
  }

  /** Sends the relay tried on sockets it had closed, or that were gone: there must be none. */
  get failedSends(): number {
    return this.logged.filter((line) => line.event === 'peer-lost' && line.fields.code === 1011).length;
  }
}

const realSetImmediate = setImmediate;
export function turn(): Promise<void> {
  return new Promise((resolve) => realSetImmediate(resolve));
}

/* Words for frames ----------------------------------------------------------------------------------------------- */

export interface ReadFrame {
  name: string;
  bytes: Uint8Array;
  n: number;
  strings: string[];
  states: { client: number; clock: number; state: Record<string, unknown> | null }[];
}

/** Reads a frame from the server. */
export function readFrame(frame: Uint8Array): ReadFrame {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  const out: ReadFrame = { name: String(type), bytes: new Uint8Array(), n: 0, strings: [], states: [] };
  switch (type) {
    case MESSAGE_SYNC:
      out.name = ['step1', 'step2', 'update'][decoding.readVarUint(decoder)] ?? 'sync?';
      out.bytes = decoding.readVarUint8Array(decoder);
      break;
    case MESSAGE_AWARENESS: {
      out.name = 'awareness';
      const body = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      for (let left = decoding.readVarUint(body); left > 0; left--)
        out.states.push({
          client: decoding.readVarUint(body),
          clock: decoding.readVarUint(body),
          state: JSON.parse(decoding.readVarString(body)) as Record<string, unknown> | null,
        });
      break;
    }
    case MESSAGE_PERSISTED:
    case MESSAGE_RECEIVED:
      out.name = type === MESSAGE_PERSISTED ? 'persisted' : 'received';
      out.n = decoding.readVarUint(decoder);
      break;
    case MESSAGE_ACCESS:
      out.name = 'access';
      out.strings = [decoding.readVarString(decoder), decoding.readVarString(decoder)];
      break;
    case MESSAGE_EPOCH:
    case MESSAGE_HASH:
    case MESSAGE_NOTICE:
      out.name = type === MESSAGE_EPOCH ? 'epoch' : type === MESSAGE_HASH ? 'hash' : 'notice';
      out.strings = [decoding.readVarString(decoder)];
      break;
  }
  if (decoding.hasContent(decoder)) throw new Error('bytes behind a frame of the server');
  return out;
}

export const readFrames = (frames: readonly Uint8Array[]): ReadFrame[] => frames.map(readFrame);
export const names = (frames: readonly Uint8Array[]): string[] => readFrames(frames).map((frame) => frame.name);

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** A sync message: 0 step 1, 1 step 2, 2 update. */
export const sync = (type: number, body: Uint8Array): Uint8Array =>
  frame((e) => {
    encoding.writeVarUint(e, MESSAGE_SYNC);
    encoding.writeVarUint(e, type);
    encoding.writeVarUint8Array(e, body);
  });

/** A mark; `sent` says how many frames came before it. */
export const mark = (n: number, sent?: number): Uint8Array =>
  frame((e) => {
    encoding.writeVarUint(e, MESSAGE_MARK);
    encoding.writeVarUint(e, n);
    if (sent !== undefined) encoding.writeVarUint(e, sent);
  });

export const hash = (value: string): Uint8Array =>
  frame((e) => {
    encoding.writeVarUint(e, MESSAGE_HASH);
    encoding.writeVarString(e, value);
  });

/** An awareness message; a string state goes as it is. */
export const awareness = (...states: [client: number, clock: number, state: unknown][]): Uint8Array =>
  frame((e) => {
    const body = frame((b) => {
      encoding.writeVarUint(b, states.length);
      for (const [client, clock, state] of states) {
        encoding.writeVarUint(b, client);
        encoding.writeVarUint(b, clock);
        encoding.writeVarString(b, typeof state === 'string' ? state : JSON.stringify(state));
      }
    });
    encoding.writeVarUint(e, MESSAGE_AWARENESS);
    encoding.writeVarUint8Array(e, body);
  });

/** A document of one client that tells each of its updates. */
export class Typist {
  readonly doc = new Y.Doc();
  updates: Uint8Array[] = [];

  constructor(client?: number) {
    if (client !== undefined) this.doc.clientID = client;
    this.doc.on('update', (update: Uint8Array) => this.updates.push(update));
  }

  /** Types at the end and gives the update. */
  type(text: string): Uint8Array {
    const content = this.doc.getText('t');
    content.insert(content.length, text);
    return this.updates.at(-1)!;
  }

  /** Deletes and gives the update. */
  erase(at: number, length: number): Uint8Array {
    this.doc.getText('t').delete(at, length);
    return this.updates.at(-1)!;
  }

  /** Everything, as sync step 2 to somebody who has nothing. */
  all(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc);
  }
}
