/**
 * Why this file exists: a commit holds what many people typed in many rooms. Before it is written it is put in order: what
 * one connection wrote in one room becomes one row where its clocks follow one another, so that fifty keystrokes cost one
 * insert, and the same bytes are one frame for the others.
 */
import type { CheckpointDraft, JournalRow } from './ports.ts';
import { Splice, type Spliceable } from './splice.ts';

/** An update that was accepted and waits for its commit. */
export interface Accepted<Room, Author> extends Spliceable {
  room: Room;
  /** `null` for what the server wrote. */
  author: Author | null;
  personId: string;
  at: number;
  newClients: number[];
  /** The room as it was right before this update, when that is to be kept. */
  checkpoint: CheckpointDraft | null;
}

/** What one connection wrote in one room, as one row. */
export interface Contribution<Author> {
  author: Author | null;
  row: JournalRow;
  /** Updates it is made of. */
  count: number;
  /** The row's update, to be joined with others. */
  part: Spliceable | Splice;
}

/** What a commit holds of one room, in the order of acceptance as far as it matters: per author, and where it overlaps. */
export interface RoomBatch<Room, Author> {
  room: Room;
  contributions: Contribution<Author>[];
}

export interface Batch<Room, Author> {
  accepted: readonly Accepted<Room, Author>[];
  rows: JournalRow[];
  rooms: RoomBatch<Room, Author>[];
}

/** A splice longer than this is not made longer: a receiver should get its turn in between, bytes. */
const LONGEST = 256 * 1024;
const MINUTE = 60_000;

interface Open<Room, Author> {
  count: number;
  first: Accepted<Room, Author>;
  splice: Splice | null;
  newClients: number[];
}

/** Puts what was accepted in order for one commit. Authorship is kept per person and minute, as rows say it. */
export function batched<Room extends { name: string }, Author>(
  accepted: readonly Accepted<Room, Author>[],
): Batch<Room, Author> {
  const rooms = new Map<Room, Map<Author | null, Open<Room, Author>[]>>();
  for (const one of accepted) {
    let authors = rooms.get(one.room);
    if (!authors) {
      authors = new Map();
      rooms.set(one.room, authors);
    }
    const open = authors.get(one.author);
    if (!open) authors.set(one.author, [opened(one)]);
    else if (!extend(open.at(-1)!, one)) open.push(opened(one));
  }
  const batch: Batch<Room, Author> = { accepted, rows: [], rooms: [] };
  for (const [room, authors] of rooms) {
    const contributions: Contribution<Author>[] = [];
    for (const list of authors.values())
      for (const open of list) {
        const contribution = closed(open);
        contributions.push(contribution);
        batch.rows.push(contribution.row);
      }
    batch.rooms.push({ room, contributions });
  }
  return batch;
}

function opened<Room, Author>(first: Accepted<Room, Author>): Open<Room, Author> {
  return { first, count: 1, splice: null, newClients: first.newClients };
}

function extend<Room, Author>(open: Open<Room, Author>, next: Accepted<Room, Author>): boolean {
  const { first } = open;
  // What was kept before an update is kept with its row.
  if (next.checkpoint) return false;
  if (first.personId !== next.personId || Math.floor(first.at / MINUTE) !== Math.floor(next.at / MINUTE)) return false;
  if (!open.splice) {
    open.splice = new Splice();
    open.splice.add(first);
  }
  if (open.splice.byteLength > LONGEST || !open.splice.add(next)) return false;
  open.count++;
  if (next.newClients.length > 0) open.newClients = [...open.newClients, ...next.newClients];
  return true;
}

function closed<Room extends { name: string }, Author>(open: Open<Room, Author>): Contribution<Author> {
  const { first, count, splice, newClients } = open;
  const { room, author, personId, at, checkpoint } = first;
  const row: JournalRow = {
    room: room.name,
    update: splice ? splice.encode() : first.update,
    personId,
    at,
    newClients,
  };
  if (checkpoint) row.checkpoint = checkpoint;
  return { author, row, count, part: splice ?? first };
}

/** As few updates as possible that hold these contributions, in their order. */
export function mergedUpdates<Author>(contributions: readonly Contribution<Author>[]): Uint8Array[] {
  if (contributions.length === 1) return [contributions[0]!.row.update];
  const out: Uint8Array[] = [];
  let splice = new Splice();
  for (const { part } of contributions) {
    if (splice.byteLength <= LONGEST && addPart(splice, part)) continue;
    out.push(splice.encode());
    splice = new Splice();
    addPart(splice, part);
  }
  out.push(splice.encode());
  return out;
}

function addPart(splice: Splice, part: Spliceable | Splice): boolean {
  return part instanceof Splice ? splice.join(part) : splice.add(part);
}
