/**
 * Why this file exists: the SQL of the update store, synchronous and free of threads, so that the very same code runs in
 * the journal's worker thread and on a test's main thread.
 *
 * Durability: WAL with `synchronous=FULL`, so a commit that returned is on the disk (NORMAL may lose it at power loss).
 * Other connections write to the same file: `begin immediate` and a busy timeout of five seconds make them take turns.
 * `secure_delete` overwrites what compaction removes, so text that people deleted does not linger in free pages.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { AuthorSpan, JournalRow, StoredRoom } from '../relay/ports.ts';
import { CheckpointTable } from './checkpoint-table.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** Pages SQLite keeps of its own: what is written now. The system has the rest of the file in its memory already. */
const CACHE_KIB = 1_024;

/** Some of the rows a snapshot was made of are gone already: somebody else compacted the room. Nothing was changed. */
export class CompactionConflict extends Error {
  override name = 'CompactionConflict';
}

/** One database connection and the statements over the room tables. All methods throw what SQLite throws. */
export class RoomDatabase {
  readonly #db: DatabaseSync;
  readonly #ensureRoom: StatementSync;
  readonly #insertUpdate: StatementSync;
  readonly #insertClient: StatementSync;
  readonly #deleteUpdate: StatementSync;
  readonly #insertSpan: StatementSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #findRoom: StatementSync;
  readonly #numberOf: StatementSync;
  readonly #rowsOf: StatementSync;
  readonly #clientsOf: StatementSync;
  readonly #spansOf: StatementSync;
  /** Rooms that are known to have their row, and its number: asking at every commit is a fifth of what many rooms cost. */
  readonly #known = new Map<string, number>();
  /** The versions people can go back to, over the same connection. */
  readonly checkpoints: CheckpointTable;

  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    this.#db.exec('pragma journal_mode = wal');
    this.#db.exec('pragma synchronous = full');
    this.#db.exec('pragma secure_delete = on');
    this.#db.exec('pragma foreign_keys = on');
    this.#db.exec(`pragma cache_size = -${CACHE_KIB}`);
    this.#begin = this.#db.prepare('begin immediate');
    this.#commit = this.#db.prepare('commit');
    this.checkpoints = new CheckpointTable(this.#db, (work) => this.#transaction(work));
    this.#findRoom = this.#db.prepare('select number, epoch, snapshot from room where name = ?');
    // A number that is taken already fails, and the next attempt draws another.
    this.#ensureRoom = this.#db.prepare(
      'insert into room (name, epoch, number) values (?, ?, random() & 0x7fffffffffff) on conflict (name) do nothing',
    );
    this.#numberOf = this.#db.prepare('select number from room where name = ?');
    // Prepared once: what a statement takes outside the heap is given back when the heap is swept, which is hardly ever.
    this.#rowsOf = this.#db.prepare('select seq, data, person_id, at from room_update where room = ? order by seq');
    this.#clientsOf = this.#db.prepare('select client, person_id from room_client where room = ?');
    this.#spansOf = this.#db.prepare(
      'select client, clock_from, clock_to, person_id, at from room_span where room = ? order by client, clock_from',
    );
    this.#insertUpdate = this.#db.prepare('insert into room_update (room, data, person_id, at) values (?, ?, ?, ?)');
    this.#insertClient = this.#db.prepare(
      'insert into room_client (room, client, person_id) values (?, ?, ?) on conflict do nothing',
    );
    this.#deleteUpdate = this.#db.prepare('delete from room_update where seq = ? and room = ?');
    this.#insertSpan = this.#db.prepare(
      'insert into room_span (room, client, clock_from, clock_to, person_id, at) values (?, ?, ?, ?, ?, ?)',
    );
  }

  /** Reads a room in one transaction; a room nobody opened before gets its epoch here, and keeps it. */
  load(name: string): StoredRoom {
    const find = this.#findRoom;
    if (find.get(name) === undefined) this.#transaction(() => this.#ensureRoom.run(name, randomUUID()));
    return this.#transaction(() => {
      const room = find.get(name) as { number: number; epoch: string; snapshot: Uint8Array | null };
      const rows = this.#rowsOf.all(room.number) as { seq: number; data: Uint8Array; person_id: string; at: number }[];
      const clients = this.#clientsOf.all(name) as {
        client: number;
        person_id: string;
      }[];
      const spans = this.#spansOf.all(name) as {
        client: number;
        clock_from: number;
        clock_to: number;
        person_id: string;
        at: number;
      }[];
      return {
        epoch: room.epoch,
        snapshot: room.snapshot,
        rows: rows.map((row) => ({ seq: row.seq, update: row.data, personId: row.person_id, at: row.at })),
        owners: new Map(clients.map((row) => [row.client, row.person_id])),
        spans: spans.map((row) => ({
          client: row.client,
          from: row.clock_from,
          to: row.clock_to,
          personId: row.person_id,
          at: row.at,
        })),
      };
    }, 'begin');
  }

  /** Stores all rows and the client ids they bring, in one transaction. */
  append(rows: readonly JournalRow[]): void {
    const fresh = new Map<string, number>();
    this.#transaction(() => {
      for (const row of rows) {
        let number = this.#known.get(row.room) ?? fresh.get(row.room);
        if (number === undefined) {
          number = this.#number(row.room);
          fresh.set(row.room, number);
        }
        if (row.checkpoint) this.checkpoints.keepWithin(row.room, row.checkpoint);
        this.#insertUpdate.run(number, row.update, row.personId, row.at);
        for (const client of row.newClients) this.#insertClient.run(row.room, client, row.personId);
      }
    });
    for (const [room, number] of fresh) this.#known.set(room, number);
  }

  /** The number of a room, which gets its row when it has none. Within a transaction. */
  #number(room: string): number {
    this.#ensureRoom.run(room, randomUUID());
    return (this.#numberOf.get(room) as { number: number }).number;
  }

  /** Replaces snapshot and spans and deletes exactly these rows; all or nothing. Throws {@link CompactionConflict}. */
  compact(room: string, snapshot: Uint8Array, spans: readonly AuthorSpan[], seqs: readonly number[]): void {
    this.#transaction(() => {
      const number = (this.#numberOf.get(room) as { number: number } | undefined)?.number ?? null;
      for (const seq of seqs)
        if (this.#deleteUpdate.run(seq, number).changes !== 1)
          throw new CompactionConflict(`row ${seq} of ${room} is gone`);
      this.#db.prepare('update room set snapshot = ? where name = ?').run(snapshot, room);
      this.#db.prepare('delete from room_span where room = ?').run(room);
      for (const span of spans) this.#insertSpan.run(room, span.client, span.from, span.to, span.personId, span.at);
    });
  }

  close(): void {
    this.#db.close();
  }

  #transaction<T>(work: () => T, begin: 'begin' | 'begin immediate' = 'begin immediate'): T {
    // One that could not be ended, because its end failed too, would refuse everything after it for ever.
    if (this.#db.isTransaction) this.#db.exec('rollback');
    if (begin === 'begin') this.#db.exec(begin);
    else this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      // Whatever it was, nothing is taken for known after it: the next attempt asks for every room again.
      this.#known.clear();
      // A full disk ends the transaction by itself; a second rollback would hide the reason.
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }
}
