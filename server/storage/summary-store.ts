/**
 * Why this file exists: shared summaries in SQL. What makes one final (the workshop's standing, the revision and who did
 * it) is one transaction, so that a crash leaves all of it or none.
 */
import type { Id } from '#shared/ids.ts';
import { newId } from '#shared/ids.ts';
import type { Remark, Revision, Standing, SummaryEvent, SummaryStore, Thread } from '../summaries/ports.ts';
import type { SummaryRemarkTable, SummaryThreadTable } from './schema.ts';
import type { Database } from './sqlite.ts';
import { changeWorkshop } from './workshop-store.ts';

function threadFrom(row: SummaryThreadTable, remarks: readonly SummaryRemarkTable[]): Thread {
  return {
    id: row.id,
    promptId: row.prompt_id,
    from: row.range_from,
    to: row.range_to,
    quote: row.quote,
    at: row.at,
    resolved: row.resolved_at === null ? null : { at: row.resolved_at, person: row.resolved_by ?? '' },
    remarks: remarks
      .filter(({ thread_id }) => thread_id === row.id)
      .map(({ id, at, person_id, person, text }): Remark => ({ id, at, personId: person_id, person, text })),
  };
}

const remarkRow = (threadId: Id, { id, at, personId, person, text }: Remark): SummaryRemarkTable => ({
  id,
  thread_id: threadId,
  at,
  person_id: personId,
  person,
  text,
});

/** Shared summaries in the database `db`. */
export function sqlSummaryStore(db: Database): SummaryStore {
  const revisionsOf = (meetingId: Id, itemId: Id) =>
    db.selectFrom('summary_revision').where('meeting_id', '=', meetingId).where('item_id', '=', itemId);
  const threadsOf = (meetingId: Id, itemId: Id) =>
    db.selectFrom('summary_thread').where('meeting_id', '=', meetingId).where('item_id', '=', itemId);

  return {
    change: (meetingId, itemId, decide) =>
      db.transaction().execute(async (trx) => {
        let standing: Standing | null = null;
        const result = await changeWorkshop(trx, meetingId, itemId, (workshop, meeting) => {
          if (!workshop) return null;
          standing = decide(workshop, meeting);
          return standing.workshop;
        });
        // Assigned in the callback, which TypeScript does not follow.
        const decided = standing as Standing | null;
        if (!result?.before || !result.after || !decided) return null;
        const { event, revision } = decided;
        if (revision) {
          const { personId, ...rest } = revision;
          await trx
            .insertInto('summary_revision')
            .values({ meeting_id: meetingId, item_id: itemId, person_id: personId, ...rest })
            .execute();
        }
        const { personId, ...rest } = event;
        await trx
          .insertInto('summary_event')
          .values({ id: newId(), meeting_id: meetingId, item_id: itemId, person_id: personId, ...rest })
          .execute();
        return { before: result.before, after: result.after, meeting: result.meeting };
      }),

    async revisions(meetingId, itemId) {
      const rows = await revisionsOf(meetingId, itemId)
        .select(['n', 'at', 'person_id', 'person', 'sha256', 'text'])
        .orderBy('n')
        .execute();
      return rows.map(({ person_id, ...row }) => ({ ...row, personId: person_id }));
    },
    async revision(meetingId, itemId, n) {
      const row = await revisionsOf(meetingId, itemId).where('n', '=', n).selectAll().executeTakeFirst();
      if (!row) return null;
      const { meeting_id, item_id, person_id, ...rest } = row;
      return { meetingId: meeting_id, itemId: item_id, personId: person_id, ...rest } satisfies Revision;
    },
    async events(meetingId, itemId) {
      const rows = await db
        .selectFrom('summary_event')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .where('item_id', '=', itemId)
        .orderBy('at')
        .orderBy('revision')
        .orderBy('kind')
        .execute();
      return rows.map(({ at, person_id, person, kind, revision, reason }) => ({
        at,
        personId: person_id,
        person,
        kind: kind as SummaryEvent['kind'],
        revision,
        reason,
      }));
    },

    async threads(meetingId, itemId) {
      const rows = await threadsOf(meetingId, itemId).selectAll().orderBy('at').orderBy('id').execute();
      const remarks = await db
        .selectFrom('summary_remark')
        .selectAll()
        .where('thread_id', 'in', threadsOf(meetingId, itemId).select('id'))
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map((row) => threadFrom(row, remarks));
    },
    addThread: (meetingId, itemId, thread, most) =>
      db.transaction().execute(async (trx) => {
        const { n } = await trx
          .selectFrom('summary_thread')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('meeting_id', '=', meetingId)
          .where('item_id', '=', itemId)
          .executeTakeFirstOrThrow();
        if (n >= most) return null;
        await trx
          .insertInto('summary_thread')
          .values({
            id: thread.id,
            meeting_id: meetingId,
            item_id: itemId,
            prompt_id: thread.promptId,
            range_from: thread.from,
            range_to: thread.to,
            quote: thread.quote,
            at: thread.at,
            resolved_at: null,
            resolved_by: null,
          })
          .execute();
        for (const remark of thread.remarks)
          await trx.insertInto('summary_remark').values(remarkRow(thread.id, remark)).execute();
        return thread;
      }),
    addRemark: (threadId, remark, most) =>
      db.transaction().execute(async (trx) => {
        const { n } = await trx
          .selectFrom('summary_remark')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('thread_id', '=', threadId)
          .executeTakeFirstOrThrow();
        if (n >= most) return false;
        await trx.insertInto('summary_remark').values(remarkRow(threadId, remark)).execute();
        return true;
      }),
    async resolve(threadId, resolved) {
      await db
        .updateTable('summary_thread')
        .set({ resolved_at: resolved?.at ?? null, resolved_by: resolved?.person ?? null })
        .where('id', '=', threadId)
        .execute();
    },
  };
}
