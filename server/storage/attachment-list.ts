/** Why this file exists: the list of a meeting's attachments as a row: what changes it and what cleans up read and write it alike. */
import type { Kysely, Transaction } from 'kysely';
import { type AttachmentEntry, type Attachments, NO_ATTACHMENTS } from '#shared/attachments/attachment.ts';
import type { Id } from '#shared/ids.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

/** What a meeting has, inside whatever transaction asks. */
export async function loadAttachments(db: Db, meetingId: Id): Promise<Attachments> {
  const row = await db.selectFrom('attachment_list').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
  if (!row) return NO_ATTACHMENTS;
  return { entries: JSON.parse(row.data) as AttachmentEntry[], frozenAt: row.frozen_at, version: row.version };
}

/** Writes the value as it is, the version included. */
export async function saveAttachments(trx: Trx, meetingId: Id, of: Attachments): Promise<void> {
  const row = { version: of.version, frozen_at: of.frozenAt, data: JSON.stringify(of.entries) };
  await trx
    .insertInto('attachment_list')
    .values({ meeting_id: meetingId, ...row })
    .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row))
    .execute();
}
