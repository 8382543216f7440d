/** Why this file exists: how a meeting's protocol is set, in SQL: one small value per meeting. */
import type { MinutesSetting, MinutesStore } from '../minutes/ports.ts';
import { type Db, loadMeeting } from './meeting-store.ts';
import type { Migration } from './migrate.ts';
import type { Database } from './sqlite.ts';

/** A row of `minutes`. */
export interface MinutesTable {
  meeting_id: string;
  /** JSON of a MinutesSetting. */
  setting: string;
}

/** The step that makes the table. */
export const minutes: Migration = {
  name: '016-minutes',
  async up(db) {
    await db.schema
      .createTable('minutes')
      .addColumn('meeting_id', 'text', (c) => c.primaryKey().references('meeting.id').onDelete('cascade'))
      .addColumn('setting', 'text', (c) => c.notNull())
      .execute();
  },
};

const NONE: MinutesSetting = { style: null };
const settingFrom = (row: Pick<MinutesTable, 'setting'> | undefined): MinutesSetting =>
  row ? (JSON.parse(row.setting) as MinutesSetting) : NONE;

/** Settings of protocols in the database `db`. */
export function sqlMinutesStore(db: Database): MinutesStore {
  const rowOf = (trx: Db, meetingId: string) =>
    trx.selectFrom('minutes').select('setting').where('meeting_id', '=', meetingId).executeTakeFirst();
  return {
    get: async (meetingId) => settingFrom(await rowOf(db, meetingId)),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return null;
        const after = decide(settingFrom(await rowOf(trx, meetingId)), meeting);
        const setting = JSON.stringify(after);
        await trx
          .insertInto('minutes')
          .values({ meeting_id: meetingId, setting })
          .onConflict((clash) => clash.column('meeting_id').doUpdateSet({ setting }))
          .execute();
        return after;
      }),
  };
}
