/**
 * Why this file exists: lists of speakers in SQL. Each step is one transaction: whoever leaves the list has the floor in the
 * same commit, and whoever had it has spoken.
 */
import type { Kysely, Transaction } from 'kysely';
import { EMPTY_FLOOR, type Floor, type Turn, type TurnKind, type Waiting } from '#shared/floor/floor.ts';
import type { Id } from '#shared/ids.ts';
import type { FloorSituation, FloorStore } from '../floor/ports.ts';
import { loadMeeting } from './meeting-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

const kindOf = (kind: string): TurnKind => (kind === 'rejoinder' ? 'rejoinder' : 'speech');

async function waitingOf(db: Db, meetingId: Id): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('floor_request')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    kind: kindOf(row.kind),
    itemId: row.item_id,
    at: row.at,
  }));
}

async function turnsOf(db: Db, meetingId: Id): Promise<Turn[]> {
  const rows = await db
    .selectFrom('floor_turn')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    person: row.person,
    kind: kindOf(row.kind),
    itemId: row.item_id,
    from: row.from_at,
    to: row.to_at,
    seconds: row.seconds,
  }));
}

async function floorOf(db: Db, meetingId: Id): Promise<Floor> {
  const row = await db.selectFrom('floor').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
  if (!row) return EMPTY_FLOOR;
  return {
    version: row.version,
    step: row.step,
    line: row.line_drawn === 1 ? { itemId: row.line_item } : null,
    rules: {
      speechSeconds: row.speech_seconds,
      rejoinderSeconds: row.rejoinder_seconds,
      newSpeakersFirst: row.new_first === 1,
      guests: row.guests === 1,
    },
    waiting: await waitingOf(db, meetingId),
    turns: await turnsOf(db, meetingId),
  };
}

async function situationOf(db: Db, meetingId: Id): Promise<FloorSituation | null> {
  const meeting = await loadMeeting(db, meetingId);
  return meeting && { meeting, floor: await floorOf(db, meetingId) };
}

async function saveFloor(trx: Trx, meetingId: Id, { version, step, line, rules }: Floor): Promise<void> {
  const row = {
    version,
    step,
    line_drawn: line ? 1 : 0,
    line_item: line?.itemId ?? null,
    speech_seconds: rules.speechSeconds,
    rejoinder_seconds: rules.rejoinderSeconds,
    new_first: rules.newSpeakersFirst ? 1 : 0,
    guests: rules.guests ? 1 : 0,
  };
  await trx
    .insertInto('floor')
    .values({ meeting_id: meetingId, ...row })
    .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row))
    .execute();
}

/** A list is short: it is written anew. */
async function saveWaiting(trx: Trx, meetingId: Id, waiting: readonly Waiting[]): Promise<void> {
  await trx.deleteFrom('floor_request').where('meeting_id', '=', meetingId).execute();
  if (waiting.length === 0) return;
  await trx
    .insertInto('floor_request')
    .values(
      waiting.map((one, position) => ({
        id: one.id,
        meeting_id: meetingId,
        person_id: one.personId,
        kind: one.kind,
        item_id: one.itemId,
        at: one.at,
        position,
      })),
    )
    .execute();
}

/** Turns only come, and end: what has been said stays as it was. */
async function saveTurns(trx: Trx, meetingId: Id, before: readonly Turn[], after: readonly Turn[]): Promise<void> {
  for (const [position, turn] of after.entries()) {
    const known = before[position];
    if (known && known.to !== turn.to)
      await trx.updateTable('floor_turn').set({ to_at: turn.to }).where('id', '=', turn.id).execute();
    if (!known)
      await trx
        .insertInto('floor_turn')
        .values({
          id: turn.id,
          meeting_id: meetingId,
          person_id: turn.personId,
          person: turn.person,
          kind: turn.kind,
          item_id: turn.itemId,
          from_at: turn.from,
          to_at: turn.to,
          seconds: turn.seconds,
          position,
        })
        .execute();
  }
}

/** A guest's turns, and their place in the line, go over to the person they turned out to be, who has one place as well. */
export async function handOverFloor(trx: Trx, meetingId: Id, guestId: Id, personId: Id): Promise<void> {
  const before = await floorOf(trx, meetingId);
  const theirs = (one: { personId: Id }): boolean => one.personId === guestId;
  if (!before.waiting.some(theirs) && !before.turns.some(theirs)) return;
  const over = before.waiting.map((one) => (theirs(one) ? { ...one, personId } : one));
  const first = (one: Waiting, at: number) =>
    over.findIndex(({ personId: id, kind }) => id === one.personId && kind === one.kind) === at;
  await saveWaiting(trx, meetingId, over.filter(first));
  await trx
    .updateTable('floor_turn')
    .set({ person_id: personId })
    .where('meeting_id', '=', meetingId)
    .where('person_id', '=', guestId)
    .execute();
  await saveFloor(trx, meetingId, { ...before, version: before.version + 1 });
}

/** Lists of speakers in the database `db`. */
export function sqlFloorStore(db: Database): FloorStore {
  return {
    situation: (meetingId) => db.connection().execute((held) => situationOf(held, meetingId)),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await situationOf(trx, meetingId);
        if (!before) return null;
        const decided = decide(before);
        if (decided === before.floor) return { ...before, changed: false };
        const floor = { ...decided, version: before.floor.version + 1 };
        await saveFloor(trx, meetingId, floor);
        if (floor.waiting !== before.floor.waiting) await saveWaiting(trx, meetingId, floor.waiting);
        if (floor.turns !== before.floor.turns) await saveTurns(trx, meetingId, before.floor.turns, floor.turns);
        return { meeting: before.meeting, floor, changed: true };
      }),
  };
}
