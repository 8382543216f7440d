/**
 * Why this file exists: who is here and where their carets are. States are ephemeral and many, so they are parsed once on
 * arrival (to stamp the identity) and kept as bytes; within one flush only the latest of each client leaves.
 *
 * The clocks that go out are the server's own, rising with time: a client that comes back with the clock it left with
 * would otherwise stay invisible to people who remember its goodbye, also across a restart of the server.
 */
import * as decoding from 'lib0/decoding';
import { MAX_ID } from './byte-reader.ts';
import { awarenessEntry, awarenessFrame } from './frames.ts';
import type { RelayLimits } from './limits.ts';
import type { Parcel } from './parcel.ts';
import type { Clock, Principal } from './ports.ts';

/** What presence needs to know of a connection. */
export interface PresenceHolder {
  readonly principal: Principal;
  /** The awareness id it speaks for; the first it used. */
  ownId: number | null;
}

interface State {
  holder: PresenceHolder;
  /** As it goes out, identity stamped. */
  json: string;
}

/** Goodbyes remembered, so that clocks keep rising when somebody comes back at once. */
const GOODBYES = 1_000;
const POISONED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** What changed in one room's presence: for everybody, or without the one's own state who caused it. */
export class PresenceFlush {
  readonly #entries: ReadonlyMap<number, Uint8Array>;
  #everything: Parcel | null = null;

  constructor(entries: ReadonlyMap<number, Uint8Array>) {
    this.#entries = entries;
  }

  has(client: number | null): boolean {
    return client !== null && this.#entries.has(client);
  }

  get everything(): Parcel {
    this.#everything ??= awarenessFrame([...this.#entries.values()]);
    return this.#everything;
  }

  /** What the client itself is to be told, or `null`. */
  without(client: number | null): Parcel | null {
    const others: Uint8Array[] = [];
    for (const [other, entry] of this.#entries) if (other !== client) others.push(entry);
    return others.length > 0 ? awarenessFrame(others) : null;
  }
}

/** The presence of one room. */
export class Presence {
  readonly #limits: RelayLimits;
  readonly #clock: Clock;
  readonly #claim: (client: number, person: string) => boolean;
  readonly #states = new Map<number, State>();
  readonly #lastClock = new Map<number, number>();
  /** Holders in the order in which they took their ids. */
  readonly #order = new WeakMap<PresenceHolder, number>();
  #holders = 0;
  /** What changed since the last flush: entries by client. */
  #dirty = new Map<number, Uint8Array>();

  /** `claim` takes a client id for a person; false when it belongs to somebody else. */
  constructor(limits: RelayLimits, clock: Clock, claim: (client: number, person: string) => boolean) {
    this.#limits = limits;
    this.#clock = clock;
    this.#claim = claim;
  }

