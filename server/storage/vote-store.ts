/**
 * Why this file exists: votes in SQL. Each act is one transaction: a ballot is there once and whole, and a vote is either
 * open with its ballots and its secret, or closed with counts and neither.
 */
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Id } from '#shared/ids.ts';
import type { BallotBox, VoteRecord, VoteStore } from '../workshops/vote-ports.ts';
import { loadMeeting } from './meeting-store.ts';
import type { Schema, VoteTable } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;

function record(row: Selectable<VoteTable>): VoteRecord {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    itemId: row.item_id,
    title: row.title,
    dots: row.dots,
    counts: row.counts === 'live' ? 'live' : 'hidden',
    guests: row.guests === 1,
    choices: JSON.parse(row.choices) as VoteRecord['choices'],
    secret: row.secret,
    openedAt: row.opened_at,
    closed:
      row.closed_at === null
        ? null
        : {
            at: row.closed_at,
            voted: row.voted ?? 0,
            voters: row.voters ?? 0,
            results: JSON.parse(row.results ?? '{}') as Record<string, number>,
          },
  };
}

const votesOf = (db: Db, meetingId: Id, itemId: Id) =>
  db
    .selectFrom('vote')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .where('item_id', '=', itemId)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute();

async function boxOf(db: Db, voteId: Id): Promise<BallotBox> {
  const rows = await db.selectFrom('ballot').select(['voter', 'dots']).where('vote_id', '=', voteId).execute();
  return new Map(rows.map(({ voter, dots }) => [voter, JSON.parse(dots) as Record<string, number>]));
}

/** Votes in the database `db`. */
export function sqlVoteStore(db: Database): VoteStore {
  return {
    async list(meetingId, itemId) {
      const rows = await votesOf(db, meetingId, itemId);
      const votes = rows.map(record);
      return Promise.all(
        votes.map(async (vote) => ({
          vote,
          ballots: vote.closed ? (new Map() as BallotBox) : await boxOf(db, vote.id),
        })),
      );
    },
    open: (vote, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, vote.meetingId);
        if (!meeting) return false;
        const others = (await votesOf(trx, vote.meetingId, vote.itemId)).map(record);
        decide(meeting, others);
        await trx
          .insertInto('vote')
          .values({
            id: vote.id,
            meeting_id: vote.meetingId,
            item_id: vote.itemId,
            title: vote.title,
            dots: vote.dots,
            counts: vote.counts,
            guests: vote.guests ? 1 : 0,
            choices: JSON.stringify(vote.choices),
            secret: vote.secret,
            opened_at: vote.openedAt,
            closed_at: null,
            voted: null,
            voters: null,
            results: null,
          })
          .execute();
        return true;
      }),
    cast: (meetingId, itemId, voteId, decide) =>
      db.transaction().execute(async (trx) => {
        const found = await find(trx, meetingId, itemId, voteId);
        if (!found) return false;
        const { voter, dots } = decide(found.vote, found.meeting);
        if (dots === null)
          await trx.deleteFrom('ballot').where('vote_id', '=', voteId).where('voter', '=', voter).execute();
        else
          await trx
            .insertInto('ballot')
            .values({ vote_id: voteId, voter, dots: JSON.stringify(dots) })
            .onConflict((conflict) =>
              conflict.columns(['vote_id', 'voter']).doUpdateSet({ dots: JSON.stringify(dots) }),
            )
            .execute();
        return true;
      }),
    async close(meetingId, itemId, voteId, decide) {
      // What is deleted is overwritten, not only let go.
      await sql`pragma secure_delete = on`.execute(db);
      return db.transaction().execute(async (trx) => {
        const found = await find(trx, meetingId, itemId, voteId);
        if (!found) return false;
        const { at, voted, voters, results } = decide(found.vote, await boxOf(trx, voteId), found.meeting);
        await trx
          .updateTable('vote')
          .set({ closed_at: at, voted, voters, results: JSON.stringify(results), secret: null })
          .where('id', '=', voteId)
          .execute();
        await trx.deleteFrom('ballot').where('vote_id', '=', voteId).execute();
        return true;
      });
    },
  };
}

async function find(trx: Transaction<Schema>, meetingId: Id, itemId: Id, voteId: Id) {
  const meeting = await loadMeeting(trx, meetingId);
  const row = await trx
    .selectFrom('vote')
    .selectAll()
    .where('id', '=', voteId)
    .where('meeting_id', '=', meetingId)
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  return meeting && row ? { meeting, vote: record(row) } : null;
}
