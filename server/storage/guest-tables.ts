/** Why this file exists: the step that brings meetings' codes, their lobbies and guests into the database. */
import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** Codes, lobbies, and persons who belong to one meeting. */
export const guests: Migration = {
  name: '008-guests',
  async up(db) {
    // A guest is a person like any other, who belongs to one meeting and has no account.
    await db.schema
      .alterTable('person')
      .addColumn('guest_of', 'text', (c) => c.references('meeting.id'))
      .execute();
    await db.schema
      .alterTable('person')
      .addColumn('claimed_by', 'text', (c) => c.references('person.id'))
      .execute();
    await db.schema.alterTable('person').addColumn('guest_key', 'text').execute();
    await db.schema
      .createIndex('person_guest_key')
      .on('person')
      .columns(['guest_of', 'guest_key'])
      .unique()
      .where(sql.ref('guest_key'), 'is not', null)
      .execute();
    await db.schema
      .createTable('guest_access')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('code', 'text', (c) => c.notNull())
      .addColumn('open', 'integer', (c) => c.notNull())
      .addColumn('lobby', 'integer', (c) => c.notNull())
      .addColumn('rotated_at', 'bigint', (c) => c.notNull())
      .execute();
    // Two meetings that let guests in never have the same code, whoever opens them at the same moment.
    await sql`create unique index guest_access_code on guest_access (code) where open = 1`.execute(db);
    await db.schema
      .createTable('guest_lobby')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('organisation_id', 'text', (c) => c.references('organisation.id'))
      .addColumn('organisation', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('guest_lobby_meeting').on('guest_lobby').column('meeting_id').execute();
  },
};
