/**
 * Why this file exists: every step the database has taken, in order. A step that has been released is never changed;
 * add a new one at the end.
 */

import { sql } from 'kysely';
import { attachments } from './attachment-tables.ts';
import { attendances } from './attendance-tables.ts';
import { decisions } from './decision-tables.ts';
import { floors } from './floor-tables.ts';
import { groupSets } from './group-set-store.ts';
import { guests } from './guest-tables.ts';
import { imported } from './imported-store.ts';
import type { Migration } from './migrate.ts';
import { minutes } from './minutes-store.ts';
import { noticeNumbers, notices } from './notice-tables.ts';
import { projectors } from './projector-tables.ts';
import { CHECKPOINT_TABLES, ROOM_NUMBERS, ROOM_TABLES } from './room-tables.ts';
import { signatureCapacity, signOff } from './signoff-tables.ts';
import { summaries } from './summary-tables.ts';

const people: Migration = {
  name: '001-people',
  async up(db) {
    await db.schema
      .createTable('organisation')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('short_name', 'text', (c) => c.notNull())
      .addColumn('short_key', 'text', (c) => c.notNull().unique())
      .addColumn('seats', 'integer', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('person')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('organisation_id', 'text', (c) => c.references('organisation.id'))
      .addColumn('category', 'text', (c) => c.notNull())
      .addColumn('party', 'text', (c) => c.notNull())
      .addColumn('colour', 'integer', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.unique())
      .addColumn('is_admin', 'integer', (c) => c.notNull())
      .addColumn('disabled', 'integer', (c) => c.notNull())
      .addColumn('password', 'text')
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('session')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('user_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('session_user').on('session').column('user_id').execute();
    await db.schema.createIndex('session_expiry').on('session').column('expires_at').execute();
  },
};

const meetings: Migration = {
  name: '002-meetings',
  async up(db) {
    await db.schema
      .createTable('meeting')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('registry_number', 'text', (c) => c.notNull())
      .addColumn('time_zone', 'text', (c) => c.notNull())
      .addColumn('phase', 'text', (c) => c.notNull())
      .addColumn('agenda_open', 'integer', (c) => c.notNull())
      .addColumn('cancelled_at', 'bigint')
      .addColumn('archived_at', 'bigint')
      .addColumn('current_item_id', 'text')
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('sitting')
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('date', 'text', (c) => c.notNull())
      .addColumn('start_time', 'text', (c) => c.notNull())
      .addColumn('end_time', 'text', (c) => c.notNull())
      .addColumn('venue', 'text', (c) => c.notNull())
      .addColumn('room', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('link', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('sitting_key', ['meeting_id', 'id'])
      .execute();
    await db.schema
      .createTable('participant')
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('organisation_id', 'text', (c) => c.references('organisation.id'))
      .addColumn('category', 'text', (c) => c.notNull())
      .addColumn('party', 'text', (c) => c.notNull())
      .addColumn('roles', 'text', (c) => c.notNull())
      .addColumn('absence', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('participant_key', ['meeting_id', 'person_id'])
      .execute();
    await db.schema.createIndex('participant_person').on('participant').column('person_id').execute();
    await db.schema
      .createTable('item_lock')
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('locked_at', 'bigint', (c) => c.notNull())
      .addColumn('locked_by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('item_lock_key', ['meeting_id', 'item_id'])
      .execute();
    await db.schema
      .createTable('item_visit')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('from_at', 'bigint', (c) => c.notNull())
      .addColumn('to_at', 'bigint')
      .execute();
    await db.schema.createIndex('item_visit_meeting').on('item_visit').column('meeting_id').execute();
    // At most one item is being dealt with at a time, whoever changes it.
    await sql`create unique index item_visit_open on item_visit (meeting_id) where to_at is null`.execute(db);
  },
};

const links: Migration = {
  name: '003-links',
  async up(db) {
    await db.schema
      .createTable('link')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('cascade'))
      .addColumn('meeting_id', 'text', (c) => c.references('meeting.id').onDelete('cascade'))
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await db.schema.createIndex('link_person').on('link').column('person_id').execute();
  },
};

const rooms: Migration = {
  name: '004-rooms',
  async up(db) {
    for (const statement of ROOM_TABLES) await sql.raw(statement).execute(db);
  },
};

const checkpoints: Migration = {
  name: '005-checkpoints',
  async up(db) {
    for (const statement of CHECKPOINT_TABLES) await sql.raw(statement).execute(db);
  },
};

const workshops: Migration = {
  name: '006-workshops',
  async up(db) {
    // The workshop as it is read and written, whole; beside it, what is asked at the door of its rooms.
    await db.schema
      .createTable('workshop')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('opened', 'integer', (c) => c.notNull())
      .addColumn('harvest', 'text', (c) => c.notNull())
      .addColumn('summary_final', 'integer', (c) => c.notNull())
      .addColumn('summary_comments', 'integer', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .addUniqueConstraint('workshop_item', ['meeting_id', 'item_id'])
      .execute();
    await db.schema
      .createTable('breakout_group')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull())
      .addColumn('workshop_id', 'text', (c) => c.notNull().references('workshop.id').onDelete('cascade'))
      .addColumn('state', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('breakout_group_workshop').on('breakout_group').column('workshop_id').execute();
    await db.schema
      .createTable('group_member')
      .addColumn('group_id', 'text', (c) => c.notNull().references('breakout_group.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .addPrimaryKeyConstraint('group_member_key', ['group_id', 'person_id'])
      .execute();
    await db.schema
      .createTable('workshop_scribe')
      .addColumn('workshop_id', 'text', (c) => c.notNull().references('workshop.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .addPrimaryKeyConstraint('workshop_scribe_key', ['workshop_id', 'person_id'])
      .execute();
    await db.schema
      .alterTable('meeting')
      .addColumn('guests_write', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};

const workshopLive: Migration = {
  name: '007-workshop-live',
  async up(db) {
    // A group has one hand; the groups' own rows are written anew at each change, so nothing refers to them.
    await db.schema
      .createTable('workshop_hand')
      .addColumn('workshop_id', 'text', (c) => c.notNull().references('workshop.id').onDelete('cascade'))
      .addColumn('group_id', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('workshop_hand_key', ['workshop_id', 'group_id'])
      .execute();
    await db.schema
      .createTable('workshop_message')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('workshop_id', 'text', (c) => c.notNull().references('workshop.id').onDelete('cascade'))
      .addColumn('group_id', 'text')
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
      .execute();
    await db.schema
      .createIndex('workshop_message_workshop')
      .on('workshop_message')
      .columns(['workshop_id', 'seq'])
      .execute();
  },
};

const votes: Migration = {
  name: '009-votes',
  async up(db) {
    await db.schema
      .createTable('vote')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('dots', 'integer', (c) => c.notNull())
      .addColumn('counts', 'text', (c) => c.notNull())
      .addColumn('guests', 'integer', (c) => c.notNull())
      .addColumn('choices', 'text', (c) => c.notNull())
      .addColumn('secret', 'text')
      .addColumn('opened_at', 'bigint', (c) => c.notNull())
      .addColumn('closed_at', 'bigint')
      .addColumn('voted', 'integer')
      .addColumn('voters', 'integer')
      .addColumn('results', 'text')
      .execute();
    await db.schema.createIndex('vote_item').on('vote').columns(['meeting_id', 'item_id']).execute();
    // At most one vote is open on an item, whoever opens them.
    await sql`create unique index vote_open on vote (meeting_id, item_id) where closed_at is null`.execute(db);
    await db.schema
      .createTable('ballot')
      .addColumn('vote_id', 'text', (c) => c.notNull().references('vote.id').onDelete('cascade'))
      .addColumn('voter', 'text', (c) => c.notNull())
      .addColumn('dots', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('ballot_key', ['vote_id', 'voter'])
      .execute();
  },
};

const roomNumbers: Migration = {
  name: '014-room-numbers',
  async up(db) {
    for (const statement of ROOM_NUMBERS) await sql.raw(statement).execute(db);
  },
};

/** All steps, in the order they are taken. */
export const migrations: readonly Migration[] = [
  people,
  meetings,
  links,
  rooms,
  checkpoints,
  workshops,
  workshopLive,
  guests,
  votes,
  summaries,
  groupSets,
  projectors,
  floors,
  roomNumbers,
  attendances,
  minutes,
  decisions,
  attachments,
  signOff,
  notices,
  imported,
  noticeNumbers,
  signatureCapacity,
];
