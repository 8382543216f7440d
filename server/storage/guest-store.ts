/**
 * Why this file exists: codes, lobbies and guests in SQL. A change reads the meeting and its guests, lets the use case
 * decide and writes, all in one transaction that began as a writer.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Id } from '#shared/ids.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { GuestAccess, GuestChange, GuestRecord, GuestSituation, GuestStore, NewGuest } from '../guests/ports.ts';
import { withoutTheGuest } from '../guests/workshop-members.ts';
import { voterOf } from '../workshops/voter.ts';
import { handOverAttendance } from './attendance-store.ts';
import { handOverFloor } from './floor-store.ts';
import { loadMeeting } from './meeting-store.ts';
import { insertPerson } from './people-store.ts';
import { parseRoles } from './roles.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';
import { workshopColumns, writeDoors } from './workshop-store.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

/** Thrown to roll back. */
class CodeTaken extends Error {}

async function accessOf(db: Db, meetingId: Id): Promise<GuestAccess | null> {
  const row = await db.selectFrom('guest_access').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
  return row ? { code: row.code, open: row.open === 1, lobby: row.lobby === 1, rotatedAt: row.rotated_at } : null;
}

async function situationOf(db: Db, meetingId: Id): Promise<GuestSituation | null> {
  const meeting = await loadMeeting(db, meetingId);
  if (!meeting) return null;
  const waiting = await db
    .selectFrom('guest_lobby')
    .innerJoin('person', 'person.id', 'guest_lobby.person_id')
    .select(['person.id', 'person.name', 'guest_lobby.organisation_id', 'guest_lobby.organisation', 'guest_lobby.at'])
    .where('guest_lobby.meeting_id', '=', meetingId)
    .orderBy('guest_lobby.at')
    .orderBy('person.id')
    .execute();
  const sessions = await db
    .selectFrom('session')
    .innerJoin('participant', 'participant.person_id', 'session.user_id')
    .select('session.user_id')
    .distinct()
    .where('participant.meeting_id', '=', meetingId)
    // Sessions are in the machine's time.
    .where('session.expires_at', '>', Date.now())
    .execute();
  return {
    meeting,
    access: await accessOf(db, meetingId),
    waiting: waiting.map((row) => ({
      personId: row.id,
      name: row.name,
      organisationId: row.organisation_id,
      organisation: row.organisation,
      at: row.at,
    })),
    signedIn: new Set(sessions.map((row) => row.user_id)),
  };
}

async function writeAccess(trx: Trx, meetingId: Id, access: GuestAccess): Promise<void> {
  const row = {
    code: access.code,
    open: access.open ? 1 : 0,
    lobby: access.lobby ? 1 : 0,
    rotated_at: access.rotatedAt,
  };
  if (access.open) {
    const other = await trx
      .selectFrom('guest_access')
      .select('meeting_id')
      .where('code', '=', access.code)
      .where('open', '=', 1)
      .where('meeting_id', '!=', meetingId)
      .executeTakeFirst();
    if (other) throw new CodeTaken();
  }
  await trx
    .insertInto('guest_access')
    .values({ meeting_id: meetingId, ...row })
    .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row))
    .execute();
}

async function addGuest(trx: Trx, meetingId: Id, guest: NewGuest): Promise<void> {
  const made = await insertPerson(trx, {
    id: guest.personId,
    name: guest.name,
    title: guest.organisation,
    organisationId: guest.organisationId,
    category: 'guest',
    party: '',
    email: null,
    isAdmin: false,
    disabled: false,
    password: null,
    language: guest.language,
    createdAt: guest.at,
  });
  if (typeof made === 'string') throw new Error('A guest cannot be made');
  await trx
    .updateTable('person')
    .set({ guest_of: meetingId, guest_key: guest.keyHash })
    .where('id', '=', guest.personId)
    .execute();
  await trx
    .insertInto('guest_lobby')
    .values({
      person_id: guest.personId,
      meeting_id: meetingId,
      organisation_id: guest.organisationId,
      organisation: guest.organisation,
      at: guest.at,
    })
    .execute();
}

