/** Why this file exists: the tables of attachments and their bytes, and the step that brings them into the database. */
import type { Migration } from './migrate.ts';

/** One a meeting, from its first attachment on. */
export interface AttachmentListTable {
  meeting_id: string;
  version: number;
  frozen_at: number | null;
  /** JSON of the entries (shared/attachments/attachment.ts). */
  data: string;
}

/** A file that is whole. */
export interface AttachmentFileTable {
  id: string;
  meeting_id: string;
  size: number;
  sha256: string;
  at: number;
}

/** A piece of a file, or of an upload that may become one. */
export interface AttachmentPieceTable {
  file_id: string;
  n: number;
  bytes: Uint8Array;
}

export interface AttachmentUploadTable {
  person_id: string;
  upload_id: string;
  meeting_id: string;
  item_id: string;
  file_id: string;
  name: string;
  size: number;
  before_id: string | null;
  received: number;
  done: number;
  at: number;
}

export const attachments: Migration = {
  name: '018-attachments',
  async up(db) {
    await db.schema
      .createTable('attachment_list')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('frozen_at', 'bigint')
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('attachment_file')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('size', 'bigint', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('attachment_file_meeting').on('attachment_file').column('meeting_id').execute();
    // In the database, so that a backup has the bytes that its list names. No reference: a piece comes before its file.
    await db.schema
      .createTable('attachment_piece')
      .addColumn('file_id', 'text', (c) => c.notNull())
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('bytes', 'blob', (c) => c.notNull())
      .addPrimaryKeyConstraint('attachment_piece_key', ['file_id', 'n'])
      .execute();
    await db.schema
      .createTable('attachment_upload')
      .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
      .addColumn('upload_id', 'text', (c) => c.notNull())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (c) => c.notNull())
      .addColumn('file_id', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('size', 'bigint', (c) => c.notNull())
      .addColumn('before_id', 'text')
      .addColumn('received', 'bigint', (c) => c.notNull())
      .addColumn('done', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('attachment_upload_key', ['person_id', 'meeting_id', 'upload_id'])
      .execute();
    await db.schema.createIndex('attachment_upload_meeting').on('attachment_upload').column('meeting_id').execute();
  },
};
