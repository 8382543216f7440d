/**
 * Why this file exists: the real server as the bench needs it: all of it on (accounts, policy, checks, every commit
 * synchronised to disk), with people, meetings and items in the folder named by its first argument. Started again on the
 * same folder it goes on with what is there. A third argument, JSON, overrides limits of the relay.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '../../../server/compose.ts';
import { tuneEngine } from '../../../server/engine.ts';
import type { RelayLimits } from '../../../server/relay/limits.ts';
import { answerAsServer, type Target } from './questions.ts';

const [dataDir, port, overrides] = process.argv.slice(2);
if (!dataDir) throw new Error('usage: ours.ts FOLDER [PORT] [LIMITS]');

/** JSON has no infinity: `null` takes a limit away. */
function limitsFrom(json: string): Partial<RelayLimits> {
  return JSON.parse(json, (_key, value: unknown) => (value === null ? Number.POSITIVE_INFINITY : value));
}

// As start.mjs does it, before the rest is read.
tuneEngine();
const { startServer } = await import('../../../server/compose.ts');
const { parseConfig } = await import('../../../server/config.ts');
const { populate } = await import('./populate.ts');
const { populateWorkshop } = await import('./populate-workshop.ts');

let server: RunningServer | null = null;

async function start(folder: string): Promise<Target> {
  server = await startServer({
    config: parseConfig({ DATA_DIR: folder, PORT: port ?? '0', LOG_LEVEL: 'warn' }),
    devLinks: true,
    // Nobody fetches a page here.
    dist: join(folder, 'no-client'),
    limits: limitsFrom(overrides ?? '{}'),
    logTo: {
      write: (line) => {
        if (/"level":(50|60)/.test(line)) process.stderr.write(line);
      },
    },
  });
  const known = join(folder, 'bench.json');
  const made = existsSync(known)
    ? (JSON.parse(readFileSync(known, 'utf8')) as Omit<Target, 'url'>)
    : { ...(await populate(server)), workshop: await populateWorkshop(server) };
  writeFileSync(known, JSON.stringify(made));
  return { url: server.url, ...made };
}

answerAsServer(
  () => start(dataDir),
  async () => server?.stop(),
  () => {
    if (!server) throw new Error('not started');
    const { rooms, compactions, commitMs } = server.stats;
    return { rooms, compactions, commits: commitMs.count, commitMs: commitMs.sum };
  },
);
