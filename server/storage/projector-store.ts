/** Why this file exists: what projectors show, and their links, in SQL. Each act is one transaction. */
import type { Kysely, Transaction } from 'kysely';
import type { Id } from '#shared/ids.ts';
import type { ProjectorView } from '#shared/projector/api.ts';
import type { ProjectorSituation, ProjectorState, ProjectorStore } from '../projector/ports.ts';
import { loadMeeting } from './meeting-store.ts';
import { insertPerson } from './people-store.ts';
import type { Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
type Trx = Transaction<Schema>;

/** As it stands in lists that nobody sees, and in the register's rows. */
const SCREEN_NAME = 'Storbild';
const AT_FIRST: ProjectorState = {
  view: 'welcome',
  itemId: null,
  groupIds: [],
  promptId: null,
  until: null,
  version: 0,
};

async function stateOf(db: Db, meetingId: Id): Promise<ProjectorState> {
  const row = await db.selectFrom('projector').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();
  if (!row) return AT_FIRST;
  return {
    view: row.view as ProjectorView,
    itemId: row.item_id,
    groupIds: JSON.parse(row.group_ids) as Id[],
    promptId: row.prompt_id,
    until: row.until,
    version: row.version,
  };
}

const linkOf = (db: Db, meetingId: Id) =>
  db.selectFrom('projector_link').selectAll().where('meeting_id', '=', meetingId).executeTakeFirst();

async function situationOf(db: Db, meetingId: Id): Promise<ProjectorSituation | null> {
  const meeting = await loadMeeting(db, meetingId);
  if (!meeting) return null;
  const link = await linkOf(db, meetingId);
  const access = await db
    .selectFrom('guest_access')
    .select('code')
    .where('meeting_id', '=', meetingId)
    .where('open', '=', 1)
    .executeTakeFirst();
  return {
    meeting,
    state: await stateOf(db, meetingId),
    link: link && link.token_hash !== null ? { personId: link.person_id, madeAt: link.made_at } : null,
    code: access?.code ?? null,
  };
}

/** The screen is a person row that belongs to the meeting, and a participant whom `roles` hide and hold back. */
async function makeScreen(trx: Trx, meetingId: Id, personId: Id, at: number): Promise<void> {
  const made = await insertPerson(trx, {
    id: personId,
    name: SCREEN_NAME,
    title: '',
    organisationId: null,
    category: 'guest',
    party: '',
    email: null,
    isAdmin: false,
    disabled: false,
    password: null,
    language: 'sv',
    createdAt: at,
  });
  if (typeof made === 'string') throw new Error('A screen cannot be made');
  await trx.updateTable('person').set({ guest_of: meetingId, is_screen: 1 }).where('id', '=', personId).execute();
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
      title: '',
      organisation_id: null,
      category: 'guest',
      party: '',
      roles: JSON.stringify(['screen']),
      absence: '',
      capacity: '',
      position: (last ?? -1) + 1,
    })
    .execute();
}

/** Projectors in the database `db`. */
export function sqlProjectorStore(db: Database): ProjectorStore {
  return {
    situation: (meetingId) => db.connection().execute((held) => situationOf(held, meetingId)),
    show: (meetingId, decide) =>
      db.transaction().execute(async (trx) => {
        const before = await situationOf(trx, meetingId);
        if (!before) return null;
        const state = decide(before);
        const row = {
          view: state.view,
          item_id: state.itemId,
          group_ids: JSON.stringify(state.groupIds),
          prompt_id: state.promptId,
          until: state.until,
          version: state.version,
        };
        await trx
          .insertInto('projector')
          .values({ meeting_id: meetingId, ...row })
          .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row))
          .execute();
        return { ...before, state };
      }),
    relink: (meetingId, link, check) =>
      db.transaction().execute(async (trx) => {
        const meeting = await loadMeeting(trx, meetingId);
        if (!meeting) return null;
        check(meeting);
        const before = await linkOf(trx, meetingId);
        if (before) {
          await trx.deleteFrom('session').where('user_id', '=', before.person_id).execute();
          const set = { token_hash: link?.tokenHash ?? null, ...(link ? { made_at: link.madeAt } : {}) };
          await trx.updateTable('projector_link').set(set).where('meeting_id', '=', meetingId).execute();
          return { personId: before.person_id };
        }
        if (!link) return { personId: null };
        const { newPersonId: personId, tokenHash, madeAt } = link;
        await makeScreen(trx, meetingId, personId, madeAt);
        await trx
          .insertInto('projector_link')
          .values({ meeting_id: meetingId, person_id: personId, token_hash: tokenHash, made_at: madeAt })
          .execute();
        return { personId };
      }),
    async byToken(tokenHash) {
      const row = await db
        .selectFrom('projector_link')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row ? { meetingId: row.meeting_id, personId: row.person_id, tokenHash, madeAt: row.made_at } : null;
    },
  };
}
