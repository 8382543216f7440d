/**
 * Why this file exists: one-time links in SQL. That they work once is one conditional UPDATE; what they do happens in
 * the same transaction, so a crash never burns a link without its effect.
 */
import type { Transaction } from 'kysely';
import type { Id } from '#shared/ids.ts';
import type { LinkEffect, LinkKind, LinkRecord, LinkStore } from '../people/ports.ts';
import { anyAdministrator, insertPerson, updatePerson } from './people-store.ts';
import type { LinkTable, Schema } from './schema.ts';
import type { Database } from './sqlite.ts';

function fromRow(row: LinkTable): LinkRecord {
  return {
    tokenHash: row.token_hash,
    kind: row.kind as LinkKind,
    personId: row.person_id,
    meetingId: row.meeting_id,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}

/** Thrown to roll the transaction back: the link stays unused. */
class NoEffect extends Error {
  readonly why: 'used' | 'email-taken';

  constructor(why: 'used' | 'email-taken') {
    super(why);
    this.why = why;
  }
}

async function apply(trx: Transaction<Schema>, effect: LinkEffect): Promise<Id> {
  if ('create' in effect) {
    if (await anyAdministrator(trx)) throw new NoEffect('used');
    const person = await insertPerson(trx, effect.create);
    if (person === 'email-taken') throw new NoEffect('email-taken');
    if (person === 'no-organisation') throw new NoEffect('used');
    return person.id;
  }
  const row = await trx
    .selectFrom('person')
    .select(['password', 'disabled'])
    .where('id', '=', effect.personId)
    .executeTakeFirst();
  if (!row || row.disabled === 1 || (effect.onlyWithoutAccount && row.password !== null)) throw new NoEffect('used');
  const person = await updatePerson(trx, effect.personId, {
    password: effect.password,
    ...(effect.email === null ? {} : { email: effect.email }),
    ...(effect.name === null ? {} : { name: effect.name }),
  });
  if (person === 'email-taken') throw new NoEffect('email-taken');
  if (typeof person === 'string') throw new NoEffect('used');
  return person.id;
}

/** Links in the database `db`. */
export function sqlLinkStore(db: Database): LinkStore {
  return {
    put: (link, replace) =>
      db.transaction().execute(async (trx) => {
        if (replace)
          await trx
            .deleteFrom('link')
            .where('kind', '=', link.kind)
            .where('person_id', link.personId === null ? 'is' : '=', link.personId)
            .where('used_at', 'is', null)
            .execute();
        await trx
          .insertInto('link')
          .values({
            token_hash: link.tokenHash,
            kind: link.kind,
            person_id: link.personId,
            meeting_id: link.meetingId,
            expires_at: link.expiresAt,
            created_at: link.createdAt,
            used_at: link.usedAt,
          })
          .execute();
      }),
    async get(tokenHash) {
      const row = await db.selectFrom('link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async use(tokenHash, now, effect) {
      try {
        return await db.transaction().execute(async (trx) => {
          const used = await trx
            .updateTable('link')
            .set({ used_at: now })
            .where('token_hash', '=', tokenHash)
            .where('used_at', 'is', null)
            .where('expires_at', '>', now)
            .executeTakeFirst();
          if (used.numUpdatedRows !== 1n) throw new NoEffect('used');
          const personId = await apply(trx, effect);
          await trx.deleteFrom('session').where('user_id', '=', personId).execute();
          // Whoever holds another link of this person must not be able to use it after this one.
          await trx
            .updateTable('link')
            .set({ used_at: now })
            .where('person_id', '=', personId)
            .where('used_at', 'is', null)
            .execute();
          return { personId };
        });
      } catch (error) {
        if (error instanceof NoEffect) return error.why;
        throw error;
      }
    },
  };
}
