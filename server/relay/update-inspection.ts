/**
 * Why this file exists: an update is read on the side before it touches a room, because applying a broken one leaves
 * half of it in the document. Everything the checks of VAL need is gathered here in one pass.
 */
import * as Y from 'yjs';
import { type ReadUpdate, readUpdate } from './update-reader.ts';

export { type ClockRange, MalformedUpdate } from './update-reader.ts';

/** What an update holds, without having been applied. */
export type InspectedUpdate = ReadUpdate;

/** Reads an update (V1). Throws on anything that is not a whole, well-formed one. */
export function inspectUpdate(update: Uint8Array): InspectedUpdate {
  return readUpdate(update);
}

/** Whether it brings nothing at all, like the first reply of an empty document. */
export function isEmpty(update: InspectedUpdate): boolean {
  return update.ranges.length === 0 && update.deletes.length === 0;
}

/** The clocks a room has heard of, per client, without any Y.Doc: enough to see a gap. */
export class ClockTable {
  readonly #next: Map<number, number>;

  constructor(stateVector: Uint8Array) {
    this.#next = Y.decodeStateVector(stateVector);
  }

  /** Whether something before what the update brings is missing. */
  lacksBefore(update: InspectedUpdate): boolean {
    const reached = new Map<number, number>();
    for (const { client, from, to } of update.ranges) {
      const next = reached.get(client) ?? this.#next.get(client) ?? 0;
      if (from > next) return true;
      reached.set(client, Math.max(next, to));
    }
    return false;
  }

  /** Whether all that the update brings under these ids is here already. */
  knows(update: InspectedUpdate, clients: ReadonlySet<number>): boolean {
    return update.ranges.every(({ client, to }) => !clients.has(client) || to <= (this.#next.get(client) ?? 0));
  }

  /** Notes what an accepted update brings, as far as it follows what was here. */
  note(update: InspectedUpdate): void {
    for (const { client, from, to } of update.ranges) {
      const next = this.#next.get(client) ?? 0;
      if (from <= next && to > next) this.#next.set(client, to);
    }
  }
}

/** Beyond every clock. */
const END_OF_CLOCKS = Number.MAX_SAFE_INTEGER;

/** The update without the structs of these clients; what it deletes stays. */
export function withoutClients(update: Uint8Array, clients: Iterable<number>): Uint8Array {
  const have = new Map<number, number>();
  for (const client of clients) have.set(client, END_OF_CLOCKS);
  return Y.diffUpdate(update, Y.encodeStateVector(have));
}
