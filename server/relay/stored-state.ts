/**
 * Why this file exists: opening a room means "snapshot, then the rows behind it". Making a Yjs document of a long history
 * takes a tenth of a second in which no socket is heard, and whoever comes usually needs only the bytes. So the stored
 * parts are read once, side by side, and joined as bytes; where they do not simply follow one another, a document has to
 * work it out (replay.ts).
 */
import * as encoding from 'lib0/encoding';
import type { StoredRoom } from './ports.ts';
import { Splice } from './splice.ts';
import { MalformedUpdate, type ReadUpdate, readUpdate } from './update-reader.ts';

/** A room's whole state, and what it holds of whom. */
export interface StoredState {
  state: Uint8Array;
  stateVector: Uint8Array;
}

const EMPTY: StoredState = { state: new Uint8Array([0, 0]), stateVector: new Uint8Array([0]) };

/**
 * The state of a stored room without any document; `null` when only a document can tell it: rows that overlap, wait for
 * something or cannot be read. Throws MalformedUpdate when the snapshot is broken: a room is never opened empty by mistake.
 */
export function storedState({ snapshot, rows }: Pick<StoredRoom, 'snapshot' | 'rows'>): StoredState | null {
  if (!snapshot && rows.length === 0) return EMPTY;
  const next = new Map<number, number>();
  const splice = new Splice();
  const read: ReadUpdate[] = [];
  const take = (update: Uint8Array): boolean => {
    const inspected = readUpdate(update);
    if (inspected.hasSkips) return false;
    for (const { client, clock, endClock } of inspected.blocks) {
      if ((next.get(client) ?? 0) !== clock) return false;
      next.set(client, endClock);
    }
    read.push(inspected);
    return splice.add({ update, inspected });
  };
  if (snapshot && !take(snapshot)) return null;
  try {
    for (const { update } of rows) if (!take(update)) return null;
  } catch (error) {
    if (error instanceof MalformedUpdate) return null;
    throw error;
  }
  if (!read.every((inspected) => isWhole(inspected, next))) return null;
  return { state: rows.length === 0 && snapshot ? snapshot : splice.encode(), stateVector: vectorOf(next) };
}

/** Whether nothing of it waits for something that is not there. */
function isWhole({ follows, deletes }: ReadUpdate, next: ReadonlyMap<number, number>): boolean {
  for (let i = 0; i < follows.length; i += 4) if (follows[i + 3]! >= (next.get(follows[i + 2]!) ?? 0)) return false;
  return deletes.every(({ client, to }) => to <= (next.get(client) ?? 0));
}

function vectorOf(next: ReadonlyMap<number, number>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, next.size);
  for (const [client, clock] of [...next].sort((a, b) => b[0] - a[0])) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
  return encoding.toUint8Array(encoder);
}
