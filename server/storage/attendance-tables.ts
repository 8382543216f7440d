/** Why this file exists: the table of who was there, and the step that brings it into the database. */
import type { Migration } from './migrate.ts';

/** One a meeting, from the first time anybody is recorded. */
export interface AttendanceTable {
  meeting_id: string;
  version: number;
  /** JSON of the entries (shared/attendance/attendance.ts). */
  data: string;
}

export const attendances: Migration = {
  name: '015-attendance',
  async up(db) {
    // Read and written whole, as one value: what is said of one person is decided on what is said of all.
    await db.schema
      .createTable('attendance')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
  },
};
