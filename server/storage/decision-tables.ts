/** Why this file exists: the tables of what meetings decide, and the step that brings them into the database. */
import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** How a body keeps its records, by its name. */
export interface BodySettingTable {
  name: string;
  data: string;
}

/** What was decided. A row is never changed: a trigger sees to it. */
export interface DecisionTable {
  id: string;
  meeting_id: string;
  item_id: string;
  /** In the item, from 0. */
  position: number;
  at: number;
  replaces: string | null;
  sha256: string;
  /** What is frozen, as JSON. */
  data: string;
}

/** Numbers that are given, for good. */
export interface DecisionNumberTable {
  series: string;
  n: number;
  decision_id: string;
}

export interface DecisionDissentTable {
  id: string;
  decision_id: string;
  at: number;
  data: string;
}

/** A decided item was opened again. */
export interface ItemReopeningTable {
  id: string;
  meeting_id: string;
  item_id: string;
  at: number;
  person_id: string;
  person: string;
  reason: string;
}

export interface ActionItemTable {
  id: string;
  meeting_id: string;
  item_id: string;
  version: number;
  data: string;
}

/** The step that makes them. */
export const decisions: Migration = {
  name: '017-decisions',
  async up(db) {
    await db.schema
      .createTable('body_setting')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('decision')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('replaces', 'text', (c) => c.references('decision.id').unique())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .addUniqueConstraint('decision_order', ['meeting_id', 'item_id', 'position'])
      .execute();
    await sql`create trigger decision_frozen before update on decision
      begin select raise(abort, 'a decision is never changed'); end`.execute(db);
    // No reference to the decision: a number stays given whatever becomes of its meeting.
    await db.schema
      .createTable('decision_number')
      .addColumn('series', 'text', (c) => c.notNull())
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('decision_id', 'text', (c) => c.notNull().unique())
      .addPrimaryKeyConstraint('decision_number_key', ['series', 'n'])
      .execute();
    await db.schema
      .createTable('decision_dissent')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('decision_id', 'text', (c) => c.notNull().references('decision.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('item_reopening')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('action_item')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('action_item_meeting').on('action_item').column('meeting_id').execute();
    // Locked because it is decided: only who may reopen it unlocks it.
    await db.schema
      .alterTable('item_lock')
      .addColumn('decided', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
