/**
 * Why this file exists: disks fail one statement at a time. This takes hold of `node:sqlite` in the process that loads it
 * (a test's, or that of faulty-server.ts), so that every statement of the program passes here first, whoever made it:
 * Kysely's connection and, when it is not in its thread, the journal's. The program itself knows nothing of it.
 */
import { DatabaseSync, StatementSync } from 'node:sqlite';

/** What happens to a statement: it fails, it takes long, the process dies right before or right after it. */
export type SqlEffect = 'full' | 'io' | 'busy' | 'slow' | 'kill-before' | 'kill-after';

export interface SqlFault {
  /** Which statements, by their text. */
  match: RegExp;
  effect: SqlEffect;
  /** So many of them are let through first. */
  after?: number;
  /** Then so many are hit; all when left out. */
  times?: number;
  /** For `slow`, milliseconds. The thread sleeps, as it would in the disk's call. */
  ms?: number;
}

interface Armed extends SqlFault {
  seen: number;
  hit: number;
}

const ERRORS: Record<'full' | 'io' | 'busy', [code: number, text: string]> = {
  full: [13, 'database or disk is full'],
  io: [10, 'disk I/O error'],
  busy: [5, 'database is locked'],
};
const WRITES = /^\s*(insert|update|delete|replace|create|begin immediate|commit)/i;

class FaultySqlite {
  /** Texts of all writing statements that were run, when somebody asks for them. */
  written: string[] | null = null;
  readonly #open = new Set<WeakRef<DatabaseSync>>();
  #faults: Armed[] = [];

  arm(fault: SqlFault): void {
    this.#faults.push({ ...fault, seen: 0, hit: 0 });
  }

  /** No more faults; says how many statements were hit. */
  clear(): number {
    const hit = this.#faults.reduce((sum, fault) => sum + fault.hit, 0);
    this.#faults = [];
    return hit;
  }

  /** Every connection that is open in this process. */
  connections(): DatabaseSync[] {
    const open: DatabaseSync[] = [];
    for (const ref of this.#open) {
      const db = ref.deref();
      if (db?.isOpen) open.push(db);
      else this.#open.delete(ref);
    }
    return open;
  }

  /** Runs a pragma on every connection to the program's data, e.g. `max_page_count = 40`. */
  pragma(text: string): void {
    for (const db of this.connections()) if (!db.location()?.endsWith('.lock')) db.exec(`pragma ${text}`);
  }

  /** The smallest `max_page_count` that holds what is there now: nothing can grow any more. */
  fillUp(): void {
    this.pragma('max_page_count = 1');
  }

  makeRoom(): void {
    this.pragma('max_page_count = 1073741823');
  }

  opened(db: DatabaseSync): void {
    for (const ref of this.#open) if (ref.deref() === db) return;
    this.#open.add(new WeakRef(db));
  }

  run<T>(sql: string, work: () => T): T {
    if (this.written && WRITES.test(sql)) this.written.push(sql);
    const after = this.#faults.filter((fault) => this.#strikes(fault, sql)).map((fault) => this.#before(fault, sql));
    const result = work();
    if (after.includes('kill-after')) process.kill(process.pid, 'SIGKILL');
    return result;
  }

  #strikes(fault: Armed, sql: string): boolean {
    if (!fault.match.test(sql)) return false;
    fault.seen += 1;
    if (fault.seen <= (fault.after ?? 0) || fault.hit >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
    fault.hit += 1;
    return true;
  }

  #before(fault: Armed, sql: string): SqlEffect {
    if (fault.effect === 'kill-before') process.kill(process.pid, 'SIGKILL');
    else if (fault.effect === 'slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fault.ms ?? 200);
    else if (fault.effect !== 'kill-after') {
      const [errcode, errstr] = ERRORS[fault.effect];
      throw Object.assign(new Error(`${errstr} (made by the test at: ${sql.slice(0, 60)})`), {
        code: 'ERR_SQLITE_ERROR',
        errcode,
        errstr,
      });
    }
    return fault.effect;
  }
}

/** The faults of this process; there are none until some are armed. */
export const faultySqlite = new FaultySqlite();

const { exec, prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
  faultySqlite.opened(this);
  return faultySqlite.run(sql, () => exec.call(this, sql));
};
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof prepare>) {
  faultySqlite.opened(this);
  return prepare.apply(this, args);
};
for (const name of ['run', 'all', 'get'] as const) {
  const stock = StatementSync.prototype[name] as (...args: unknown[]) => unknown;
  Object.defineProperty(StatementSync.prototype, name, {
    configurable: true,
    writable: true,
    value(this: StatementSync, ...args: unknown[]): unknown {
      return faultySqlite.run(this.sourceSQL, () => stock.apply(this, args));
    },
  });
}
