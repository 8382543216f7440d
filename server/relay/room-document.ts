/**
 * Why this file exists: a room's Y.Doc is needed when somebody joins and hardly ever else. Integrating every keystroke
 * at once is the dearest thing a relay can do, so committed updates only queue up here; the document is made and brought
 * up to date when it is asked for, or in short stretches of background work, many updates in one transaction, and put
 * away again when nobody asks. What a joiner gets is kept per version.
 */
import * as Y from 'yjs';
import { contentHashSteps } from '#shared/content-hash.ts';
import { syncStep1Frame, syncStep2Frame } from './frames.ts';
import type { RelayLog } from './log.ts';
import type { Parcel } from './parcel.ts';
import type { HashProgress } from './quiet-hash.ts';
import type { StoredState } from './stored-state.ts';
import type { ClockRange, InspectedUpdate } from './update-inspection.ts';

/** Keystrokes integrated in one transaction of background work, and how many bytes one is: a row may hold hundreds. */
const STRETCH = 64;
const KEYSTROKE_BYTES = 40;
/** Different state vectors whose replies are kept for one version. */
const REPLIES = 8;

interface DocumentCache {
  stateVector: Uint8Array | null;
  step1: Parcel | null;
  /** Made for the first: a room that is typed in has another version every few milliseconds, and nobody asks. */
  replies: Map<string, Parcel> | null;
  deleted: Map<number, ClockRange[]> | null;
  hash: string | null;
  /** The hash while it is being worked out. */
  hashSteps: Generator<undefined, string> | null;
}

const emptyCache = (): DocumentCache => ({
  stateVector: null,
  step1: null,
  replies: null,
  deleted: null,
  hash: null,
  hashSteps: null,
});

export class RoomDocument {
  readonly #name: string;
  readonly #log: RelayLog;
  /** The encoded state, while there is no document. */
  #base: Uint8Array;
  #doc: Y.Doc | null;
  #queue: Uint8Array[] = [];
  #queueBytes = 0;
  #cache = emptyCache();
  /** Nobody but the hash has asked for the document since it was made. */
  #wokenForHash = false;
  #usedAt = 0;

  /** `state` is the whole document: encoded, or live. */
  constructor(name: string, state: StoredState | Y.Doc, log: RelayLog) {
    this.#name = name;
    this.#log = log;
    this.#base = state instanceof Y.Doc ? new Uint8Array() : state.state;
    this.#doc = state instanceof Y.Doc ? state : null;
    if (!(state instanceof Y.Doc)) this.#cache.stateVector = state.stateVector;
  }

  /** Adds a committed update; it is integrated later. */
  push(update: Uint8Array): void {
    this.#queue.push(update);
    this.#queueBytes += update.byteLength;
    this.#cache = emptyCache();
  }

