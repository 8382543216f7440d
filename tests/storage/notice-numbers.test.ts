/**
 * The step in which items began to keep the numbers of their notice: where one had gone out, they keep those it said last.
 */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { type Database, kyselyOver } from '../../server/storage/sqlite.ts';
import { item, notice } from '../notice/world.ts';

let raw: DatabaseSync;
let db: Database;
beforeEach(() => {
  raw = new DatabaseSync(':memory:');
  db = kyselyOver(raw);
});
afterEach(() => db.destroy());

test('STORE-13 a meeting that has been called keeps the numbers of its last notice', async () => {
  const at = migrations.findIndex(({ name }) => name === '022-notice-numbers');
  await migrate(db as never, migrations.slice(0, at));
  const meeting = raw.prepare(
    `insert into meeting (id, title, body, registry_number, time_zone, phase, agenda_open, version, created_at)
     values (?, 'Samråd', '', '', 'Europe/Stockholm', 'preparation', 1, 1, 1)`,
  );
  for (const id of ['called', 'uncalled']) meeting.run(id);
  const version = raw.prepare(
    `insert into notice_version (meeting_id, number, json, sha256, at, by, mailed) values ('called', ?, ?, '', 1, '', 0)`,
  );
  const section = item(3, { kind: 'section', number: '' });
  version.run(1, JSON.stringify(notice({ items: [item(1), section, item(2)] })));
  version.run(2, JSON.stringify(notice({ items: [item(2, { number: '1' }), section, item(1, { number: '2' })] })));
  await migrate(db as never, migrations);
  const numbers = raw.prepare('select id, notice_numbers from meeting order by id').all();
  expect(numbers.map(({ id, notice_numbers }) => [id, JSON.parse(String(notice_numbers))])).toEqual([
    ['called', { [item(1).id]: '2', [item(2).id]: '1' }],
    ['uncalled', {}],
  ]);
});
