/** Why this file exists: attachments in SQL: a list a meeting, changed in one transaction, and the bytes in pieces beside it. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Attachments } from '#shared/attachments/attachment.ts';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import type { Id } from '#shared/ids.ts';
import type { AttachmentSituation, AttachmentStore, Upload, UploadKey } from '../attachments/ports.ts';
import { loadAttachments, saveAttachments } from './attachment-list.ts';
import { sweepAttachments } from './attachment-sweep.ts';
import type { AttachmentUploadTable } from './attachment-tables.ts';
import { loadMeeting } from './meeting-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

async function situationOf(db: Db, meetingId: Id): Promise<AttachmentSituation | null> {
  const meeting = await loadMeeting(db, meetingId);
  return meeting && { meeting, attachments: await loadAttachments(db, meetingId) };
}

const same = (a: Attachments, b: Attachments): boolean =>
  a.frozenAt === b.frozenAt && JSON.stringify(a.entries) === JSON.stringify(b.entries);

async function decided(
  trx: Trx,
  before: AttachmentSituation,
  after: Attachments,
): Promise<AttachmentSituation & { changed: boolean }> {
  if (same(before.attachments, after)) return { ...before, changed: false };
  const attachments = { ...after, version: before.attachments.version + 1 };
  await saveAttachments(trx, before.meeting.id, attachments);
  return { meeting: before.meeting, attachments, changed: true };
}

function uploadFrom(row: AttachmentUploadTable): Upload {
  return {
    meetingId: row.meeting_id,
    personId: row.person_id,
    uploadId: row.upload_id,
    itemId: row.item_id,
    fileId: row.file_id,
    name: row.name,
    size: row.size,
    before: row.before_id,
    received: row.received,
    done: row.done === 1,
    at: row.at,
  };
}

async function uploadOf(db: Db, { meetingId, personId, uploadId }: UploadKey): Promise<Upload | null> {
  const row = await db
    .selectFrom('attachment_upload')
    .selectAll()
    .where('person_id', '=', personId)
    .where('upload_id', '=', uploadId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  return row ? uploadFrom(row) : null;
}

function updateUpload(trx: Trx, { fileId }: Upload, values: Partial<AttachmentUploadTable>) {
  return trx.updateTable('attachment_upload').set(values).where('file_id', '=', fileId).execute();
}

/** What the meeting's files and its uploads that are not done come to. */
async function bytesOf(trx: Trx, meetingId: Id): Promise<number> {
  const sum = sql<number | null>`sum(size)`.as('bytes');
  const files = await trx
    .selectFrom('attachment_file')
    .select(sum)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  const open = await trx
    .selectFrom('attachment_upload')
    .select(sum)
    .where('meeting_id', '=', meetingId)
    .where('done', '=', 0)
    .executeTakeFirst();
  return (files?.bytes ?? 0) + (open?.bytes ?? 0);
}

async function openUploads(trx: Trx, personId: Id): Promise<number> {
  const row = await trx
    .selectFrom('attachment_upload')
    .select(sql<number>`count(*)`.as('open'))
    .where('person_id', '=', personId)
    .where('done', '=', 0)
    .executeTakeFirst();
  return row?.open ?? 0;
}

/** Attachments in the database `db`. */
export function sqlAttachmentStore(db: Database): AttachmentStore {
  return {
    get: (meetingId) => db.connection().execute((held) => situationOf(held, meetingId)),
    change: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await situationOf(trx, meetingId);
        return before && decided(trx, before, decide(before));
      }),

    begin: (upload, decide) =>
      db.transaction().execute(async (trx) => {
        const known = await uploadOf(trx, upload);
        if (known) return known;
        const situation = await situationOf(trx, upload.meetingId);
        if (!situation) return null;
        decide(situation, await openUploads(trx, upload.personId), await bytesOf(trx, upload.meetingId));
        const { meetingId, personId, uploadId, itemId, fileId, before, ...rest } = upload;
        await trx
          .insertInto('attachment_upload')
          .values({
            person_id: personId,
            upload_id: uploadId,
            meeting_id: meetingId,
            item_id: itemId,
            file_id: fileId,
            before_id: before,
            received: 0,
            done: 0,
            ...rest,
          })
          .execute();
        return { ...upload, received: 0, done: false };
      }),
    upload: (key) => uploadOf(db, key),
    append: (key, at, piece, now, decide) =>
      db.transaction().execute(async (trx) => {
        const upload = await uploadOf(trx, key);
        const situation = upload && (await situationOf(trx, key.meetingId));
        if (!situation) return null;
        decide(situation, upload);
        if (upload.done || at !== upload.received) return upload;
        await trx
          .insertInto('attachment_piece')
          .values({ file_id: upload.fileId, n: at / PIECE_BYTES, bytes: piece })
          .execute();
        const received = at + piece.byteLength;
        await updateUpload(trx, upload, { received, at: now });
        return { ...upload, received, at: now };
      }),
    finish: (key, file, decide) =>
      db.transaction().execute(async (trx) => {
        const upload = await uploadOf(trx, key);
        const situation = upload && (await situationOf(trx, key.meetingId));
        if (!situation) return null;
        if (upload.done) return situation;
        const after = decide(situation, upload);
        await trx
          .insertInto('attachment_file')
          .values({
            id: upload.fileId,
            meeting_id: upload.meetingId,
            size: upload.size,
            sha256: file.sha256,
            at: file.now,
          })
          .execute();
        await updateUpload(trx, upload, { done: 1, at: file.now });
        return decided(trx, situation, after);
      }),
    abandon: (key) =>
      db.transaction().execute(async (trx) => {
        const upload = await uploadOf(trx, key);
        if (!upload || upload.done) return;
        await trx.deleteFrom('attachment_piece').where('file_id', '=', upload.fileId).execute();
        await trx.deleteFrom('attachment_upload').where('file_id', '=', upload.fileId).execute();
      }),

    async piece(fileId, n) {
      const row = await db
        .selectFrom('attachment_piece')
        .select('bytes')
        .where('file_id', '=', fileId)
        .where('n', '=', n)
        .executeTakeFirst();
      return row?.bytes ?? null;
    },
    async sizeOf(fileId) {
      const row = await db.selectFrom('attachment_file').select('size').where('id', '=', fileId).executeTakeFirst();
      return row?.size ?? null;
    },
    sweep: (times) => sweepAttachments(db, times),
  };
}