  /** Committed keystrokes, about, that the document does not hold yet. */
  get waiting(): number {
    return Math.max(this.#queue.length, Math.floor(this.#queueBytes / KEYSTROKE_BYTES));
  }

  /** Integrates one stretch of what waits; true when more is left. */
  catchUpStretch(now: number): boolean {
    this.#usedAt = now;
    this.#apply(this.#stretch());
    return this.#queue.length > 0;
  }

  /** The document with everything committed in it. Not to be kept or changed. */
  current(now: number): Y.Doc {
    this.#usedAt = now;
    this.#wokenForHash = false;
    if (this.#queue.length > 0) this.#apply(this.#take(this.#queue.length));
    return this.#live();
  }

  /** The document as far as it has got; what waits for it is not in it. Not to be kept or changed. */
  soFar(now: number): Y.Doc {
    this.#usedAt = now;
    this.#wokenForHash = false;
    return this.#live();
  }

  /** The first frame a client gets: sync step 1. */
  step1(now: number): Parcel {
    this.#cache.step1 ??= syncStep1Frame(this.stateVector(now));
    return this.#cache.step1;
  }

  /** The state vector of everything committed. */
  stateVector(now: number): Uint8Array {
    this.#cache.stateVector ??=
      this.#doc || this.#queue.length > 0
        ? Y.encodeStateVector(this.current(now))
        : Y.encodeStateVectorFromUpdate(this.#base);
    return this.#cache.stateVector;
  }

  /** The reply to a client's sync step 1, as a frame. Throws on a state vector that cannot be read. */
  reply(stateVector: Uint8Array, now: number): Parcel {
    const key = keyOf(stateVector);
    const kept = this.#cache.replies?.get(key);
    if (kept) return kept;
    // An idle room answers a newcomer with the bytes it has; no document is made for it.
    const fromBase = this.#doc === null && this.#queue.length === 0 && key === '\0';
    const frame = syncStep2Frame(fromBase ? this.#base : Y.encodeStateAsUpdate(this.current(now), stateVector));
    this.#cache.replies ??= new Map();
    if (this.#cache.replies.size >= REPLIES) this.#cache.replies.clear();
    this.#cache.replies.set(key, frame);
    return frame;
  }

  /** The reply to this state vector, when it is ready. */
  readyReply(stateVector: Uint8Array): Parcel | null {
    return this.#cache.replies?.get(keyOf(stateVector)) ?? null;
  }

  /** Whether everything the update says, deletions included, is committed already. */
  knows(update: InspectedUpdate, now: number): boolean {
    const { store } = this.current(now);
    for (const range of update.ranges) if (Y.getState(store, range.client) < range.to) return false;
    if (update.deletes.length === 0) return true;
    this.#cache.deleted ??= deletedRanges(store);
    const deleted = this.#cache.deleted;
    return update.deletes.every((range) => covers(deleted.get(range.client), range));
  }

  /** The hash of what is visible of everything committed, once it has been worked out (shared/content-hash.ts). */
  get contentHash(): string | null {
    return this.#cache.hash;
  }

  /**
   * Works on {@link contentHash} until `performance.now()` is `until`. A document that is put away is woken for it only
   * when it has at most `wakeBytes`, and does not stay awake for it.
   */
  workOnHash(until: number, wakeBytes: number): HashProgress {
    const cache = this.#cache;
    if (cache.hash !== null) return 'done';
    if (cache.hashSteps === null) {
      if (this.#doc === null) {
        if (this.#bytes > wakeBytes) return 'asleep';
        this.#wokenForHash = true;
      }
      if (this.#queue.length > 0) {
        this.#apply(this.#stretch());
        return 'more';
      }
      cache.hashSteps = contentHashSteps(this.#live());
    }
    do {
      const step = cache.hashSteps.next();
      if (!step.done) continue;
      cache.hash = step.value;
      cache.hashSteps = null;
      // At once: of a thousand rooms that fall quiet together, one document at a time is held.
      if (this.#wokenForHash) this.rest(Number.POSITIVE_INFINITY);
      return 'done';
    } while (performance.now() < until);
    return 'more';
  }

  /** What would have to be read to make the document. */
  get #bytes(): number {
    return this.#base.byteLength + this.#queueBytes;
  }

  /** Puts the document away as bytes when it has not been asked for since `before`. */
  rest(before: number): void {
    if (!this.#doc || this.#usedAt > before) return;
    this.#apply(this.#take(this.#queue.length));
    this.#base = Y.encodeStateAsUpdate(this.#doc);
    this.#doc.destroy();
    this.#doc = null;
    this.#wokenForHash = false;
    this.#cache.deleted = null;
  }

  /** Whether a Y.Doc is held now. */
  get awake(): boolean {
    return this.#doc !== null;
  }

  destroy(): void {
    this.#doc?.destroy();
    this.#doc = null;
  }

  /** What is integrated in one go in the background: as much as takes a millisecond, about, and at least one. */
  #stretch(): Uint8Array[] {
    let count = 0;
    for (let bytes = 0; count < Math.min(STRETCH, this.#queue.length); count++) {
      bytes += this.#queue[count]!.byteLength;
      if (count > 0 && bytes > STRETCH * KEYSTROKE_BYTES) break;
    }
    return this.#take(count);
  }

  #take(count: number): Uint8Array[] {
    const taken = this.#queue.splice(0, count);
    for (const update of taken) this.#queueBytes -= update.byteLength;
    return taken;
  }

  #live(): Y.Doc {
    if (this.#doc) return this.#doc;
    this.#doc = new Y.Doc();
    if (this.#base.byteLength > 0) Y.applyUpdate(this.#doc, this.#base);
    this.#base = new Uint8Array();
    return this.#doc;
  }

  #apply(updates: Uint8Array[]): void {
    if (updates.length === 0) return;
    const doc = this.#live();
    try {
      Y.transact(doc, () => {
        for (const update of updates) Y.applyUpdate(doc, update);
      });
    } catch (error) {
      // One update that Yjs reads but cannot integrate must not take its neighbours with it. Applying twice is harmless.
      this.#log('update-not-integrated', { room: this.#name, error: String(error) });
      for (const update of updates) {
        try {
          Y.applyUpdate(doc, update);
        } catch {
          // Logged above; the journal still has it.
        }
      }
    }
  }
}

function keyOf(stateVector: Uint8Array): string {
  return Buffer.from(stateVector.buffer, stateVector.byteOffset, stateVector.byteLength).toString('latin1');
}

function deletedRanges(store: Y.Doc['store']): Map<number, ClockRange[]> {
  const out = new Map<number, ClockRange[]>();
  for (const [client, items] of Y.createDeleteSetFromStructStore(store).clients)
    out.set(
      client,
      items.map((item) => ({ client, from: item.clock, to: item.clock + item.len })),
    );
  return out;
}

/** Whether one of the sorted ranges holds all of `range`. */
function covers(ranges: readonly ClockRange[] | undefined, range: ClockRange): boolean {
  if (range.from >= range.to) return true;
  if (!ranges) return false;
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const known = ranges[middle]!;
    if (known.to <= range.from) low = middle + 1;
    else if (known.from > range.from) high = middle - 1;
    else return known.to >= range.to;
  }
  return false;
}
