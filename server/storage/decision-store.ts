/**
 * Why this file exists: decisions in SQL. A decision, its number and the item's lock are one transaction, so that after a
 * crash there is no number without a decision and no decision without its lock; what is decided is never written again.
 */
import type { Kysely, Transaction } from 'kysely';
import { type BodySettings, bodyKey, DEFAULT_BODY } from '#shared/decisions/body.ts';
import { type Decision, type Dissent, type FrozenDecision, nextNumber } from '#shared/decisions/decision.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { DecisionStore, ItemRecord } from '../decisions/ports.ts';
import { loadAttendance } from './attendance-store.ts';
import type { DecisionTable } from './decision-tables.ts';
import { loadMeeting, writeLocks } from './meeting-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

async function decisionsFrom(db: Db, rows: readonly DecisionTable[]): Promise<Decision[]> {
  if (rows.length === 0) return [];
  const dissents = await db
    .selectFrom('decision_dissent')
    .selectAll()
    .where(
      'decision_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...(JSON.parse(row.data) as FrozenDecision),
    sha256: row.sha256,
    dissents: dissents.filter((one) => one.decision_id === row.id).map(({ data }) => JSON.parse(data) as Dissent),
    replacedBy: rows.find(({ replaces }) => replaces === row.id)?.id ?? null,
  }));
}

async function itemOf(db: Db, meetingId: Id, itemId: Id): Promise<ItemRecord | null> {
  const meeting = await loadMeeting(db, meetingId);
  if (!meeting) return null;
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .where('item_id', '=', itemId)
    .orderBy('position')
    .execute();
  const reopenings = await db
    .selectFrom('item_reopening')
    .select(['at', 'person_id', 'person', 'reason'])
    .where('meeting_id', '=', meetingId)
    .where('item_id', '=', itemId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return {
    meeting,
    decisions: await decisionsFrom(db, rows),
    reopenings: reopenings.map(({ person_id, ...rest }) => ({ ...rest, personId: person_id })),
  };
}

async function bodyOf(db: Db, key: string): Promise<BodySettings> {
  const row = await db.selectFrom('body_setting').select('data').where('name', '=', key).executeTakeFirst();
  return row ? { ...DEFAULT_BODY, ...(JSON.parse(row.data) as Partial<BodySettings>) } : DEFAULT_BODY;
}

/** The last number of every series of a body; `decide` is synchronous and asks for them by name. */
async function lastNumbers(trx: Trx): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('decision_number')
    .select(({ fn }) => ['series', fn.max('n').as('last')])
    .groupBy('series')
    .execute();
  return new Map(rows.map(({ series, last }) => [series, Number(last)]));
}

/** Decisions in the database `db`. */
export function sqlDecisionStore(db: Database): DecisionStore {
  return {
    item: (meetingId, itemId) => db.connection().execute((held) => itemOf(held, meetingId, itemId)),
    ofMeeting: (meetingId) =>
      db
        .connection()
        .execute(async (held) =>
          decisionsFrom(
            held,
            await held
              .selectFrom('decision')
              .selectAll()
              .where('meeting_id', '=', meetingId)
              .orderBy('at')
              .orderBy('item_id')
              .orderBy('position')
              .execute(),
          ),
        ),
    async reopeningsOf(meetingId) {
      const rows = await db
        .selectFrom('item_reopening')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        itemId: row.item_id,
        at: row.at,
        personId: row.person_id,
        person: row.person,
        reason: row.reason,
      }));
    },

    decide: (meetingId, itemId, decide) =>
      db.transaction().execute(async (trx) => {
        const now = await itemOf(trx, meetingId, itemId);
        if (!now) return null;
        const last = await lastNumbers(trx);
        const { decision, sha256, series, locks } = decide({
          ...now,
          attendance: await loadAttendance(trx, meetingId),
          body: await bodyOf(trx, bodyKey(now.meeting)),
          next: (name, first) => nextNumber(last.get(name) ?? null, first),
        });
        await trx
          .insertInto('decision')
          .values({
            id: decision.id,
            meeting_id: meetingId,
            item_id: itemId,
            position: now.decisions.length,
            at: decision.at,
            replaces: decision.replaces,
            sha256,
            data: JSON.stringify(decision),
          })
          .execute();
        if (series !== null && decision.number)
          await trx
            .insertInto('decision_number')
            .values({ series, n: decision.number.n, decision_id: decision.id })
            .execute();
        await settle(trx, meetingId, locks);
        return itemOf(trx, meetingId, itemId);
      }),

    reopen: (meetingId, itemId, decide) =>
      db.transaction().execute(async (trx) => {
        const now = await itemOf(trx, meetingId, itemId);
        if (!now) return null;
        const { reopening, locks } = decide(now);
        const { personId, ...rest } = reopening;
        await trx
          .insertInto('item_reopening')
          .values({ id: newId(), meeting_id: meetingId, item_id: itemId, person_id: personId, ...rest })
          .execute();
        await settle(trx, meetingId, locks);
        return itemOf(trx, meetingId, itemId);
      }),

    dissent: (meetingId, itemId, decide) =>
      db.transaction().execute(async (trx) => {
        const now = await itemOf(trx, meetingId, itemId);
        if (!now) return null;
        const { decisionId, dissent } = decide(now);
        await trx
          .insertInto('decision_dissent')
          .values({ id: dissent.id, decision_id: decisionId, at: dissent.at, data: JSON.stringify(dissent) })
          .execute();
        return itemOf(trx, meetingId, itemId);
      }),

    body: (key) => bodyOf(db, key),
    changeBody: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return null;
        const name = bodyKey(meeting);
        const body = decide(meeting, await bodyOf(trx, name));
        const data = JSON.stringify(body);
        await trx
          .insertInto('body_setting')
          .values({ name, data })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ data }))
          .execute();
        return { meeting, body };
      }),
  };
}

/** The meeting's locks anew; its version rises, since whoever has seen it open must look again. */
async function settle(trx: Trx, meetingId: Id, locks: Parameters<typeof writeLocks>[2]): Promise<void> {
  await writeLocks(trx, meetingId, locks);
  await trx
    .updateTable('meeting')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', meetingId)
    .execute();
}
