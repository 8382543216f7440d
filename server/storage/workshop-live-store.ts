/**
 * Why this file exists: raised hands and messages in SQL. One row a group, one row a message, and of these only so many.
 */
import type { WorkshopLiveStore } from '../workshops/ports.ts';
import type { Database } from './sqlite.ts';

/** What is said in workshops, in the database `db`. */
export function sqlWorkshopLiveStore(db: Database): WorkshopLiveStore {
  return {
    async hands(workshopId) {
      const rows = await db
        .selectFrom('workshop_hand')
        .select(['group_id', 'person_id', 'at', 'note'])
        .where('workshop_id', '=', workshopId)
        .orderBy('at')
        .orderBy('group_id')
        .execute();
      return rows.map((row) => ({ groupId: row.group_id, personId: row.person_id, at: row.at, note: row.note }));
    },
    async raise(workshopId, { groupId, personId, at, note }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('workshop_hand')
        .values({ workshop_id: workshopId, group_id: groupId, person_id: personId, at, note })
        .onConflict((conflict) => conflict.columns(['workshop_id', 'group_id']).doNothing())
        .executeTakeFirstOrThrow();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async lower(workshopId, groupId) {
      const { numDeletedRows } = await db
        .deleteFrom('workshop_hand')
        .where('workshop_id', '=', workshopId)
        .where('group_id', '=', groupId)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async messages(workshopId) {
      const rows = await db
        .selectFrom('workshop_message')
        .select(['id', 'group_id', 'text', 'at', 'person_id'])
        .where('workshop_id', '=', workshopId)
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        groupId: row.group_id,
        text: row.text,
        at: row.at,
        personId: row.person_id,
      }));
    },
    say: (workshopId, { id, groupId, text, at, personId }, keep) =>
      db.transaction().execute(async (trx) => {
        await trx
          .insertInto('workshop_message')
          .values({ id, workshop_id: workshopId, group_id: groupId, text, at, person_id: personId })
          .execute();
        const oldest = await trx
          .selectFrom('workshop_message')
          .select('seq')
          .where('workshop_id', '=', workshopId)
          .orderBy('seq', 'desc')
          .offset(keep - 1)
          .limit(1)
          .executeTakeFirst();
        if (oldest)
          await trx
            .deleteFrom('workshop_message')
            .where('workshop_id', '=', workshopId)
            .where('seq', '<', oldest.seq)
            .execute();
      }),
  };
}
