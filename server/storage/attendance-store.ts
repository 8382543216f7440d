/** Why this file exists: who was there, in SQL: one value a meeting, changed in one transaction. */
import type { Kysely, Transaction } from 'kysely';
import { type Attendance, type AttendanceEntry, NOBODY_YET } from '#shared/attendance/attendance.ts';
import type { Id } from '#shared/ids.ts';
import type { AttendanceSituation, AttendanceStore } from '../attendance/ports.ts';
import { loadMeeting } from './meeting-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

/** What is recorded in a meeting, inside whatever transaction asks. */
export async function loadAttendance(db: Db, meetingId: Id): Promise<Attendance> {
  const row = await db.selectFrom('attendance').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
  return row ? { entries: JSON.parse(row.data) as AttendanceEntry[], version: row.version } : NOBODY_YET;
}

async function save(trx: Trx, meetingId: Id, { entries, version }: Attendance): Promise<void> {
  const row = { version, data: JSON.stringify(entries) };
  await trx
    .insertInto('attendance')
    .values({ meeting_id: meetingId, ...row })
    .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row))
    .execute();
}

async function situationOf(db: Db, meetingId: Id): Promise<AttendanceSituation | null> {
  const meeting = await loadMeeting(db, meetingId);
  return meeting && { meeting, attendance: await loadAttendance(db, meetingId) };
}

/** Presence in the database `db`. */
export function sqlAttendanceStore(db: Database): AttendanceStore {
  return {
    get: (meetingId) => db.connection().execute((held) => situationOf(held, meetingId)),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await situationOf(trx, meetingId);
        if (!before) return null;
        const entries = decide(before);
        // Somebody said what was said already.
        if (JSON.stringify(entries) === JSON.stringify(before.attendance.entries)) return { ...before, changed: false };
        const attendance: Attendance = { entries, version: before.attendance.version + 1 };
        await save(trx, meetingId, attendance);
        return { meeting: before.meeting, attendance, changed: true };
      }),
  };
}

/** What is recorded of a guest who turns out to be somebody in the register becomes theirs; their own record goes before. */
export async function handOverAttendance(trx: Trx, meetingId: Id, guestId: Id, personId: Id): Promise<void> {
  const { entries, version } = await loadAttendance(trx, meetingId);
  const concerns = (entry: AttendanceEntry) => [entry.personId, entry.forPersonId, entry.by].includes(guestId);
  if (!entries.some(concerns)) return;
  const named = (id: Id): Id => (id === guestId ? personId : id);
  const renamed = entries.map((entry) => ({
    ...entry,
    personId: named(entry.personId),
    forPersonId: entry.forPersonId && named(entry.forPersonId),
    by: named(entry.by),
  }));
  // What is later in the list holds.
  const guests = renamed.filter((_, n) => entries[n]?.personId === guestId);
  const others = renamed.filter((_, n) => entries[n]?.personId !== guestId);
  await save(trx, meetingId, { entries: [...guests, ...others], version: version + 1 });
}
