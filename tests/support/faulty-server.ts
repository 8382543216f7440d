/**
 * Why this file exists: the program as a process of its own whose disk the test can break. It starts the same server as
 * `npm start` does, with a small house in it (people and a meeting, made at the first start), and takes orders from the
 * test through its parent's channel. Settings: DATA_DIR, PORT, PEOPLE, LIMITS (JSON), JOURNAL=here puts the journal's
 * statements on this thread, where they can be broken one by one; otherwise they are in their own thread as always.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type RunningServer, startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import type { RelayLimits } from '../../server/relay/limits.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';
import type { HouseLine, Order } from './faulty-process.ts';
import { faultySqlite } from './faulty-sqlite.ts';
import { addRoom, type Furnished, furnish } from './furnish.ts';

const env = process.env;
const config = parseConfig(env);
const kept = join(config.dataDir, 'house.json');

const readHouse = () => JSON.parse(readFileSync(kept, 'utf8')) as Furnished;

async function obey(server: RunningServer, order: Order): Promise<unknown> {
  switch (order.do) {
    case 'arm':
      return faultySqlite.arm({ ...order.fault, match: new RegExp(order.fault.match, 'i') });
    case 'clear':
      return faultySqlite.clear();
    case 'pragma':
      return faultySqlite.pragma(order.text);
    case 'memory':
      global.gc?.();
      return process.memoryUsage();
    case 'room':
      return addRoom(server, readHouse());
    case 'read':
      return server.relay.read(order.room, (doc) => doc.getXmlFragment(NOTES_FRAGMENT).toString());
  }
}

const server = await startServer({
  config,
  dist: '/nonexistent',
  passwordCost: { ln: 4, r: 8, p: 1 },
  limits: JSON.parse(env.LIMITS ?? '{}') as Partial<RelayLimits>,
  ...(env.JOURNAL === 'here'
    ? { openUpdates: (file: string) => new SqliteUpdateStore({ file, threaded: false }) }
    : {}),
});
process.once('SIGTERM', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.on('message', ({ id, order }: { id: number; order: Order }) => {
  obey(server, order).then(
    (value) => process.send?.({ id, value: value ?? null }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
if (!existsSync(kept)) writeFileSync(kept, JSON.stringify(await furnish(server, Number(env.PEOPLE ?? 6))));
console.log(JSON.stringify({ url: server.url, ...readHouse() } satisfies HouseLine));
