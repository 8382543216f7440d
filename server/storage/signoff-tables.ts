/**
 * Why this file exists: the tables of the sign-off. What was sealed, corrected, handed out and logged is never written
 * again: the database itself refuses, whoever asks. It goes only with its meeting.
 */
import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

export interface SignOffTable {
  meeting_id: string;
  /** JSON of a SignOff. */
  data: string;
}
interface WhoColumns {
  meeting_id: string;
  at: number;
  person_id: string;
  person: string;
}
export interface MinutesRevisionTable extends WhoColumns {
  n: number;
  json: string;
  sha256: string;
  language: string;
  /** JSON array of names. */
  guests: string;
}
export interface MinutesCorrectionTable extends WhoColumns {
  id: string;
  n: number;
  item_id: string | null;
  text: string;
  reason: string;
}
export interface MinutesDispatchTable extends WhoColumns {
  id: string;
  receiver: string;
  asked: string;
  name: string;
  size: number;
  sha256: string;
  corrections: number;
}
export interface MinutesEventTable extends WhoColumns {
  id: string;
  /** Order within the meeting. */
  seq: number;
  kind: string;
  part: string;
  detail: string;
}

/** The step that makes them. */
export const signOff: Migration = {
  name: '019-signoff',
  async up(db) {
    const owned = (name: string) =>
      db.schema
        .createTable(name)
        .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('person_id', 'text', (c) => c.notNull())
        .addColumn('person', 'text', (c) => c.notNull());
    await db.schema
      .createTable('signoff')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await owned('minutes_revision')
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('guests', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('minutes_revision_key', ['meeting_id', 'n'])
      .execute();
    await owned('minutes_correction')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('item_id', 'text')
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addUniqueConstraint('minutes_correction_number', ['meeting_id', 'n'])
      .execute();
    await owned('minutes_dispatch')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('receiver', 'text', (c) => c.notNull())
      .addColumn('asked', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('size', 'integer', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('corrections', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('minutes_dispatch_meeting')
      .on('minutes_dispatch')
      .columns(['meeting_id', 'at'])
      .execute();
    await owned('minutes_event')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('part', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addUniqueConstraint('minutes_event_order', ['meeting_id', 'seq'])
      .execute();
    for (const table of ['minutes_revision', 'minutes_correction', 'minutes_dispatch', 'minutes_event']) {
      await sql
        .raw(
          `create trigger ${table}_stands before update on ${table}
           begin select raise(abort, 'what has been sealed is not rewritten'); end`,
        )
        .execute(db);
      await sql
        .raw(
          `create trigger ${table}_stays before delete on ${table}
           when exists (select 1 from meeting where id = old.meeting_id)
           begin select raise(abort, 'what has been sealed is not removed'); end`,
        )
        .execute(db);
    }
    // One protocol is sealed once, and its meeting stays verified.
    await sql
      .raw(
        `create trigger meeting_stays_verified before update of phase on meeting
         when new.phase <> 'verified' and exists (select 1 from minutes_revision where meeting_id = new.id)
         begin select raise(abort, 'a sealed meeting is not opened again'); end`,
      )
      .execute(db);
  },
};

/** In what capacity somebody signs is said of their part in the meeting. */
export const signatureCapacity: Migration = {
  name: '023-signature-capacity',
  async up(db) {
    await db.schema
      .alterTable('participant')
      .addColumn('capacity', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  },
};
