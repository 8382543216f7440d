/**
 * Why this file exists: the tables of shared summaries. What a summary said when it became final is never written
 * again: the database itself refuses, whoever asks.
 */
import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** The step that makes them. */
export const summaries: Migration = {
  name: '010-summaries',
  async up(db) {
    await db.schema
      .createTable('summary_revision')
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('state', 'blob', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('sources', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('summary_revision_key', ['meeting_id', 'item_id', 'n'])
      .execute();
    await db.schema
      .createTable('summary_event')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('summary_event_item')
      .on('summary_event')
      .columns(['meeting_id', 'item_id', 'at'])
      .execute();
    for (const table of ['summary_revision', 'summary_event'])
      await sql
        .raw(
          `create trigger ${table}_stands before update on ${table}
           begin select raise(abort, 'what has been decided is not rewritten'); end`,
        )
        .execute(db);
    await db.schema
      .createTable('summary_thread')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('prompt_id', 'text', (c) => c.notNull())
      .addColumn('range_from', 'text', (c) => c.notNull())
      .addColumn('range_to', 'text', (c) => c.notNull())
      .addColumn('quote', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('resolved_at', 'bigint')
      .addColumn('resolved_by', 'text')
      .execute();
    await db.schema
      .createIndex('summary_thread_item')
      .on('summary_thread')
      .columns(['meeting_id', 'item_id', 'at'])
      .execute();
    await db.schema
      .createTable('summary_remark')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('thread_id', 'text', (c) => c.notNull().references('summary_thread.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('summary_remark_thread').on('summary_remark').columns(['thread_id', 'at']).execute();
  },
};
