/** Why this file exists: what is to be done after meetings, in SQL: one value each, changed whole in one transaction. */
import type { Kysely, Transaction } from 'kysely';
import type { ActionItem } from '#shared/decisions/action.ts';
import type { Id } from '#shared/ids.ts';
import type { ActionStore } from '../decisions/ports.ts';
import { loadMeeting } from './meeting-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

async function actionsOf(db: Kysely<Schema> | Transaction<Schema>, meetingId: Id): Promise<ActionItem[]> {
  const rows = await db.selectFrom('action_item').select('data').where('meeting_id', '=', meetingId).execute();
  return rows.map(({ data }) => JSON.parse(data) as ActionItem);
}

/** What is to be done, in the database `db`. */
export function sqlActionStore(db: Database): ActionStore {
  return {
    ofMeeting: (meetingId) => actionsOf(db, meetingId),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return null;
        const actions = await actionsOf(trx, meetingId);
        const decided = decide({ meeting, actions });
        if ('remove' in decided) {
          await trx.deleteFrom('action_item').where('id', '=', decided.remove).execute();
          return { meeting, actions: await actionsOf(trx, meetingId) };
        }
        const before = actions.find(({ id }) => id === decided.id);
        const after = { ...decided, version: (before?.version ?? 0) + 1 };
        const row = { item_id: after.itemId, version: after.version, data: JSON.stringify(after) };
        await trx
          .insertInto('action_item')
          .values({ id: after.id, meeting_id: meetingId, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
        return { meeting, actions: await actionsOf(trx, meetingId) };
      }),
  };
}
