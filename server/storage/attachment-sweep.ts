/**
 * Why this file exists: a disk that was restored in parts, a hand in the database, an upload somebody walked away from: now and
 * then list and bytes are made to agree again. A meeting at a time, so that nobody waits for all of it.
 */
import { sql } from 'kysely';
import type { AttachmentEntry, Swept } from '../attachments/ports.ts';
import { loadAttachments, saveAttachments } from './attachment-list.ts';
import type { Database } from './sqlite.ts';

/** Pieces let go in one transaction: each is half a megabyte of pages to write. */
const PIECES_AT_ONCE = 32;

export async function sweepAttachments(
  db: Database,
  { idleBefore, removedBefore }: { idleBefore: number; removedBefore: number },
): Promise<Swept> {
  const gone = await db
    .deleteFrom('attachment_upload')
    .where('at', '<', idleBefore)
    .where('done', '=', 0)
    .executeTakeFirst();
  // What is done answers a repeated question for a while, and then nobody asks any more.
  await db.deleteFrom('attachment_upload').where('at', '<', idleBefore).where('done', '=', 1).execute();
  let [lost, cleared] = [0, 0];
  for (const { meeting_id } of await db.selectFrom('attachment_list').select('meeting_id').execute()) {
    const swept = await sweepMeeting(db, meeting_id, removedBefore);
    lost += swept.lost;
    cleared += swept.cleared;
  }
  return { strayPieces: await sweepPieces(db), uploads: Number(gone.numDeletedRows), lost, cleared };
}

function sweepMeeting(db: Database, meetingId: string, removedBefore: number) {
  return db.transaction().execute(async (trx) => {
    const list = await loadAttachments(trx, meetingId);
    const whole = new Map(
      (
        await trx
          .selectFrom('attachment_file')
          .leftJoin('attachment_piece', 'attachment_piece.file_id', 'attachment_file.id')
          .select(['attachment_file.id', 'size', sql<number | null>`sum(length(bytes))`.as('held')])
          .where('meeting_id', '=', meetingId)
          .groupBy('attachment_file.id')
          .execute()
      ).map(({ id, size, held }) => [id, held === size]),
    );
    let [lost, cleared] = [0, 0];
    const entries = list.entries.flatMap((entry): AttachmentEntry[] => {
      if (entry.removed && entry.removed.at < removedBefore) {
        if (entry.gone) return [entry];
        cleared++;
        // A number that people have on paper is never given to anything else.
        return entry.number === null ? [] : [{ ...entry, gone: true }];
      }
      if (entry.gone || whole.get(entry.id)) return [entry];
      lost++;
      return [{ ...entry, gone: true }];
    });
    const named = new Set(entries.flatMap(({ id, removed, gone }) => (removed && gone ? [] : [id])));
    for (const id of whole.keys())
      if (!named.has(id)) await trx.deleteFrom('attachment_file').where('id', '=', id).execute();
    if (lost + cleared > 0) await saveAttachments(trx, meetingId, { ...list, entries, version: list.version + 1 });
    return { lost, cleared };
  });
}

/** Lets go of pieces that belong to no file and no upload. */
async function sweepPieces(db: Database): Promise<number> {
  let released = 0;
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('attachment_piece')
      .where(
        sql<boolean>`rowid in (select p.rowid from attachment_piece p
          where not exists (select 1 from attachment_file f where f.id = p.file_id)
            and not exists (select 1 from attachment_upload u where u.file_id = p.file_id and u.done = 0)
          limit ${PIECES_AT_ONCE})`,
      )
      .executeTakeFirst();
    released += Number(numDeletedRows);
    if (Number(numDeletedRows) < PIECES_AT_ONCE) return released;
  }
}
