/**
 * Why this file exists: which letters of a document are this device's and not yet the server's. Yjs names every letter
 * (client, clock); ranges of clocks are small enough to keep on the device beside the text.
 */
import * as Y from 'yjs';

/** Clocks `from` up to but not including `to` of one client id. */
export interface IdRange {
  client: number;
  from: number;
  to: number;
}

/** What an update inserts: ranges of ids and the number of characters. Deletions have no ids of their own. */
export function insertedBy(update: Uint8Array): { ranges: IdRange[]; characters: number } {
  const ranges: IdRange[] = [];
  let characters = 0;
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue;
    addRange(ranges, { client: struct.id.client, from: struct.id.clock, to: struct.id.clock + struct.length });
    if (struct.content instanceof Y.ContentString) characters += struct.length;
  }
  return { ranges, characters };
}

/** Adds a range, joining it to the last one of the same client when they touch. */
export function addRange(ranges: IdRange[], range: IdRange): void {
  for (const known of ranges) {
    if (known.client === range.client && range.from <= known.to && range.to >= known.from) {
      known.from = Math.min(known.from, range.from);
      known.to = Math.max(known.to, range.to);
      return;
    }
  }
  ranges.push({ ...range });
}

/** All ids that an encoded state vector covers. */
export function rangesOf(stateVector: Uint8Array): IdRange[] {
  return [...Y.decodeStateVector(stateVector)].map(([client, to]) => ({ client, from: 0, to }));
}

/** Leaves out what a state vector already covers. */
export function notCovered(ranges: readonly IdRange[], stateVector: ReadonlyMap<number, number>): IdRange[] {
  const left: IdRange[] = [];
  for (const { client, from, to } of ranges) {
    const known = stateVector.get(client) ?? 0;
    if (to > known) left.push({ client, from: Math.max(from, known), to });
  }
  return left;
}
