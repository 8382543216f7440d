/**
 * Why this file exists: notices in SQL: what is prepared and answered as one value a meeting, each published version as the
 * bytes it was, each mail as a row of its own with its state. Nothing here writes a version twice.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Id } from '#shared/ids.ts';
import type { MailState } from '#shared/notice/mail.ts';
import {
  type MailStore,
  NO_NOTICE,
  type NoticeMail,
  type NoticeRecord,
  type NoticeSituation,
  type NoticeStore,
  type NoticeVersion,
} from '../notice/ports.ts';
import { loadMeeting } from './meeting-store.ts';
import type { NoticeMailTable, NoticeVersionTable } from './notice-tables.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;

async function loadNotice(db: Db, meetingId: Id): Promise<NoticeRecord> {
  const row = await db.selectFrom('notice').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
  return row ? { ...(JSON.parse(row.data) as Omit<NoticeRecord, 'version'>), version: row.version } : NO_NOTICE;
}

async function situationOf(db: Db, meetingId: Id): Promise<NoticeSituation | null> {
  const meeting = await loadMeeting(db, meetingId);
  if (!meeting) return null;
  const last = await db
    .selectFrom('notice_version')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  return { meeting, record: await loadNotice(db, meetingId), last: Number(last?.last ?? 0) };
}

const versionFrom = (row: NoticeVersionTable): NoticeVersion => ({
  number: row.number,
  json: row.json,
  sha256: row.sha256,
  at: row.at,
  by: row.by,
  mailed: row.mailed === 1,
});

const mailFrom = (row: NoticeMailTable): NoticeMail => ({
  id: row.id,
  meetingId: row.meeting_id,
  number: row.number,
  personId: row.person_id,
  address: row.address,
  state: row.state as MailState,
  reason: row.reason,
  attempts: row.attempts,
  at: row.at,
  nextAt: row.next_at,
});

/** Notices, their versions and the links to answer by, in the database `db`. */
export function sqlNoticeStore(db: Database): NoticeStore {
  return {
    get: (meetingId) => db.connection().execute((held) => situationOf(held, meetingId)),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await situationOf(trx, meetingId);
        if (!before) return null;
        const { version, ...was } = before.record;
        const { message, replyBy, leftOut, replies } = decide(before);
        const after = { message, replyBy, leftOut, replies };
        const data = JSON.stringify(after);
        if (
          data ===
          JSON.stringify({ message: was.message, replyBy: was.replyBy, leftOut: was.leftOut, replies: was.replies })
        )
          return { ...before, changed: false };
        const record: NoticeRecord = { ...after, version: version + 1 };
        await trx
          .insertInto('notice')
          .values({ meeting_id: meetingId, version: record.version, data })
          .onConflict((clash) => clash.column('meeting_id').doUpdateSet({ version: record.version, data }))
          .execute();
        return { ...before, record, changed: true };
      }),
    publish: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await situationOf(trx, meetingId);
        if (!before) return null;
        const { version, mails, numbers } = decide(before);
        const number = before.last + 1;
        await trx
          .insertInto('notice_version')
          .values({ meeting_id: meetingId, number, ...version, mailed: version.mailed ? 1 : 0 })
          .execute();
        for (const { id, personId, address } of mails)
          await trx
            .insertInto('notice_mail')
            .values({
              id,
              meeting_id: meetingId,
              number,
              person_id: personId,
              address,
              state: 'queued',
              reason: '',
              attempts: 0,
              at: version.at,
              next_at: 0,
            })
            .execute();
        await trx
          .updateTable('meeting')
          .set({ notice_numbers: JSON.stringify(numbers), version: before.meeting.version + 1 })
          .where('id', '=', meetingId)
          .execute();
        const meeting = { ...before.meeting, noticeNumbers: numbers, version: before.meeting.version + 1 };
        return { ...before, meeting, last: number };
      }),
    versions: async (meetingId) =>
      (
        await db
          .selectFrom('notice_version')
          .selectAll()
          .where('meeting_id', '=', meetingId)
          .orderBy('number')
          .execute()
      ).map(versionFrom),
    async version(meetingId, number) {
      const row = await db
        .selectFrom('notice_version')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .where('number', '=', number)
        .executeTakeFirst();
      return row ? versionFrom(row) : null;
    },
    mails: async (meetingId) =>
      (
        await db.selectFrom('notice_mail').selectAll().where('meeting_id', '=', meetingId).orderBy('number').execute()
      ).map(mailFrom),
    async requeue(mailId, address, now) {
      const result = await db
        .updateTable('notice_mail')
        .set({ state: 'queued', reason: '', attempts: 0, address, at: now, next_at: 0 })
        .where('id', '=', mailId)
        .where('state', 'in', ['refused', 'uncertain'])
        .executeTakeFirst();
      return Number(result.numUpdatedRows) === 1;
    },
    async putLink(tokenHash, { meetingId, personId, at }) {
      await db
        .insertInto('notice_link')
        .values({ token_hash: tokenHash, meeting_id: meetingId, person_id: personId, at })
        .execute();
    },
    async link(tokenHash) {
      const row = await db.selectFrom('notice_link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row ? { meetingId: row.meeting_id, personId: row.person_id } : null;
    },
  };
}

/** The queue of mails in the database `db`. */
export function sqlMailStore(db: Database): MailStore {
  return {
    abandoned: (now, reason) =>
      db.transaction().execute(async (trx) => {
        const rows = await trx.selectFrom('notice_mail').select('meeting_id').where('state', '=', 'sending').execute();
        await trx
          .updateTable('notice_mail')
          .set({ state: 'uncertain', reason, at: now })
          .where('state', '=', 'sending')
          .execute();
        return [...new Set(rows.map(({ meeting_id }) => meeting_id))];
      }),
    claim: (now) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('notice_mail')
          .selectAll()
          .where('state', '=', 'queued')
          .where('next_at', '<=', now)
          .orderBy('next_at')
          .orderBy('id')
          .limit(1)
          .executeTakeFirst();
        if (!row) return null;
        await trx.updateTable('notice_mail').set({ state: 'sending', at: now }).where('id', '=', row.id).execute();
        return mailFrom({ ...row, state: 'sending', at: now });
      }),
    async nextDue() {
      const row = await db
        .selectFrom('notice_mail')
        .select((eb) => eb.fn.min('next_at').as('due'))
        .where('state', '=', 'queued')
        .executeTakeFirst();
      return row?.due === null || row?.due === undefined ? null : Number(row.due);
    },
    async settle(mailId, { state, reason, attempts, nextAt, at }) {
      await db
        .updateTable('notice_mail')
        .set({ state, reason, attempts, next_at: nextAt, at })
        .where('id', '=', mailId)
        .where('state', '=', 'sending')
        .execute();
    },
  };
}
