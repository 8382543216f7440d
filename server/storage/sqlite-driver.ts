/**
 * Why this file exists: Kysely speaks to better-sqlite3's interface, Node brings its own SQLite, and both would wait for
 * another connection's write by sleeping, which holds every socket of the server. This driver asks again instead: while
 * somebody else writes (the journal, a backup, an administrator's tool) only who wants to write waits.
 *
 * One connection, so transactions and held readings take turns; who waits for a lock holds no turn.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** Pauses before it is asked again, milliseconds; the last one is repeated. */
const PAUSES_MS = [1, 2, 5, 10, 15, 20, 25] as const;
const SQLITE_BUSY = 5;

/** Turns are taken here, and not by Kysely, which would keep one for somebody who waits. */
class TurnTakingAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Kysely's dialect over an open database; waits at most `patienceMs` for another connection's write. */
export function sqliteDialect(raw: DatabaseSync, patienceMs: number): Dialect {
  return {
    createAdapter: () => new TurnTakingAdapter(),
    createDriver: () => new SqliteDriver(raw, patienceMs),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class SqliteDriver implements Driver {
  readonly #raw: DatabaseSync;
  readonly #patienceMs: number;
  /** Who holds the connection and who waits for it. */
  #holders = 0;
  #turns: Promise<void> = Promise.resolve();

  constructor(raw: DatabaseSync, patienceMs: number) {
    this.#raw = raw;
    this.#patienceMs = patienceMs;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<HeldConnection> {
    const connection = new HeldConnection(this.#raw, this.#patienceMs, () => this.#turn());
    await connection.hold();
    return connection;
  }

  // A transaction that begins as a reader cannot become a writer once somebody else has written: take the lock first.
  beginTransaction(connection: HeldConnection): Promise<void> {
    return connection.run('begin immediate');
  }

  commitTransaction(connection: HeldConnection): Promise<void> {
    return connection.run('commit');
  }

  async rollbackTransaction(connection: HeldConnection): Promise<void> {
    // A full disk ends the transaction by itself; a second rollback would hide the reason.
    if (this.#raw.isTransaction) await connection.run('rollback');
  }

  async releaseConnection(connection: HeldConnection): Promise<void> {
    connection.letGo();
  }

  async destroy(): Promise<void> {
    this.#raw.close();
  }

  /** Waits for a turn; what is returned ends it. */
  async #turn(): Promise<() => void> {
    const before = this.#turns;
    const others = this.#holders++;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turns = promise;
    await before;
    // Statements are done at once, so transactions that queue would follow one another without a pause for any socket.
    if (others > 0) await new Promise((next) => setImmediate(next));
    return () => {
      this.#holders--;
      resolve();
    };
  }
}

class HeldConnection implements DatabaseConnection {
  readonly #raw: DatabaseSync;
  readonly #patienceMs: number;
  readonly #turn: () => Promise<() => void>;
  #end: (() => void) | null = null;

  constructor(raw: DatabaseSync, patienceMs: number, turn: () => Promise<() => void>) {
    this.#raw = raw;
    this.#patienceMs = patienceMs;
    this.#turn = turn;
  }

  async hold(): Promise<void> {
    this.#end = await this.#turn();
  }

  letGo(): void {
    this.#end?.();
    this.#end = null;
  }

  async run(sql: string): Promise<void> {
    await this.#patiently(() => this.#raw.prepare(sql).run());
  }

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.#patiently(() => {
      const statement = this.#raw.prepare(sql);
      const values = parameters as readonly SQLInputValue[];
      if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] };
      const { changes, lastInsertRowid } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    });
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#raw.prepare(sql).iterate(...(parameters as readonly SQLInputValue[])))
      yield { rows: [row as R] };
  }

  /** Tries until nobody else is writing; between two attempts others have their turn. */
  async #patiently<T>(work: () => T): Promise<T> {
    const until = performance.now() + this.#patienceMs;
    for (let attempt = 0; ; attempt++) {
      try {
        return work();
      } catch (error) {
        // Inside a transaction the lock is ours already.
        if (!isBusy(error) || this.#raw.isTransaction || performance.now() >= until) throw error;
      }
      this.letGo();
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]));
      await this.hold();
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
