/**
 * Why this file exists: organisations in SQL, in one order that the whole house shares.
 */
import type { Organisation } from '#shared/api.ts';
import type { OrganisationStore } from '../people/ports.ts';
import type { OrganisationTable } from './schema.ts';
import type { Database } from './sqlite.ts';

function fromRow(row: OrganisationTable): Organisation {
  return { id: row.id, name: row.name, shortName: row.short_name, seats: row.seats, position: row.position };
}

/** ALM and alm are one short name. */
function fold(shortName: string): string {
  return shortName.normalize('NFC').toLowerCase();
}

/** Organisations in the database `db`. */
export function sqlOrganisationStore(db: Database): OrganisationStore {
  return {
    async list() {
      return (await db.selectFrom('organisation').selectAll().orderBy('position').orderBy('id').execute()).map(fromRow);
    },
    create: (organisation) =>
      db.transaction().execute(async (trx) => {
        const key = fold(organisation.shortName);
        if (await trx.selectFrom('organisation').select('id').where('short_key', '=', key).executeTakeFirst())
          return 'name-taken';
        const { count } = await trx
          .selectFrom('organisation')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        const row: OrganisationTable = {
          id: organisation.id,
          name: organisation.name,
          short_name: organisation.shortName,
          short_key: key,
          seats: organisation.seats,
          position: Number(count),
        };
        await trx.insertInto('organisation').values(row).execute();
        return fromRow(row);
      }),
    update: (id, change) =>
      db.transaction().execute(async (trx) => {
        const columns: Partial<OrganisationTable> = {};
        if (change.name !== undefined) columns.name = change.name;
        if (change.seats !== undefined) columns.seats = change.seats;
        if (change.shortName !== undefined) {
          columns.short_name = change.shortName;
          columns.short_key = fold(change.shortName);
          const other = await trx
            .selectFrom('organisation')
            .select('id')
            .where('short_key', '=', columns.short_key)
            .where('id', '!=', id)
            .executeTakeFirst();
          if (other) return 'name-taken';
        }
        if (Object.keys(columns).length > 0)
          await trx.updateTable('organisation').set(columns).where('id', '=', id).execute();
        const row = await trx.selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirst();
        return row ? fromRow(row) : 'missing';
      }),
    reorder: (ids) =>
      db.transaction().execute(async (trx) => {
        const present = (await trx.selectFrom('organisation').select('id').execute()).map((row) => row.id);
        const wanted = new Set(ids);
        if (wanted.size !== ids.length || ids.length !== present.length || present.some((id) => !wanted.has(id)))
          return false;
        for (const [position, id] of ids.entries())
          await trx.updateTable('organisation').set({ position }).where('id', '=', id).execute();
        return true;
      }),
  };
}
