/** Why this file exists: the tables of the list of speakers, and the step that brings them into the database. */
import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** One a meeting, from the first time it is used. */
export interface FloorTable {
  meeting_id: string;
  version: number;
  step: number;
  /** The line is drawn, in the debate on `line_item`. */
  line_drawn: number;
  line_item: string | null;
  speech_seconds: number;
  rejoinder_seconds: number;
  new_first: number;
  guests: number;
}

/** Who waits. */
export interface FloorRequestTable {
  id: string;
  meeting_id: string;
  person_id: string;
  kind: string;
  item_id: string | null;
  at: number;
  /** 0 is next. */
  position: number;
}

/** Who has and who had the floor: part of the meeting's record. */
export interface FloorTurnTable {
  id: string;
  meeting_id: string;
  person_id: string;
  /** As the name was. */
  person: string;
  kind: string;
  item_id: string | null;
  from_at: number;
  to_at: number | null;
  seconds: number;
  /** In the order in which they spoke, from 0. */
  position: number;
}

/** The step that makes them. */
export const floors: Migration = {
  name: '013-floor',
  async up(db) {
    await db.schema
      .createTable('floor')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('step', 'integer', (c) => c.notNull())
      .addColumn('line_drawn', 'integer', (c) => c.notNull())
      .addColumn('line_item', 'text')
      .addColumn('speech_seconds', 'integer', (c) => c.notNull())
      .addColumn('rejoinder_seconds', 'integer', (c) => c.notNull())
      .addColumn('new_first', 'integer', (c) => c.notNull())
      .addColumn('guests', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('floor_request')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('item_id', 'text')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addUniqueConstraint('floor_request_once', ['meeting_id', 'person_id', 'kind'])
      .execute();
    await db.schema
      .createTable('floor_turn')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('item_id', 'text')
      .addColumn('from_at', 'bigint', (c) => c.notNull())
      .addColumn('to_at', 'bigint')
      .addColumn('seconds', 'integer', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addUniqueConstraint('floor_turn_order', ['meeting_id', 'position'])
      .execute();
    // At most one person has the floor, whoever gives it.
    await sql`create unique index floor_turn_open on floor_turn (meeting_id) where to_at is null`.execute(db);
  },
};
