/**
 * Why this file exists: workshops in SQL. A workshop is read and written whole, as one value; in the same transaction the
 * few rows are written that are asked at the doors of its rooms.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Id } from '#shared/ids.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { WorkshopStore } from '../workshops/ports.ts';
import { loadMeeting } from './meeting-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;

const parse = (row: { data: string }): Workshop => JSON.parse(row.data) as Workshop;

async function load(db: Db, meetingId: Id, itemId: Id): Promise<Workshop | null> {
  const row = await db
    .selectFrom('workshop')
    .select('data')
    .where('meeting_id', '=', meetingId)
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  return row ? parse(row) : null;
}

/** A workshop's row but for its ids. */
export function workshopColumns(workshop: Workshop) {
  return {
    version: workshop.version,
    opened: workshop.opened ? 1 : 0,
    harvest: workshop.harvest,
    summary_final: workshop.summary.status === 'final' ? 1 : 0,
    summary_comments: workshop.summary.comments ? 1 : 0,
    data: JSON.stringify(workshop),
  };
}

/** Writes anew what is asked at the doors of a workshop's rooms. */
export async function writeDoors(trx: Transaction<Schema>, workshop: Workshop): Promise<void> {
  await trx.deleteFrom('breakout_group').where('workshop_id', '=', workshop.id).execute();
  await trx.deleteFrom('workshop_scribe').where('workshop_id', '=', workshop.id).execute();
  const groups = workshop.rounds.flatMap((round) => round.groups);
  if (groups.length > 0)
    await trx
      .insertInto('breakout_group')
      .values(groups.map(({ id, state }) => ({ id, meeting_id: workshop.meetingId, workshop_id: workshop.id, state })))
      .execute();
  const members = groups.flatMap(({ id, members: of }) =>
    of.map((personId) => ({ group_id: id, person_id: personId })),
  );
  if (members.length > 0) await trx.insertInto('group_member').values(members).execute();
  const scribes = workshop.summary.scribes.map((personId) => ({ workshop_id: workshop.id, person_id: personId }));
  if (scribes.length > 0) await trx.insertInto('workshop_scribe').values(scribes).execute();
}

/** Workshops in the database `db`. */
export function sqlWorkshopStore(db: Database): WorkshopStore {
  return {
    get: (meetingId, itemId) => load(db, meetingId, itemId),
    async ofMeeting(meetingId) {
      const rows = await db.selectFrom('workshop').select('data').where('meeting_id', '=', meetingId).execute();
      return rows.map(parse);
    },
    async running() {
      const rows = await db
        .selectFrom('workshop')
        .innerJoin('meeting', 'meeting.id', 'workshop.meeting_id')
        .select('workshop.data')
        .where('meeting.cancelled_at', 'is', null)
        .where('meeting.archived_at', 'is', null)
        .where('meeting.phase', '!=', 'verified')
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('breakout_group')
              .select('breakout_group.id')
              .whereRef('breakout_group.workshop_id', '=', 'workshop.id')
              .where('breakout_group.state', 'in', ['open', 'ending']),
          ),
        )
        .execute();
      return rows.map(parse);
    },
    change: (meetingId, itemId, decide) =>
      db.transaction().execute((trx) => changeWorkshop(trx, meetingId, itemId, decide)),
  };
}

/** The change of a workshop inside a transaction that may write more; see {@link WorkshopStore.change}. */
export async function changeWorkshop(
  trx: Transaction<Schema>,
  ...[meetingId, itemId, decide]: Parameters<WorkshopStore['change']>
): ReturnType<WorkshopStore['change']> {
  const meeting = await loadMeeting(trx, meetingId);
  if (!meeting) return null;
  const before = await load(trx, meetingId, itemId);
  const decided = decide(before, meeting);
  if (decided === before) return { before, after: before, meeting };
  if (decided === null) {
    if (before) await trx.deleteFrom('workshop').where('id', '=', before.id).execute();
    return { before, after: null, meeting };
  }
  const after: Workshop = { ...decided, version: (before?.version ?? 0) + 1 };
  if (before) await trx.updateTable('workshop').set(workshopColumns(after)).where('id', '=', after.id).execute();
  else
    await trx
      .insertInto('workshop')
      .values({ id: after.id, meeting_id: meetingId, item_id: itemId, ...workshopColumns(after) })
      .execute();
  await writeDoors(trx, after);
  return { before, after, meeting };
}
