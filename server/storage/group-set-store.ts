/** Why this file exists: saved groups in SQL. A set is written once and read whole, so its groups are one value. */
import type { GroupSet } from '#shared/workshop/group-sets.ts';
import type { GroupSetStore } from '../workshops/ports.ts';
import type { Migration } from './migrate.ts';
import type { Database } from './sqlite.ts';

/** A row of `group_set`. */
export interface GroupSetTable {
  id: string;
  meeting_id: string;
  name: string;
  at: number;
  /** JSON. */
  groups: string;
}

/** The step that makes the table. */
export const groupSets: Migration = {
  name: '011-group-sets',
  async up(db) {
    await db.schema
      .createTable('group_set')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('cascade'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('groups', 'text', (c) => c.notNull())
      .addUniqueConstraint('group_set_name', ['meeting_id', 'name'])
      .execute();
  },
};

/** Saved groups in the database `db`. */
export function sqlGroupSetStore(db: Database): GroupSetStore {
  return {
    async list(meetingId) {
      const rows = await db
        .selectFrom('group_set')
        .select(['id', 'name', 'at', 'groups'])
        .where('meeting_id', '=', meetingId)
        .orderBy('name')
        .execute();
      return rows.map(({ groups, ...set }) => ({ ...set, groups: JSON.parse(groups) as GroupSet['groups'] }));
    },
    add: (meetingId, { groups, ...set }, most) =>
      db.transaction().execute(async (trx) => {
        const known = await trx.selectFrom('group_set').select('name').where('meeting_id', '=', meetingId).execute();
        if (known.some(({ name }) => name === set.name)) return 'exists';
        if (known.length >= most) return 'full';
        await trx
          .insertInto('group_set')
          .values({ ...set, meeting_id: meetingId, groups: JSON.stringify(groups) })
          .execute();
        return 'added';
      }),
    async remove(meetingId, setId) {
      const { numDeletedRows } = await db
        .deleteFrom('group_set')
        .where('meeting_id', '=', meetingId)
        .where('id', '=', setId)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}
