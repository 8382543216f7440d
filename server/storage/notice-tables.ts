/** Why this file exists: the tables of notices, and the step that brings them into the database. */
import type { Kysely } from 'kysely';
import type { NoticeDocument } from '#shared/notice/document.ts';
import type { Migration } from './migrate.ts';

/** One a meeting, from the first time anything is prepared or answered. */
export interface NoticeTable {
  meeting_id: string;
  version: number;
  /** JSON of a NoticeRecord without its version. */
  data: string;
}

/** A version as it was published; rows are added and never changed. */
export interface NoticeVersionTable {
  meeting_id: string;
  number: number;
  json: string;
  sha256: string;
  at: number;
  by: string;
  mailed: number;
}

export interface NoticeMailTable {
  id: string;
  meeting_id: string;
  number: number;
  person_id: string;
  address: string;
  state: string;
  reason: string;
  attempts: number;
  at: number;
  next_at: number;
}

export interface NoticeLinkTable {
  /** SHA-256 of the token, hexadecimal. */
  token_hash: string;
  meeting_id: string;
  person_id: string;
  at: number;
}

export const notices: Migration = {
  name: '020-notice',
  async up(db) {
    await db.schema
      .createTable('notice')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('notice_version')
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('mailed', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('notice_version_key', ['meeting_id', 'number'])
      .execute();
    await db.schema
      .createTable('notice_mail')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('next_at', 'bigint', (c) => c.notNull())
      // One mail a person and version, whatever is asked twice.
      .addUniqueConstraint('notice_mail_person', ['meeting_id', 'number', 'person_id'])
      .execute();
    await db.schema.createIndex('notice_mail_due').on('notice_mail').columns(['state', 'next_at']).execute();
    await db.schema
      .createTable('notice_link')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
  },
};

/** What the step below reads and writes, as it was then. */
interface NumbersTables {
  meeting: { id: string; notice_numbers: string };
  notice_version: Pick<NoticeVersionTable, 'meeting_id' | 'number' | 'json'>;
}

/** The numbers a notice gave stay with their items. Where one has gone out already, they are those it said. */
export const noticeNumbers: Migration = {
  name: '022-notice-numbers',
  async up(anyDb) {
    const db = anyDb as Kysely<NumbersTables>;
    await db.schema
      .alterTable('meeting')
      .addColumn('notice_numbers', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute();
    const versions = await db
      .selectFrom('notice_version')
      .select(['meeting_id', 'json'])
      .orderBy('meeting_id')
      .orderBy('number', 'desc')
      .execute();
    const newest = new Map<string, string>();
    for (const { meeting_id, json } of versions) if (!newest.has(meeting_id)) newest.set(meeting_id, json);
    for (const [id, json] of newest) {
      const { items } = JSON.parse(json) as Pick<NoticeDocument, 'items'>;
      const numbers = Object.fromEntries(items.flatMap((item) => (item.number === '' ? [] : [[item.id, item.number]])));
      await db
        .updateTable('meeting')
        .set({ notice_numbers: JSON.stringify(numbers) })
        .where('id', '=', id)
        .execute();
    }
  },
};
