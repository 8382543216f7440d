/**
 * Why this file exists: meetings in SQL. A change reads the whole meeting, lets the use case decide and writes, all in
 * one transaction that began as a writer: rights are checked against what is true when it is written.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Category, Sitting } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { Phase } from '#shared/policy.ts';
import type {
  ItemLock,
  ItemVisit,
  MeetingChange,
  MeetingHeader,
  MeetingRecord,
  MeetingStore,
  ParticipantRecord,
  ParticipantView,
} from '../meetings/ports.ts';
import { parseRoles } from './roles.ts';
import type { MeetingTable, Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

export type Db = Kysely<Schema> | Transaction<Schema>;

function headerFrom(row: MeetingTable): MeetingHeader {
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    registryNumber: row.registry_number,
    timeZone: row.time_zone,
    phase: row.phase as Phase,
    agendaOpen: row.agenda_open === 1,
    guestsWrite: row.guests_write === 1,
    cancelledAt: row.cancelled_at,
    archivedAt: row.archived_at,
    currentItemId: row.current_item_id,
    version: row.version,
    createdAt: row.created_at,
  };
}

function headerColumns(change: MeetingChange): Partial<MeetingTable> {
  const columns: Partial<MeetingTable> = {};
  if (change.title !== undefined) columns.title = change.title;
  if (change.body !== undefined) columns.body = change.body;
  if (change.registryNumber !== undefined) columns.registry_number = change.registryNumber;
  if (change.timeZone !== undefined) columns.time_zone = change.timeZone;
  if (change.phase !== undefined) columns.phase = change.phase;
  if (change.agendaOpen !== undefined) columns.agenda_open = change.agendaOpen ? 1 : 0;
  if (change.guestsWrite !== undefined) columns.guests_write = change.guestsWrite ? 1 : 0;
  if (change.cancelledAt !== undefined) columns.cancelled_at = change.cancelledAt;
  if (change.archivedAt !== undefined) columns.archived_at = change.archivedAt;
  if (change.currentItemId !== undefined) columns.current_item_id = change.currentItemId;
  return columns;
}

async function sittingsOf(db: Db, meetingId: Id): Promise<Sitting[]> {
  const rows = await db
    .selectFrom('sitting')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    date: row.date,
    start: row.start_time,
    end: row.end_time,
    venue: row.venue,
    room: row.room,
    address: row.address,
    link: row.link,
  }));
}

async function participantsOf(db: Db, meetingId: Id): Promise<ParticipantView[]> {
  const rows = await db
    .selectFrom('participant')
    .innerJoin('person', 'person.id', 'participant.person_id')
    .select([
      'participant.person_id',
      'participant.title',
      'participant.organisation_id',
      'participant.category',
      'participant.party',
      'participant.roles',
      'participant.absence',
      'participant.capacity',
      'person.name',
      'person.colour',
      'person.password',
      'person.is_admin',
      'person.disabled',
      'person.guest_of',
      'person.is_screen',
    ])
    .where('participant.meeting_id', '=', meetingId)
    .orderBy('participant.position')
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    title: row.title,
    organisationId: row.organisation_id,
    category: row.category as Category,
    party: row.party,
    roles: parseRoles(row.roles),
    absence: row.absence,
    capacity: row.capacity,
    name: row.name,
    colour: row.colour,
    hasAccount: row.password !== null,
    isAdmin: row.is_admin === 1,
    disabled: row.disabled === 1,
    isGuest: (row.guest_of ?? null) !== null && row.is_screen !== 1,
  }));
}

/** The meeting as it is in this transaction, or `null`. */
export async function loadMeeting(db: Db, id: Id): Promise<MeetingRecord | null> {
  const row = await db.selectFrom('meeting').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const locks = await db.selectFrom('item_lock').selectAll().where('meeting_id', '=', id).orderBy('item_id').execute();
  const visits = await db
    .selectFrom('item_visit')
    .selectAll()
    .where('meeting_id', '=', id)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return {
    ...headerFrom(row),
    sittings: await sittingsOf(db, id),
    noticeNumbers: JSON.parse(row.notice_numbers) as Record<Id, string>,
    participants: await participantsOf(db, id),
    locks: locks.map((l) => ({
      itemId: l.item_id,
      at: l.locked_at,
      by: l.locked_by,
      reason: l.reason,
      decided: l.decided === 1,
    })),
    visits: visits.map((v) => ({ itemId: v.item_id, from: v.from_at, to: v.to_at })),
  };
}

async function writeSittings(trx: Transaction<Schema>, meetingId: Id, sittings: readonly Sitting[]): Promise<void> {
  await trx.deleteFrom('sitting').where('meeting_id', '=', meetingId).execute();
  for (const [position, s] of sittings.entries())
    await trx
      .insertInto('sitting')
      .values({
        meeting_id: meetingId,
        id: s.id,
        position,
        date: s.date,
        start_time: s.start,
        end_time: s.end,
        venue: s.venue,
        room: s.room,
        address: s.address,
        link: s.link,
      })
      .execute();
}

