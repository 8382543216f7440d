/** Why this file exists: the records of imported protocols in SQL: one value per meeting, written once. */
import type { ImportedRecord } from '#shared/imports/record.ts';
import type { ImportedStore } from '../imports/ports.ts';
import type { Migration } from './migrate.ts';
import type { Database } from './sqlite.ts';

/** A row of `imported`. */
export interface ImportedTable {
  meeting_id: string;
  /** JSON of an ImportedRecord's two documents. */
  record: string;
  at: number;
  by_name: string;
}

/** The step that makes the table. The record is written before its meeting, so it names it without a constraint. */
export const imported: Migration = {
  name: '021-imported',
  async up(db) {
    await db.schema
      .createTable('imported')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey())
      .addColumn('record', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('by_name', 'text', (c) => c.notNull())
      .execute();
  },
};

/** Records of imported protocols in the database `db`. */
export function sqlImportedStore(db: Database): ImportedStore {
  return {
    async insert(meetingId, { document, base, at, by }) {
      await db
        .insertInto('imported')
        .values({ meeting_id: meetingId, record: JSON.stringify({ document, base }), at, by_name: by })
        .execute();
    },
    async get(meetingId) {
      const row = await db.selectFrom('imported').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
      return row
        ? { ...(JSON.parse(row.record) as Pick<ImportedRecord, 'document' | 'base'>), at: row.at, by: row.by_name }
        : null;
    },
    async origin(meetingId) {
      const row = await db
        .selectFrom('imported')
        .select(['at', 'by_name as by'])
        .where('meeting_id', '=', meetingId)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}
