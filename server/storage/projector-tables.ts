/** Why this file exists: the step that brings what projectors show, and the links that open them, into the database. */
import type { Migration } from './migrate.ts';

/** What is shown, and one link a meeting. */
export const projectors: Migration = {
  name: '012-projector',
  async up(db) {
    await db.schema
      .createTable('projector')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('view', 'text', (c) => c.notNull())
      .addColumn('item_id', 'text')
      .addColumn('group_ids', 'text', (c) => c.notNull())
      .addColumn('prompt_id', 'text')
      .addColumn('until', 'bigint')
      .addColumn('version', 'integer', (c) => c.notNull())
      .execute();
    // The person stays when the link goes: it is the same screen when there is another one.
    await db.schema
      .createTable('projector_link')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().unique().references('person.id'))
      .addColumn('token_hash', 'text', (c) => c.unique())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute();
    // Asked at every request: who comes as a screen changes nothing.
    await db.schema
      .alterTable('person')
      .addColumn('is_screen', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