  /**
   * Takes in the body of an awareness message. Only the connection's own state counts; others' states (the echo of stock
   * clients) are dropped silently. Returns whether something is to be flushed. Throws when the message is malformed.
   */
  receive(holder: PresenceHolder, body: Uint8Array): boolean {
    const decoder = decoding.createDecoder(body);
    const count = decoding.readVarUint(decoder);
    if (count > this.#limits.awarenessStates) throw new Error('too many states in one awareness message');
    let own: Uint8Array | null = null;
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(decoder);
      // No document can hold such an id, and other clients would read it as another number than we do.
      if (client > MAX_ID) throw new Error('client id out of range');
      decoding.readVarUint(decoder); // The client's clock: within one socket order says as much.
      const json = decoding.readVarUint8Array(decoder);
      if (this.#isOwn(holder, client)) own = json;
    }
    if (decoding.hasContent(decoder)) throw new Error('bytes behind an awareness message');
    return own !== null && !holder.principal.unseen && this.#accept(holder, own);
  }

  /** A connection is gone: its state goes too, unless a newer connection of the same client has taken it over. */
  leave(holder: PresenceHolder): boolean {
    if (holder.ownId === null || this.#states.get(holder.ownId)?.holder !== holder) return false;
    this.#remove(holder.ownId);
    return true;
  }

  /** All states as one frame. */
  all(): Parcel {
    return awarenessFrame(this.#entries(() => true));
  }

  /** States of everybody but this person, as one frame; `null` when there is none. A newcomer must not be told its own old state. */
  others(person: string): Parcel | null {
    const entries = this.#entries((_, state) => state.holder.principal.personId !== person);
    return entries.length > 0 ? awarenessFrame(entries) : null;
  }

  /** The person's other states, those `holder` was not told on arrival; `null` when there is none. */
  siblings(holder: PresenceHolder): Parcel | null {
    const { personId } = holder.principal;
    const entries = this.#entries(
      (client, state) => client !== holder.ownId && state.holder.principal.personId === personId,
    );
    return entries.length > 0 ? awarenessFrame(entries) : null;
  }

  /** Entries for somebody who arrives, with new clocks: one who was here before forgot the states but not their clocks. */
  #entries(wanted: (client: number, state: State) => boolean): Uint8Array[] {
    const entries: Uint8Array[] = [];
    for (const [client, state] of this.#states)
      if (wanted(client, state)) entries.push(awarenessEntry(client, this.#nextClock(client), state.json));
    return entries;
  }

  /** Takes what changed since the last flush; `null` when nothing did. */
  flush(): PresenceFlush | null {
    const dirty = this.#dirty;
    if (dirty.size === 0) return null;
    this.#dirty = new Map();
    return new PresenceFlush(dirty);
  }

  #isOwn(holder: PresenceHolder, client: number): boolean {
    if (holder.ownId !== null) return holder.ownId === client;
    if (!this.#claim(client, holder.principal.personId)) return false;
    holder.ownId = client;
    this.#order.set(holder, ++this.#holders);
    return true;
  }

  #accept(holder: PresenceHolder, json: Uint8Array): boolean {
    const client = holder.ownId;
    if (client === null || json.byteLength > this.#limits.awarenessBytes) return false;
    const state = parseState(json);
    if (state === undefined || this.#overtaken(holder, client)) return false;
    if (state === null) {
      if (!this.#states.has(client)) return false;
      this.#remove(client);
      return true;
    }
    const stamped = JSON.stringify({ ...state, user: holder.principal.user });
    this.#states.set(client, { holder, json: stamped });
    this.#changed(client, stamped);
    return true;
  }

  /** A newer socket of the same client speaks for it: the goodbye of the old one, say, may come after the hello of the new. */
  #overtaken(holder: PresenceHolder, client: number): boolean {
    const now = this.#states.get(client)?.holder;
    return now !== undefined && (this.#order.get(now) ?? 0) > (this.#order.get(holder) ?? 0);
  }

  #remove(client: number): void {
    this.#states.delete(client);
    this.#changed(client, 'null');
  }

  #changed(client: number, json: string): void {
    this.#dirty.set(client, awarenessEntry(client, this.#nextClock(client), json));
  }

  #nextClock(client: number): number {
    const clock = Math.max((this.#lastClock.get(client) ?? 0) + 1, this.#clock());
    this.#lastClock.delete(client); // Oldest first, for the bound below.
    this.#lastClock.set(client, clock);
    if (this.#lastClock.size > this.#states.size + GOODBYES)
      for (const known of this.#lastClock.keys())
        if (!this.#states.has(known)) {
          this.#lastClock.delete(known);
          break;
        }
    return clock;
  }
}

/** The state as an object, `null` for a goodbye, `undefined` for what is neither. Keys that poison prototypes are dropped at every depth. */
function parseState(bytes: Uint8Array): Record<string, unknown> | null | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text, (key, inner: unknown) => (POISONED_KEYS.has(key) ? undefined : inner));
    if (value === null) return null;
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
