/**
 * Why this file exists: the sign-off in SQL. What seals a protocol (its text, the meeting's phase, the line in the log) is
 * one transaction, so that a crash leaves all of it or none.
 */
import { sql } from 'kysely';
import { type Id, newId } from '#shared/ids.ts';
import type { PartId } from '#shared/signoff/parts.ts';
import { NO_SIGN_OFF, type SignOff } from '#shared/signoff/signoff.ts';
import type { Language } from '#shared/terms.ts';
import type { Correction, Dispatch, MinutesRevision, SignOffEvent, SignOffStore } from '../signoff/ports.ts';
import { type Db, loadMeeting } from './meeting-store.ts';
import type { MinutesCorrectionTable, MinutesDispatchTable, MinutesRevisionTable } from './signoff-tables.ts';
import type { Database } from './sqlite.ts';

/** The sign-offs of protocols in the database `db`. */
export function sqlSignOffStore(db: Database): SignOffStore {
  async function load(trx: Db, meetingId: Id): Promise<SignOff> {
    const row = await trx.selectFrom('signoff').select('data').where('meeting_id', '=', meetingId).executeTakeFirst();
    return row ? (JSON.parse(row.data) as SignOff) : NO_SIGN_OFF;
  }
  async function isSealed(trx: Db, meetingId: Id): Promise<boolean> {
    const row = await trx
      .selectFrom('minutes_revision')
      .select('n')
      .where('meeting_id', '=', meetingId)
      .executeTakeFirst();
    return row !== undefined;
  }
  async function log(trx: Db, meetingId: Id, events: readonly SignOffEvent[]): Promise<void> {
    if (events.length === 0) return;
    const last = await trx
      .selectFrom('minutes_event')
      .select(({ fn }) => fn.max<number | null>('seq').as('seq'))
      .where('meeting_id', '=', meetingId)
      .executeTakeFirstOrThrow();
    for (const [i, { personId, ...event }] of events.entries())
      await trx
        .insertInto('minutes_event')
        .values({ id: newId(), seq: (last.seq ?? 0) + 1 + i, meeting_id: meetingId, person_id: personId, ...event })
        .execute();
  }
  const changes = async (trx: Db): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select total_changes() as n`.execute(trx);
    return rows[0]?.n ?? 0;
  };

  return {
    get: (meetingId) => load(db, meetingId),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return false;
        const change = decide(await load(trx, meetingId), meeting, await isSealed(trx, meetingId));
        if (!change) return true;
        const data = JSON.stringify(change.signOff);
        await trx
          .insertInto('signoff')
          .values({ meeting_id: meetingId, data })
          .onConflict((clash) => clash.column('meeting_id').doUpdateSet({ data }))
          .execute();
        await log(trx, meetingId, change.events);
        if (change.lock) {
          const { itemId, at, by, reason } = change.lock;
          await trx
            .insertInto('item_lock')
            .values({ meeting_id: meetingId, item_id: itemId, locked_at: at, locked_by: by, reason })
            .onConflict((clash) => clash.doNothing())
            .execute();
          await trx
            .updateTable('meeting')
            .set({ version: meeting.version + 1 })
            .where('id', '=', meetingId)
            .execute();
        }
        return true;
      }),
    mark: () => changes(db),
    seal: (meetingId, mark, decide) =>
      db.transaction().execute(async (trx) => {
        // Before anything of this transaction is written.
        if ((await changes(trx)) !== mark) return 'moved';
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return 'missing';
        const { revision, event } = decide(await load(trx, meetingId), meeting);
        const { personId, guests, ...rest } = revision;
        await trx
          .insertInto('minutes_revision')
          .values({ meeting_id: meetingId, person_id: personId, guests: JSON.stringify(guests), ...rest })
          .execute();
        await trx
          .updateTable('meeting')
          .set({ phase: 'verified', current_item_id: null, version: meeting.version + 1 })
          .where('id', '=', meetingId)
          .execute();
        await log(trx, meetingId, [event]);
        return 'sealed';
      }),
    async revision(meetingId, n) {
      const row = await db
        .selectFrom('minutes_revision')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .where('n', '=', n)
        .executeTakeFirst();
      return row ? revisionFrom(row) : null;
    },
    async corrections(meetingId) {
      const rows = await db
        .selectFrom('minutes_correction')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .orderBy('n')
        .execute();
      return rows.map(correctionFrom);
    },
    correct: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return null;
        const given = decide(meeting, await isSealed(trx, meetingId));
        const { n } = await trx
          .selectFrom('minutes_correction')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('meeting_id', '=', meetingId)
          .executeTakeFirstOrThrow();
        const correction: Correction = { ...given, n: n + 1 };
        const { personId, itemId, ...rest } = correction;
        await trx
          .insertInto('minutes_correction')
          .values({ meeting_id: meetingId, person_id: personId, item_id: itemId, ...rest })
          .execute();
        const { at, person, text } = correction;
        await log(trx, meetingId, [{ at, personId, person, kind: 'corrected', part: itemId ?? '', detail: text }]);
        return correction;
      }),
    async dispatches(meetingId) {
      const rows = await db
        .selectFrom('minutes_dispatch')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .orderBy('at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(dispatchFrom);
    },
    dispatch: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return null;
        const given = decide(meeting, await isSealed(trx, meetingId));
        const { personId, to, ...rest } = given;
        await trx
          .insertInto('minutes_dispatch')
          .values({ meeting_id: meetingId, person_id: personId, receiver: to, ...rest })
          .execute();
        const { at, person, sha256 } = given;
        await log(trx, meetingId, [{ at, personId, person, kind: 'dispatched', part: '', detail: `${to} ${sha256}` }]);
        return given;
      }),
    async events(meetingId) {
      const rows = await db
        .selectFrom('minutes_event')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .orderBy('seq', 'desc')
        .execute();
      return rows.map(({ at, person_id, person, kind, part, detail }) => ({
        at,
        personId: person_id,
        person,
        kind: kind as SignOffEvent['kind'],
        part: part as PartId | '',
        detail,
      }));
    },
  };
}

function revisionFrom({ meeting_id: _, person_id, guests, language, ...row }: MinutesRevisionTable): MinutesRevision {
  return { ...row, personId: person_id, language: language as Language, guests: JSON.parse(guests) as string[] };
}
function correctionFrom({ meeting_id: _, person_id, item_id, ...row }: MinutesCorrectionTable): Correction {
  return { ...row, personId: person_id, itemId: item_id };
}
function dispatchFrom({ meeting_id: _, person_id, receiver, ...row }: MinutesDispatchTable): Dispatch {
  return { ...row, personId: person_id, to: receiver };
}