async function admitGuest(trx: Trx, meetingId: Id, personId: Id): Promise<void> {
  const row = await trx
    .selectFrom('guest_lobby')
    .selectAll()
    .where('person_id', '=', personId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  if (!row) return;
  const { last } = await trx
    .selectFrom('participant')
    .select((eb) => eb.fn.max<number | null>('position').as('last'))
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('participant')
    .values({
      meeting_id: meetingId,
      person_id: personId,
      title: row.organisation,
      organisation_id: row.organisation_id,
      category: 'guest',
      party: '',
      roles: JSON.stringify(['guest']),
      absence: '',
      capacity: '',
      position: (last ?? -1) + 1,
    })
    .execute();
  await trx.deleteFrom('guest_lobby').where('person_id', '=', personId).execute();
}

/** Only guests of this meeting are touched, whatever ids come. */
async function endGuests(trx: Trx, meetingId: Id, ids: readonly Id[]): Promise<void> {
  const rows = await trx
    .selectFrom('person')
    .select('id')
    .where('guest_of', '=', meetingId)
    .where('id', 'in', [...ids])
    .execute();
  for (const { id } of rows) {
    const waited = await trx.deleteFrom('guest_lobby').where('person_id', '=', id).executeTakeFirst();
    await trx.deleteFrom('session').where('user_id', '=', id).execute();
    await trx.deleteFrom('participant').where('person_id', '=', id).execute();
    // Who never came in has left no trace, and leaves none.
    if (waited.numDeletedRows > 0n) await trx.deleteFrom('person').where('id', '=', id).execute();
    // The key of a removed guest opens nothing.
    else await trx.updateTable('person').set({ disabled: 1, guest_key: null }).where('id', '=', id).execute();
  }
}

async function recordOf(
  db: Db,
  row: { id: string; guest_of?: string | null } | undefined,
): Promise<GuestRecord | null> {
  const meetingId = row?.guest_of ?? null;
  if (!row || meetingId === null) return null;
  const inside = await db
    .selectFrom('participant')
    .select('roles')
    .where('person_id', '=', row.id)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  // Belongs to the meeting as well, and is no guest.
  if (inside && parseRoles(inside.roles).includes('screen')) return null;
  if (inside) return { personId: row.id, meetingId, state: 'in' };
  const waits = await db
    .selectFrom('guest_lobby')
    .select('person_id')
    .where('person_id', '=', row.id)
    .executeTakeFirst();
  return { personId: row.id, meetingId, state: waits ? 'waiting' : 'gone' };
}

/** One person, one ballot: the guest's becomes the person's, unless the person has cast one as well. */
async function handOverBallots(trx: Trx, meetingId: Id, guestId: Id, personId: Id): Promise<void> {
  const open = await trx
    .selectFrom('vote')
    .select(['id', 'secret'])
    .where('meeting_id', '=', meetingId)
    .where('closed_at', 'is', null)
    .execute();
  for (const { id, secret } of open) {
    if (secret === null) continue;
    const [from, to] = [voterOf(secret, id, guestId), voterOf(secret, id, personId)];
    const own = await trx
      .selectFrom('ballot')
      .select('voter')
      .where('vote_id', '=', id)
      .where('voter', '=', to)
      .executeTakeFirst();
    if (own) await trx.deleteFrom('ballot').where('vote_id', '=', id).where('voter', '=', from).execute();
    else
      await trx.updateTable('ballot').set({ voter: to }).where('vote_id', '=', id).where('voter', '=', from).execute();
  }
}

/** The place among the participants and in every workshop of the meeting goes over to a person of the register. */
async function handOver(trx: Trx, meetingId: Id, guestId: Id, personId: Id): Promise<void> {
  const here = await trx
    .selectFrom('participant')
    .select('person_id')
    .where('meeting_id', '=', meetingId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  const guest = trx.updateTable('participant').where('meeting_id', '=', meetingId).where('person_id', '=', guestId);
  if (here)
    await trx.deleteFrom('participant').where('meeting_id', '=', meetingId).where('person_id', '=', guestId).execute();
  else await guest.set({ person_id: personId }).execute();
  for (const table of ['workshop_hand', 'workshop_message'] as const)
    await trx.updateTable(table).set({ person_id: personId }).where('person_id', '=', guestId).execute();
  await handOverAttendance(trx, meetingId, guestId, personId);
  await handOverFloor(trx, meetingId, guestId, personId);
  await handOverBallots(trx, meetingId, guestId, personId);
  const rows = await trx.selectFrom('workshop').select(['id', 'data']).where('meeting_id', '=', meetingId).execute();
  for (const row of rows) {
    const before = JSON.parse(row.data) as Workshop;
    const after = withoutTheGuest(before, guestId, personId);
    if (after === before) continue;
    await trx.updateTable('workshop').set(workshopColumns(after)).where('id', '=', row.id).execute();
    await writeDoors(trx, after);
  }
}

/** Codes and guests in the database `db`. */
export function sqlGuestStore(db: Database): GuestStore {
  return {
    async meetingOf(code) {
      const row = await db
        .selectFrom('guest_access')
        .select('meeting_id')
        .where('code', '=', code)
        .where('open', '=', 1)
        .executeTakeFirst();
      return row?.meeting_id ?? null;
    },
    situation: (meetingId) => db.connection().execute((held) => situationOf(held, meetingId)),
    guest: (personId) =>
      db.connection().execute(async (held) => {
        const row = await held
          .selectFrom('person')
          .select(['id', 'guest_of'])
          .where('id', '=', personId)
          .executeTakeFirst();
        return recordOf(held, row);
      }),
    byKey: (meetingId, keyHash) =>
      db.connection().execute(async (held) => {
        const row = await held
          .selectFrom('person')
          .select(['id', 'guest_of'])
          .where('guest_of', '=', meetingId)
          .where('guest_key', '=', keyHash)
          .executeTakeFirst();
        return recordOf(held, row);
      }),
    async change(meetingId, decide) {
      try {
        return await db.transaction().execute(async (trx) => {
          const before = await situationOf(trx, meetingId);
          if (!before) return null;
          const change: GuestChange = decide(before);
          if (change.access) await writeAccess(trx, meetingId, change.access);
          if (change.add) await addGuest(trx, meetingId, change.add);
          for (const personId of change.admit ?? []) await admitGuest(trx, meetingId, personId);
          if (change.end && change.end.length > 0) await endGuests(trx, meetingId, change.end);
          // The meeting's version stays: nobody's change of phase fails because guests stream in.
          const after = await situationOf(trx, meetingId);
          if (!after) throw new Error('A meeting vanished inside its own transaction');
          return { before, after };
        });
      } catch (error) {
        if (error instanceof CodeTaken) return 'code-taken';
        throw error;
      }
    },
    claim: (guestId, personId, check) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('person')
          .select(['id', 'guest_of'])
          .where('id', '=', guestId)
          .executeTakeFirst();
        const guest = await recordOf(trx, row);
        const person = await trx
          .selectFrom('person')
          .select('id')
          .where('id', '=', personId)
          .where('guest_of', 'is', null)
          .executeTakeFirst();
        const meeting = guest?.state === 'in' ? await loadMeeting(trx, guest.meetingId) : null;
        if (!guest || !person || !meeting) return 'gone';
        check(meeting);
        await handOver(trx, guest.meetingId, guestId, personId);
        await trx
          .updateTable('person')
          .set({ claimed_by: personId, disabled: 1, guest_key: null })
          .where('id', '=', guestId)
          .execute();
        await trx.deleteFrom('session').where('user_id', '=', guestId).execute();
        await trx.updateTable('meeting').set({ version: sql`version + 1` }).where('id', '=', guest.meetingId).execute();
        return { meetingId: guest.meetingId };
      }),
  };
}
