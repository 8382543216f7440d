/**
 * Why this file exists: `npm run demo`. An invented retreat in full swing, in a database that is empty at the beginning
 * and gone at the end, and a link per role to step into it.
 *
 *   --port N     the port, 3000 by default (0: any that is free)
 *   --host H     the address to listen on, 127.0.0.1 by default
 *   --data DIR   keep the data in DIR; the next start, or `DATA_DIR=DIR npm start`, goes on with it
 *   --json       print one line for programs and nothing else
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.ts';
import { type RunningServer, startServer } from './compose.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { SEATS, type Seat } from './demo/cast.ts';
import { createDemoClock } from './demo/clock.ts';
import { NotADemo, readKept, writeKept } from './demo/kept.ts';
import { seed } from './demo/seed.ts';
import { untilInFullSwing } from './demo/timetable.ts';
import { welcome } from './demo/words.ts';
import { tuneEngine } from './engine.ts';
import { whenLeftAlone } from './left-alone.ts';
import { FolderInUse } from './storage/folder-lock.ts';

interface Options {
  config: Config;
  json: boolean;
  /** The folder named by the user, or `null` when it is ours to remove. */
  kept: string | null;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const env: NodeJS.ProcessEnv = { LOG_LEVEL: 'error', ...process.env };
  if (values.port !== undefined) env.PORT = values.port;
  if (values.host !== undefined) env.HOST = values.host;
  env.DATA_DIR = values.data ?? tmpdir();
  const config = parseConfig(env);
  return { config, json: values.json, kept: values.data === undefined ? null : config.dataDir };
}

async function run({ config, json, kept }: Options): Promise<void> {
  tuneEngine();
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'radslag-demo-'));
  const removeData = (): void => {
    if (!kept) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', removeData);
  let server: RunningServer | null = null;
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl+C does not wait.
    if (stopping) process.exit(1);
    stopping = true;
    void (server?.stop() ?? Promise.resolve()).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  whenLeftAlone(stop);

  const before = readKept(dataDir);
  const dist = await ensureBuilt(() => process.stderr.write('Building the client, once.\n'));
  const clock = createDemoClock(untilInFullSwing(Date.now()));
  server = await startServer({ config: { ...config, dataDir }, devLinks: true, clock: clock.clock, dist });
  const running = server;
  const seeded = before ?? (await seed(running, clock, clock.now()));
  if (!before) writeKept(dataDir, seeded);

  const { meetingId, rooms, people, workshop } = seeded;
  const seats = Object.fromEntries(
    (Object.keys(SEATS) as Seat[]).map((seat) => [seat, running.devLink(people[seat], `/m/${meetingId}`)]),
  ) as Record<Seat, string>;
  const leader = { personId: people.facilitator, isAdmin: true, isGuest: false, sessionId: '' };
  const { code } = await running.services.guests.view(leader, meetingId);
  const guests = Object.fromEntries(
    workshop.guests.map(({ personId, groupId }, index) => [
      `guest${index + 1}`,
      running.devLink(personId, `/m/${meetingId}/p/${workshop.itemId}/grupp/${groupId}`),
    ]),
  );
  const { url: projector } = await running.services.projector.makeLink(leader, meetingId);
  const links = { ...seats, ...guests, projector };
  const { workshopId, groupIds } = workshop;
  process.stdout.write(
    json
      ? `${JSON.stringify({ url: running.url, meetingId, rooms, code, workshopId, groupIds, links })}\n`
      : welcome(running.url, { seats, guests, projector, code }, kept),
  );
}

/** What somebody at a terminal can do something about gets one line; anything else is a fault and shows where. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = [ConfigError, NotADemo, FolderInUse].some((kind) => error instanceof kind);
  if (expected) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) return error.message;
  if (code === 'EADDRINUSE') return 'That port is taken: choose another with --port, or --port 0 for any that is free.';
  return error.stack ?? error.message;
}

try {
  await run(readOptions());
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
