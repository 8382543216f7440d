/**
 * Why this file exists: an update is read on the side before it touches a room, because applying a broken one leaves
 * half of it in the document. Everything the checks of VAL need is gathered here in one pass.
 */
import * as Y from 'yjs';

/** Clocks `from` to `to` (exclusive) of one client. */
export interface ClockRange {
  client: number;
  from: number;
  to: number;
}

/** What an update holds, without having been applied. */
export interface InspectedUpdate {
  /** Structs per client, neighbours joined, in the order of the update. */
  ranges: ClockRange[];
  /** What it deletes. */
  deletes: ClockRange[];
  /** The clients whose structs it brings. */
  clients: Set<number>;
}

/** Reads an update (V1). Throws on anything that is not a whole, well-formed one. */
export function inspectUpdate(update: Uint8Array): InspectedUpdate {
  const { structs, ds } = Y.decodeUpdate(update);
  const ranges: ClockRange[] = [];
  const clients = new Set<number>();
  let last: ClockRange | null = null;
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    if (last && last.client === client && last.to === clock) {
      last.to = clock + struct.length;
      continue;
    }
    last = { client, from: clock, to: clock + struct.length };
    ranges.push(last);
    clients.add(client);
  }
  const deletes: ClockRange[] = [];
  for (const [client, items] of ds.clients)
    for (const item of items) deletes.push({ client, from: item.clock, to: item.clock + item.len });
  return { ranges, deletes, clients };
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

  /** Notes what an update brings; true when something before it is missing. */
  note(update: InspectedUpdate): boolean {
    let gap = false;
    for (const { client, from, to } of update.ranges) {
      const next = this.#next.get(client) ?? 0;
      if (from > next) gap = true;
      else if (to > next) this.#next.set(client, to);
    }
    return gap;
  }
}
