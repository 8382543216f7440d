/**
 * Why this file exists: a Yjs document takes anything and keeps what it cannot place yet, for ever and in everybody's
 * browser. What the room has heard of, per client, is enough to say of an update what of it is here already, what
 * follows what is here, and what waits for something that is not.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { type ClockRange, type ReadUpdate, readUpdate } from './update-reader.ts';

/** How far an update can be taken in. */
export interface Fit {
  /** All structs can be placed now, one after the other. */
  structsFollow: boolean;
  /** All deletions are of what is here or comes with it. */
  deletesFollow: boolean;
  /** Per client of the update: the clock up to which its structs can be placed. */
  reach: ReadonlyMap<number, number>;
}

const FITS: Fit = { structsFollow: true, deletesFollow: true, reach: new Map() };

/** The clocks a room has heard of, what waits for its commit included, without any Y.Doc. */
export class ClockTable {
  readonly #next: Map<number, number>;

  constructor(stateVector: Uint8Array) {
    this.#next = Y.decodeStateVector(stateVector);
  }

  /** The clock behind the last one of this client. */
  next(client: number): number {
    return this.#next.get(client) ?? 0;
  }

  /** Clients heard of. */
  get size(): number {
    return this.#next.size;
  }

  /** Whether it says something again that is here. */
  overlaps(update: ReadUpdate): boolean {
    return update.ranges.some(({ client, from }) => from < this.next(client));
  }

  /** The update without what is here already; what it deletes stays. */
  unknownPart(update: Uint8Array): Uint8Array {
    return Y.diffUpdate(update, Y.encodeStateVector(this.#next));
  }

  /** How far an update that says nothing again can be taken in. */
  fit(update: ReadUpdate): Fit {
    if (this.#followsPlainly(update)) return FITS;
    const reach = reachOf(update, (client) => this.next(client));
    const known = (client: number) => reach.get(client) ?? this.next(client);
    return {
      structsFollow: update.ranges.every(({ client, to }) => to <= known(client)),
      deletesFollow: update.deletes.every(({ client, to }) => to <= known(client)),
      reach,
    };
  }

  /** Notes what an accepted update brings. */
  note(update: ReadUpdate): void {
    for (const { client, from, to } of update.ranges) {
      const next = this.next(client);
      if (from <= next && to > next) this.#next.set(client, to);
    }
  }

  /** The usual case, without any table: one block behind what is here, following and deleting what is here. */
  #followsPlainly(update: ReadUpdate): boolean {
    if (update.ranges.length > 1) return false;
    const range = update.ranges[0];
    if (range && range.from > this.next(range.client)) return false;
    const { follows, deletes } = update;
    for (let i = 0; i < follows.length; i += 4) if (follows[i + 3]! >= this.next(follows[i + 2]!)) return false;
    for (const { client, to } of deletes)
      if (to > (range?.client === client ? range.to : this.next(client))) return false;
    return true;
  }
}

/** A block that waits until `client` has come past `clock`. */
interface Waiting {
  block: number;
  clock: number;
}

/**
 * How far each client's structs can be placed when they are placed as soon as what they follow is there. Structs of
 * several clients may follow each other in turns; those that follow each other in a circle are never placed.
 */
function reachOf(update: ReadUpdate, next: (client: number) => number): Map<number, number> {
  const { blocks, ranges, follows } = update;
  const reach = new Map<number, number>();
  const rangesOf = new Map<number, ClockRange[]>();
  for (const range of ranges) {
    const list = rangesOf.get(range.client);
    if (list) list.push(range);
    else rangesOf.set(range.client, [range]);
  }
  for (const { client } of blocks) reach.set(client, next(client));
  // Where each block stands in `follows`, and where its part of it ends.
  const at: number[] = blocks.map(() => -1);
  const end: number[] = blocks.map(() => -1);
  for (let i = 0; i < follows.length; i += 4) {
    const block = follows[i]!;
    if (at[block] === -1) at[block] = i;
    end[block] = i + 4;
  }
  const waitingFor = new Map<number, Waiting[]>();

  /** Places what it can of a block; true when it came further. */
  const place = (block: number): boolean => {
    const { client } = blocks[block]!;
    const began = reach.get(client)!;
    let reached = began;
    for (const range of rangesOf.get(client) ?? []) {
      if (range.to <= reached) continue;
      if (range.from > reached) break;
      let stop = range.to;
      while (at[block]! >= 0 && at[block]! < end[block]!) {
        const clock = follows[at[block]! + 1]!;
        if (clock >= range.to) break;
        const [other, needed] = [follows[at[block]! + 2]!, follows[at[block]! + 3]!];
        if (needed >= (reach.get(other) ?? next(other))) {
          stop = clock;
          wait(waitingFor, other, { block, clock: needed });
          break;
        }
        at[block]! += 4;
      }
      reached = Math.max(reached, stop);
      if (stop < range.to) break;
    }
    reach.set(client, reached);
    return reached > began;
  };

  const toPlace = blocks.map((_, block) => block);
  for (let block = toPlace.pop(); block !== undefined; block = toPlace.pop()) {
    if (!place(block)) continue;
    const { client } = blocks[block]!;
    const waiting = waitingFor.get(client);
    while (waiting && waiting.length > 0 && waiting.at(-1)!.clock < reach.get(client)!)
      toPlace.push(waiting.pop()!.block);
  }
  return reach;
}

/** Who waits for least stands last, so that nobody is looked at before it is time. */
function wait(waitingFor: Map<number, Waiting[]>, client: number, one: Waiting): void {
  const list = waitingFor.get(client);
  if (!list) {
    waitingFor.set(client, [one]);
    return;
  }
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.clock > one.clock) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, one);
}

/** The update without what cannot be placed now, deletions included. */
export function followingPart(update: Uint8Array, read: ReadUpdate, table: ClockTable, fit: Fit): Uint8Array {
  const reachOfClient = (client: number) => fit.reach.get(client) ?? table.next(client);
  const ends = new Map<number, { count: number; byteEnd: number }>();
  readUpdate(update, ({ client, clock, length, byteEnd }) => {
    if (clock + length > reachOfClient(client)) return;
    ends.set(client, { count: (ends.get(client)?.count ?? 0) + 1, byteEnd });
  });
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, ends.size);
  for (const { client, clock, byteStart } of read.blocks) {
    const end = ends.get(client);
    if (!end) continue;
    encoding.writeVarUint(encoder, end.count);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeUint8Array(encoder, update.subarray(byteStart, end.byteEnd));
  }
  writeDeletes(encoder, read.deletes, reachOfClient);
  return encoding.toUint8Array(encoder);
}

function writeDeletes(
  encoder: encoding.Encoder,
  deletes: readonly ClockRange[],
  end: (client: number) => number,
): void {
  const kept = new Map<number, ClockRange[]>();
  for (const { client, from, to } of deletes) {
    const range = { client, from, to: Math.min(to, end(client)) };
    if (range.to <= range.from) continue;
    const list = kept.get(client);
    if (list) list.push(range);
    else kept.set(client, [range]);
  }
  encoding.writeVarUint(encoder, kept.size);
  for (const [client, ranges] of kept) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { from, to } of ranges) {
      encoding.writeVarUint(encoder, from);
      encoding.writeVarUint(encoder, to - from);
    }
  }
}
