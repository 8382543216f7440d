/**
 * Why this file exists: a whole server inside the test's process, over loopback, on a disk that fails when told to. For
 * faults that are about what the server says and keeps, not about its process. Import it before anything that opens a
 * database: it takes hold of `node:sqlite`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningServer, type StartOptions, startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';
import { faultySqlite } from '../support/faulty-sqlite.ts';
import { FaultyStore } from '../support/faulty-store.ts';
import { addRoom, type Furnished, furnish } from '../support/furnish.ts';
import { expectNothingRefused } from '../support/honest.ts';
import type { SignedIn } from '../support/people.ts';
import { temporaryFolder } from '../support/server-process.ts';
import type { Host } from './stage.ts';

export interface InProcess extends Host {
  readonly server: RunningServer;
  readonly house: Furnished;
  /** The storage port; its statements run on this thread. */
  readonly store: FaultyStore;
  /** The database file. */
  readonly file: string;
  /** What the server has logged, parsed. */
  readonly log: { level: number; msg: string; [field: string]: unknown }[];
  /** Stops the server and starts it again on the same data and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export { faultySqlite };

/** Opens a furnished server. */
export async function openInProcess(
  options: Partial<StartOptions> & { people?: number; threaded?: boolean } = {},
): Promise<InProcess> {
  const folder = temporaryFolder();
  const { people: count = 6, threaded = false, ...rest } = options;
  const log: InProcess['log'] = [];
  let store: FaultyStore | null = null;
  const start = (port: number): Promise<RunningServer> =>
    startServer({
      config: parseConfig({ DATA_DIR: folder.path, PORT: String(port), LOG_LEVEL: 'info' }),
      dist: '/nonexistent',
      passwordCost: { ln: 4, r: 8, p: 1 },
      logTo: { write: (line) => void log.push(JSON.parse(line) as InProcess['log'][number]) },
      openUpdates: (file) => {
        const decide = store?.decide;
        store = new FaultyStore(new SqliteUpdateStore({ file, threaded }));
        if (decide) store.decide = decide;
        return store;
      },
      ...rest,
    });
  let server = await start(0);
  const house = await furnish(server, count);
  const { url } = server;
  const port = Number(new URL(url).port);
  const people: SignedIn[] = house.cookies.map((cookie) => ({ url, cookie }));
  return {
    house,
    people,
    port,
    alive: true,
    log,
    file: join(folder.path, 'radslag.sqlite'),
    get server() {
      return server;
    },
    get store() {
      if (!store) throw new Error('the server has opened no store');
      return store;
    },
    freshRoom: () => addRoom(server, house),
    async restart() {
      await server.stop();
      server = await start(port);
    },
    async close() {
      faultySqlite.clear();
      faultySqlite.makeRoom();
      if (store) store.decide = () => 'pass';
      await server.stop();
      rmSync(folder.path, { recursive: true, force: true });
      expectNothingRefused(log.map((line) => ({ event: line.msg, fields: line })));
    },
  };
}
