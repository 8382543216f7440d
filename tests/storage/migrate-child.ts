/**
 * Why this file exists: brings a database forward and kills itself at the statement it is told, for migrate.test.ts.
 * Arguments: file, number of the statement before which to die (0: never).
 */
import type { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';

const [file = '', fatal = '0'] = process.argv.slice(2);
let count = 0;
const raw = openSqlite(file);
const counting = new Proxy(raw, {
  get(target, key) {
    if (key !== 'prepare') {
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    }
    return (sql: string) => {
      count += 1;
      if (count === Number(fatal)) process.kill(process.pid, 'SIGKILL');
      return target.prepare(sql);
    };
  },
}) as DatabaseSync;
await migrate(kyselyOver(counting) as never, migrations);
console.log(count);
