/**
 * Why this file exists: the SQL of the versions people can go back to, over the journal's connection: the version before
 * a large deletion is stored in the commit of that deletion, so no crash comes between.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { newId } from '#shared/ids.ts';
import { VERSION_KINDS, type VersionKind } from '#shared/terms.ts';
import type { Checkpoint, CheckpointDraft } from '../relay/ports.ts';
import { thinned } from './checkpoint-thinning.ts';
import { contentKey } from './content-key.ts';
import type { CheckpointAnswer, CheckpointQuestion } from './update-store-messages.ts';

interface Row {
  id: string;
  at: number;
  kind: string;
  name: string;
  person_id: string;
  phase: string;
  bytes: number;
  content: string;
  state: Uint8Array;
}

// Several of one millisecond are told apart by the order in which they came.
const NEWEST_FIRST = 'order by at desc, rowid desc';

/** Runs work in one transaction that is on the disk when it returns. */
type InTransaction = <T>(work: () => T) => T;

export class CheckpointTable {
  readonly #db: DatabaseSync;
  readonly #transaction: InTransaction;

  constructor(db: DatabaseSync, transaction: InTransaction) {
    this.#db = db;
    this.#transaction = transaction;
  }

  answer(question: CheckpointQuestion): CheckpointAnswer {
    switch (question.ask) {
      case 'keep':
        return {
          ask: 'keep',
          id: this.#transaction(() => this.keepWithin(question.room, question.draft)),
        };
      case 'list':
        return { ask: 'list', checkpoints: this.#list(question.room) };
      case 'one':
        return { ask: 'one', checkpoint: this.#one(question.room, question.id) };
      case 'discard':
        return {
          ask: 'discard',
          done: this.#transaction(
            () =>
              this.#db.prepare('delete from room_checkpoint where id = ? and room = ?').run(question.id, question.room)
                .changes === 1,
          ),
        };
      case 'written-rooms':
        return { ask: 'written-rooms', names: this.#writtenRooms(question.prefix) };
    }
  }

  /** See CheckpointStore.keep; inside a transaction that is going on. The room must have a row. */
  keepWithin(room: string, draft: CheckpointDraft): string | null {
    const content = contentKey(draft.state);
    const newest = this.#rows<Pick<Row, 'content'>>(
      `select content from room_checkpoint where room = ? ${NEWEST_FIRST} limit 1`,
      room,
    )[0];
    if (newest?.content === content && draft.kind !== 'named') return null;
    const id = newId();
    this.#db
      .prepare(
        `insert into room_checkpoint (id, room, at, kind, name, person_id, phase, content, bytes, state)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        room,
        draft.at,
        draft.kind,
        draft.name,
        draft.personId,
        draft.phase,
        content,
        draft.state.byteLength,
        draft.state,
      );
    const remove = this.#db.prepare('delete from room_checkpoint where id = ?');
    for (const old of thinned(this.#list(room))) remove.run(old);
    return id;
  }

  #list(room: string): Checkpoint[] {
    return this.#rows<Row>(
      `select id, at, kind, name, person_id, phase, bytes from room_checkpoint where room = ? ${NEWEST_FIRST}`,
      room,
    ).map(read);
  }

  #one(room: string, id: string): (Checkpoint & { state: Uint8Array }) | null {
    const row = this.#rows<Row>('select * from room_checkpoint where id = ? and room = ?', id, room)[0];
    return row ? { ...read(row), state: row.state } : null;
  }

  #writtenRooms(prefix: string): string[] {
    return this.#rows<{ name: string }>(
      `select name from room where substr(name, 1, ?) = ?
         and (snapshot is not null or exists (select 1 from room_update where room_update.room = room.number))
       order by name`,
      prefix.length,
      prefix,
    ).map((row) => row.name);
  }

  /** Prepared at each use: these are asked a few times a day, and a database without the table still serves the rest. */
  #rows<R>(sql: string, ...parameters: SQLInputValue[]): R[] {
    return this.#db.prepare(sql).all(...parameters) as R[];
  }
}

function read(row: Row): Checkpoint {
  return {
    id: row.id,
    at: row.at,
    kind: VERSION_KINDS.find((kind): kind is VersionKind => kind === row.kind) ?? 'named',
    name: row.name,
    personId: row.person_id,
    phase: row.phase,
    bytes: row.bytes,
  };
}
