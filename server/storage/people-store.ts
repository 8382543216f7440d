/**
 * Why this file exists: people in SQL. The rules that hold between rows (one address, one last administrator, colours
 * in order) are checked in the transaction that writes.
 */
import type { Transaction } from 'kysely';
import type { Category, Language } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { NewPerson, PeopleStore, PersonChange, PersonRecord } from '../people/ports.ts';
import type { PersonTable, Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

const COLOURS = 12;

function fromRow(row: PersonTable): PersonRecord {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    organisationId: row.organisation_id,
    category: row.category as Category,
    party: row.party,
    colour: row.colour,
    email: row.email,
    isAdmin: row.is_admin === 1,
    disabled: row.disabled === 1,
    password: row.password,
    language: row.language as Language,
    createdAt: row.created_at,
    guestOf: row.guest_of ?? null,
    claimedBy: row.claimed_by ?? null,
  };
}

function toColumns(change: PersonChange): Partial<PersonTable> {
  const columns: Partial<PersonTable> = {};
  if (change.name !== undefined) columns.name = change.name;
  if (change.title !== undefined) columns.title = change.title;
  if (change.organisationId !== undefined) columns.organisation_id = change.organisationId;
  if (change.category !== undefined) columns.category = change.category;
  if (change.party !== undefined) columns.party = change.party;
  if (change.email !== undefined) columns.email = change.email;
  if (change.isAdmin !== undefined) columns.is_admin = change.isAdmin ? 1 : 0;
  if (change.disabled !== undefined) columns.disabled = change.disabled ? 1 : 0;
  if (change.password !== undefined) columns.password = change.password;
  if (change.language !== undefined) columns.language = change.language;
  return columns;
}

type Trx = Transaction<Schema>;

async function emailTaken(trx: Trx, email: string, except: Id): Promise<boolean> {
  const row = await trx
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .where('id', '!=', except)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasOrganisation(trx: Trx, id: Id): Promise<boolean> {
  return (await trx.selectFrom('organisation').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

async function administrators(trx: Trx | Database): Promise<number> {
  const { count } = await trx
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('is_admin', '=', 1)
    .where('disabled', '=', 0)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Adds a person inside a transaction, dealing the next colour. Also used when a link makes the first administrator. */
export async function insertPerson(
  trx: Trx,
  person: NewPerson,
): Promise<PersonRecord | 'email-taken' | 'no-organisation'> {
  if (person.email !== null && (await emailTaken(trx, person.email, person.id))) return 'email-taken';
  if (person.organisationId !== null && !(await hasOrganisation(trx, person.organisationId))) return 'no-organisation';
  const { count } = await trx
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const row: PersonTable = {
    id: person.id,
    name: person.name,
    title: person.title,
    organisation_id: person.organisationId,
    category: person.category,
    party: person.party,
    colour: Number(count) % COLOURS,
    email: person.email,
    is_admin: person.isAdmin ? 1 : 0,
    disabled: person.disabled ? 1 : 0,
    password: person.password,
    language: person.language,
    created_at: person.createdAt,
  };
  await trx.insertInto('person').values(row).execute();
  return fromRow(row);
}

/** Changes a person inside a transaction, with the rules that hold between people. */
export async function updatePerson(
  trx: Trx,
  id: Id,
  change: PersonChange,
): Promise<PersonRecord | 'email-taken' | 'no-organisation' | 'missing'> {
  if (change.email && (await emailTaken(trx, change.email, id))) return 'email-taken';
  if (change.organisationId && !(await hasOrganisation(trx, change.organisationId))) return 'no-organisation';
  const columns = toColumns(change);
  if (Object.keys(columns).length > 0) await trx.updateTable('person').set(columns).where('id', '=', id).execute();
  // All or nothing: nobody is shut out and still signed in.
  if (change.disabled) await trx.deleteFrom('session').where('user_id', '=', id).execute();
  const row = await trx.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : 'missing';
}

/** Whether somebody who may sign in is administrator. */
export async function anyAdministrator(db: Trx | Database): Promise<boolean> {
  return (await administrators(db)) > 0;
}

class LastAdmin extends Error {}

/** People in the database `db`. */
export function sqlPeopleStore(db: Database): PeopleStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('person')
        .selectAll()
        .where('guest_of', 'is', null)
        .orderBy('name')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
    async get(id) {
      const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async byEmail(email) {
      const row = await db.selectFrom('person').selectAll().where('email', '=', email).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    hasAdministrator: () => anyAdministrator(db),
    create: (person) => db.transaction().execute((trx) => insertPerson(trx, person)),
    async update(id, change) {
      try {
        return await db.transaction().execute(async (trx) => {
          const hadOne = await anyAdministrator(trx);
          const result = await updatePerson(trx, id, change);
          // Thrown and not returned, so that the transaction is rolled back.
          if (hadOne && typeof result === 'object' && !(await anyAdministrator(trx))) throw new LastAdmin();
          return result;
        });
      } catch (error) {
        if (error instanceof LastAdmin) return 'last-admin';
        throw error;
      }
    },
  };
}
