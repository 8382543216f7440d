/**
 * Why this file exists: starts faulty-server.ts and speaks with it. What it is told is in {@link Order}.
 */
import type { Furnished } from './furnish.ts';
import type { SignedIn } from './people.ts';
import {
  type Exit,
  freePort,
  type ServerProcess,
  spawnServer,
  temporaryFolder,
  untilReady,
  wrapProcess,
} from './server-process.ts';

export interface HouseLine extends Furnished {
  url: string;
}

/** A fault in the server's SQLite; `match` is a regular expression over the statement's text. */
export interface RemoteFault {
  match: string;
  effect: 'full' | 'io' | 'busy' | 'slow' | 'kill-before' | 'kill-after';
  after?: number;
  times?: number;
  ms?: number;
}

export type Order =
  | { do: 'arm'; fault: RemoteFault }
  | { do: 'clear' }
  | { do: 'pragma'; text: string }
  | { do: 'memory' }
  /** Makes a room with one empty paragraph and gives its name. */
  | { do: 'room' }
  | { do: 'read'; room: string };

export interface FaultyProcess extends ServerProcess {
  readonly dataDir: string;
  readonly house: HouseLine;
  /** People who are signed in. */
  readonly people: SignedIn[];
  tell(order: Order): Promise<unknown>;
  /** A room nobody has written in. */
  freshRoom(): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  /** How it ended, when it has. */
  readonly ended: Promise<Exit>;
  readonly alive: boolean;
}

export interface FaultyOptions {
  dataDir: string;
  port?: number;
  people?: number;
  limits?: Record<string, number>;
  /** The journal's statements run where they can be broken. */
  journalHere?: boolean;
  env?: Record<string, string>;
  execArgv?: string[];
  /** A program that starts ours, e.g. `prlimit` with its arguments. */
  through?: string[];
  timeout?: number;
}

/** Starts the server on a folder of data and resolves when it serves. */
export async function startFaulty(options: FaultyOptions): Promise<FaultyProcess> {
  const at = performance.now();
  const started = spawnServer(
    [...(options.execArgv ?? []), 'tests/support/faulty-server.ts'],
    {
      DATA_DIR: options.dataDir,
      PORT: String(options.port ?? 0),
      LOG_LEVEL: 'warn',
      PEOPLE: String(options.people ?? 6),
      LIMITS: JSON.stringify(options.limits ?? {}),
      JOURNAL: options.journalHere ? 'here' : 'thread',
      ...options.env,
    },
    { ipc: true, ...(options.through ? { through: options.through } : {}) },
  );
  const house = await untilReady(started, options.timeout ?? 30_000, () => {
    const end = started.output.stdout.indexOf('\n');
    return end < 0 ? null : (JSON.parse(started.output.stdout.slice(0, end)) as HouseLine);
  });
  const { child } = started;
  const tell = (order: Order): Promise<unknown> => {
    const id = ++orders;
    return new Promise((resolve, reject) => {
      void ended.then(() => reject(new Error('the server has ended')));
      answers.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
      child.send({ id, order });
    });
  };
  let orders = 0;
  const answers = new Map<number, (answer: { value?: unknown; error?: string }) => void>();
  child.on('message', (answer: { id: number; value?: unknown; error?: string }) => {
    answers.get(answer.id)?.(answer);
    answers.delete(answer.id);
  });
  const ended = started.exit.then((exit) => ({ ...exit, ms: 0 }));
  return {
    ...wrapProcess(started, house.url, performance.now() - at),
    dataDir: options.dataDir,
    house,
    people: house.cookies.map((cookie) => ({ url: house.url, cookie })),
    tell,
    freshRoom: async () => String(await tell({ do: 'room' })),
    signal: (signal) => void child.kill(signal),
    ended,
    get alive() {
      return child.exitCode === null && child.signalCode === null;
    },
  };
}

/**
 * Starts the server on a folder of its own; `again` starts it there, behind the same port, when it has ended. `end` ends
 * what still runs and removes the folder.
 */
export async function startAgainAndAgain(
  more: Omit<FaultyOptions, 'dataDir' | 'port'> = {},
): Promise<{ server: FaultyProcess; again(): Promise<FaultyProcess>; end(): Promise<void> }> {
  const folder = temporaryFolder();
  const options = { ...more, dataDir: folder.path, port: await freePort() };
  const started: FaultyProcess[] = [];
  const again = async (): Promise<FaultyProcess> => {
    const server = await startFaulty(options);
    started.push(server);
    return server;
  };
  const end = async (): Promise<void> => {
    for (const server of started) await server.end();
    folder.remove();
  };
  try {
    return { server: await again(), again, end };
  } catch (error) {
    await end();
    throw error;
  }
}
