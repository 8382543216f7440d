/**
 * Why this file exists: the rows of a commit go to the journal's thread as one buffer and a few lists. Handed over as
 * they are, every row would be cloned as an object with its own buffer, which takes both threads twice as long.
 */
import type { JournalRow } from '../relay/ports.ts';

/** What few rows have. */
interface Rare {
  row: number;
  newClients: number[];
  checkpoint?: JournalRow['checkpoint'];
}

/** Rows as a message: all columns in the order of the rows, the updates' bytes behind one another. */
export interface FlatRows {
  rooms: string[];
  persons: string[];
  times: number[];
  lengths: number[];
  bytes: Uint8Array<ArrayBuffer>;
  rare: Rare[];
}

/** Copies rows into their message; `bytes` has a buffer of its own, which may be transferred. */
export function flattened(rows: readonly JournalRow[]): FlatRows {
  let length = 0;
  for (const row of rows) length += row.update.byteLength;
  const flat: FlatRows = { rooms: [], persons: [], times: [], lengths: [], bytes: new Uint8Array(length), rare: [] };
  let at = 0;
  for (const [n, { room, update, personId, at: time, newClients, checkpoint }] of rows.entries()) {
    flat.rooms.push(room);
    flat.persons.push(personId);
    flat.times.push(time);
    flat.lengths.push(update.byteLength);
    flat.bytes.set(update, at);
    at += update.byteLength;
    if (checkpoint) flat.rare.push({ row: n, newClients, checkpoint });
    else if (newClients.length > 0) flat.rare.push({ row: n, newClients });
  }
  return flat;
}

/** The rows again; their updates are views into the message's bytes. */
export function rowsOf({ rooms, persons, times, lengths, bytes, rare }: FlatRows): JournalRow[] {
  let at = 0;
  const rows = rooms.map((room, n): JournalRow => {
    const from = at;
    at += lengths[n]!;
    return { room, update: bytes.subarray(from, at), personId: persons[n]!, at: times[n]!, newClients: [] };
  });
  for (const { row, newClients, checkpoint } of rare) {
    rows[row]!.newClients = newClients;
    if (checkpoint) rows[row]!.checkpoint = checkpoint;
  }
  return rows;
}
