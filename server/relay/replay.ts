/**
 * Why this file exists: opening a room and compacting it both mean "snapshot, then the rows behind it, into a fresh
 * document", in stretches short enough for the sockets to get their turn in between, and without one broken row taking
 * the room with it.
 */
import * as Y from 'yjs';
import type { RelayLog } from './log.ts';
import type { StoredRoom } from './ports.ts';

/** Rows in one transaction: six times cheaper than one by one. */
const ROWS_AT_ONCE = 256;
/** After so long other people get their turn, milliseconds. */
const TURN_MS = 8;

type Rows = StoredRoom['rows'];

/** The next turn of the event loop, after sockets have been read. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A document as it stood when the rows were read, and the rows that could not be read (they stay in storage). */
export interface Replayed {
  doc: Y.Doc;
  broken: Rows;
}

/** Makes the document of a stored room. Throws when the snapshot is broken: a room is never opened empty by mistake. */
export async function replay(stored: StoredRoom, room: string, log: RelayLog): Promise<Replayed> {
  try {
    return { doc: await applyAll(stored.snapshot, stored.rows), broken: [] };
  } catch {
    // A row that is not readable leaves half of itself in the document it is applied to: begin again, reading each first.
    const whole: Rows = [];
    const broken: Rows = [];
    for (const row of stored.rows) (isReadable(row.update) ? whole : broken).push(row);
    for (const row of broken) log('row-broken', { room, seq: row.seq });
    return { doc: await applyAll(stored.snapshot, whole), broken };
  }
}

function isReadable(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    return false;
  }
}

async function applyAll(snapshot: Uint8Array | null, rows: Rows): Promise<Y.Doc> {
  const doc = new Y.Doc();
  try {
    if (snapshot) Y.applyUpdate(doc, snapshot);
    let began = performance.now();
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      Y.transact(doc, () => {
        for (const row of rows.slice(at, at + ROWS_AT_ONCE)) Y.applyUpdate(doc, row.update);
      });
      if (performance.now() - began < TURN_MS) continue;
      await nextTurn();
      began = performance.now();
    }
    return doc;
  } catch (error) {
    doc.destroy();
    throw error;
  }
}
