/**
 * Why this file exists: sessions in SQL, in the shape lucia asks of an adapter. The names of tables and extra columns
 * are parameters, so that lucia's own contract suite can run on exactly this code with the columns it expects.
 */
import { type Kysely, sql } from 'kysely';
import type { SessionStore, StoredSession } from '../people/ports.ts';
import type { Database } from './sqlite.ts';

export interface SessionTables {
  session: string;
  user: string;
  /** Columns beside id, user_id and expires_at that become the session's attributes. */
  sessionAttributes: readonly string[];
  /** Columns of the user's table that become the user's attributes. */
  userAttributes: readonly string[];
}

type Row = Record<string, unknown>;

function pick(row: Row, columns: readonly string[], prefix = ''): Row {
  return Object.fromEntries(columns.map((column) => [column, row[prefix + column]]));
}

/** Sessions over any two tables. An inner join: a session never comes without its user. */
export function sqlSessionStoreOver<A extends object, U extends object>(
  database: Kysely<never>,
  tables: SessionTables,
): SessionStore<A, U> {
  const db = database as unknown as Kysely<unknown>;
  const session = sql.table(tables.session);
  const user = sql.table(tables.user);
  const columns = sql.join(['id', 'user_id', 'expires_at', ...tables.sessionAttributes].map((c) => sql.ref(`s.${c}`)));
  const userColumns = sql.join(tables.userAttributes.map((c) => sql`${sql.ref(`u.${c}`)} as ${sql.ref(`user_${c}`)}`));

  const fromRow = (row: Row): StoredSession<A> => ({
    id: String(row.id),
    userId: String(row.user_id),
    expiresAt: new Date(Number(row.expires_at)),
    attributes: pick(row, tables.sessionAttributes) as A,
  });

  return {
    async getSessionAndUser(id) {
      const { rows } = await sql<Row>`
        select ${columns}, ${userColumns} from ${session} as s join ${user} as u on u.id = s.user_id where s.id = ${id}
      `.execute(db);
      const row = rows[0];
      if (!row) return [null, null];
      return [fromRow(row), { id: String(row.user_id), attributes: pick(row, tables.userAttributes, 'user_') as U }];
    },
    async getUserSessions(userId) {
      const { rows } = await sql<Row>`select ${columns} from ${session} as s where s.user_id = ${userId}`.execute(db);
      return rows.map(fromRow);
    },
    async setSession(stored) {
      const attributes = stored.attributes as Row;
      const names = ['id', 'user_id', 'expires_at', ...tables.sessionAttributes];
      const values = [
        stored.id,
        stored.userId,
        stored.expiresAt.getTime(),
        ...tables.sessionAttributes.map((name) => attributes[name]),
      ];
      await sql`insert into ${session} (${sql.join(names.map((n) => sql.ref(n)))}) values (${sql.join(values)})`.execute(
        db,
      );
    },
    async updateSessionExpiration(id, expiresAt) {
      await sql`update ${session} set expires_at = ${expiresAt.getTime()} where id = ${id}`.execute(db);
    },
    async deleteSession(id) {
      await sql`delete from ${session} where id = ${id}`.execute(db);
    },
    async deleteUserSessions(userId) {
      await sql`delete from ${session} where user_id = ${userId}`.execute(db);
    },
    async deleteExpiredSessions() {
      await sql`delete from ${session} where expires_at <= ${Date.now()}`.execute(db);
    },
  };
}

/** Sessions of people in the database `db`. */
export function sqlSessionStore(db: Database): SessionStore {
  return sqlSessionStoreOver(db as unknown as Kysely<never>, {
    session: 'session',
    user: 'person',
    sessionAttributes: ['created_at'],
    userAttributes: ['is_admin', 'disabled', 'guest_of', 'is_screen'],
  });
}