async function writeParticipants(
  trx: Transaction<Schema>,
  meetingId: Id,
  participants: readonly ParticipantRecord[],
): Promise<void> {
  await trx.deleteFrom('participant').where('meeting_id', '=', meetingId).execute();
  for (const [position, p] of participants.entries())
    await trx
      .insertInto('participant')
      .values({
        meeting_id: meetingId,
        person_id: p.personId,
        title: p.title,
        organisation_id: p.organisationId,
        category: p.category,
        party: p.party,
        roles: JSON.stringify(p.roles),
        absence: p.absence,
        capacity: p.capacity,
        position,
      })
      .execute();
  // A guest who takes no part any more has nowhere to be: no session outlives the place it was for.
  await trx
    .deleteFrom('session')
    .where('user_id', 'in', (eb) =>
      eb
        .selectFrom('person')
        .select('person.id')
        .where('person.guest_of', '=', meetingId)
        .where('person.id', 'not in', (inner) =>
          inner.selectFrom('participant').select('person_id').where('meeting_id', '=', meetingId),
        )
        .where('person.id', 'not in', (inner) => inner.selectFrom('guest_lobby').select('person_id')),
    )
    .execute();
}

/** Writes a meeting's locks anew. */
export async function writeLocks(trx: Transaction<Schema>, meetingId: Id, locks: readonly ItemLock[]): Promise<void> {
  await trx.deleteFrom('item_lock').where('meeting_id', '=', meetingId).execute();
  for (const lock of locks)
    await trx
      .insertInto('item_lock')
      .values({
        meeting_id: meetingId,
        item_id: lock.itemId,
        locked_at: lock.at,
        locked_by: lock.by,
        reason: lock.reason,
        decided: lock.decided ? 1 : 0,
      })
      .execute();
}

async function writeVisits(trx: Transaction<Schema>, meetingId: Id, visits: readonly ItemVisit[]): Promise<void> {
  await trx.deleteFrom('item_visit').where('meeting_id', '=', meetingId).execute();
  for (const visit of visits)
    await trx
      .insertInto('item_visit')
      .values({ id: newId(), meeting_id: meetingId, item_id: visit.itemId, from_at: visit.from, to_at: visit.to })
      .execute();
}

/** Meetings in the database `db`. */
export function sqlMeetingStore(db: Database): MeetingStore {
  return {
    insert: (meeting) =>
      db.transaction().execute(async (trx) => {
        await trx
          .insertInto('meeting')
          .values({
            id: meeting.id,
            title: meeting.title,
            body: meeting.body,
            registry_number: meeting.registryNumber,
            time_zone: meeting.timeZone,
            phase: meeting.phase,
            agenda_open: meeting.agendaOpen ? 1 : 0,
            guests_write: meeting.guestsWrite ? 1 : 0,
            cancelled_at: meeting.cancelledAt,
            archived_at: meeting.archivedAt,
            current_item_id: meeting.currentItemId,
            version: 1,
            notice_numbers: JSON.stringify(meeting.noticeNumbers),
            created_at: meeting.createdAt,
          })
          .execute();
        await writeSittings(trx, meeting.id, meeting.sittings);
        await writeParticipants(trx, meeting.id, meeting.participants);
      }),
    // The one connection is held meanwhile, so the parts belong together; no transaction, so that reading never waits
    // for the journal's lock.
    get: (id) => db.connection().execute((held) => loadMeeting(held, id)),
    ofPerson: (personId) =>
      db.connection().execute(async (held) => {
        const rows = await held
          .selectFrom('participant')
          .innerJoin('meeting', 'meeting.id', 'participant.meeting_id')
          .select('meeting.id')
          .where('participant.person_id', '=', personId)
          .orderBy('meeting.created_at', 'desc')
          .orderBy('meeting.id')
          .execute();
        const meetings: MeetingRecord[] = [];
        for (const { id } of rows) {
          const meeting = await loadMeeting(held, id);
          if (meeting) meetings.push(meeting);
        }
        return meetings;
      }),
    change: (id, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await loadMeeting(trx, id);
        if (!before) return null;
        const change = decide(before);
        await trx
          .updateTable('meeting')
          .set({ ...headerColumns(change), version: before.version + 1 })
          .where('id', '=', id)
          .execute();
        if (change.sittings) await writeSittings(trx, id, change.sittings);
        if (change.participants) await writeParticipants(trx, id, change.participants);
        if (change.locks) await writeLocks(trx, id, change.locks);
        if (change.visits) await writeVisits(trx, id, change.visits);
        const after = await loadMeeting(trx, id);
        if (!after) throw new Error('A meeting vanished inside its own transaction');
        return { before, after };
      }),
  };
}
