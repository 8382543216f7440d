/**
 * Why this file exists: some promises can only be tested on the program itself, as a process of its own that is killed,
 * stopped and started again on the same data. This starts it and never leaves one behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNothingRefusedIn, expectNothingStrayedIn } from './honest.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What `npm run demo -- --json` prints. */
export interface DemoLine {
  url: string;
  meetingId: string;
  rooms: string[];
  links: Record<
    'facilitator' | 'chair' | 'secretary' | 'member1' | 'member2' | 'observer' | 'guest1' | 'guest2' | 'projector',
    string
  >;
  /** Of the workshop under way, and of the meeting for guests. */
  workshopId: string;
  groupIds: string[];
  code: string;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** From the signal to the end. */
  ms: number;
}

export interface ServerProcess {
  /** Origin it answers at, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the command until it was ready. */
  readonly startedIn: number;
  stdout(): string;
  stderr(): string;
  /**
   * Sends a signal and waits for the end; SIGKILL by default. Harmless when it has ended already. Throws when the server
   * refused honest traffic.
   */
  end(signal?: NodeJS.Signals): Promise<Exit>;
}

export interface StartOptions {
  dataDir?: string;
  port?: number;
  env?: Record<string, string>;
  /** How long it may take until it is ready, in milliseconds. */
  timeout?: number;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A folder for one test's data, and the way to remove it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'radslag-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** What Node has once compiled of the server; hundreds of servers are started, and a third of what that takes is this. */
const COMPILED = join(ROOT, 'node_modules/.cache/compiled');

/** Settings of the developer's shell must not decide how a test's server behaves. */
function cleanEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of ['PORT', 'HOST', 'PUBLIC_URL', 'DATA_DIR', 'LOG_LEVEL', 'METRICS_TOKEN', 'VITEST', 'NODE_ENV'])
    delete env[name];
  return { ...env, NODE_COMPILE_CACHE: COMPILED, ...extra };
}

export interface Started {
  child: ChildProcess;
  output: { stdout: string; stderr: string };
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/**
 * Starts one of the program's entries; the process is killed when the tests end, however they end. With `ipc` it can be
 * spoken to over Node's channel; `through` is a program that starts it for us.
 */
export function spawnServer(
  args: string[],
  env: Record<string, string> = {},
  options: { ipc?: boolean; through?: string[] } = {},
): Started {
  const [program = process.execPath, ...before] = [...(options.through ?? []), process.execPath];
  const child = spawn(program, [...before, ...args], {
    cwd: ROOT,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return { child, output, exit };
}

/** A process that is ready, as tests see it. */
export function wrapProcess(started: Started, url: string, startedIn: number): ServerProcess {
  const { child, output, exit } = started;
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    startedIn,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    async end(signal = 'SIGKILL') {
      const at = performance.now();
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const ended = { ...(await exit), ms: performance.now() - at };
      expectNothingRefusedIn(output.stderr.split('\n'));
      return ended;
    },
  };
}

/** Waits for `ready` to give a value, and fails with the program's own words when it ends or takes too long. */
export async function untilReady<T>(
  started: Started,
  timeout: number,
  ready: () => Promise<T | null> | T | null,
): Promise<T> {
  let ended: { code: number | null; signal: NodeJS.Signals | null } | null = null;
  void started.exit.then((exit) => {
    ended = exit;
  });
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await ready();
    if (value !== null) return value;
    const said = `\nstdout: ${started.output.stdout}\nstderr: ${started.output.stderr}`;
    if (ended) throw new Error(`the server ended before it was ready: ${JSON.stringify(ended)}${said}`);
    if (performance.now() > deadline) {
      started.child.kill('SIGKILL');
      throw new Error(`the server was not ready within ${timeout} ms${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Starts `npm run demo -- --json` and reads its line. The first start of a fresh clone builds the client too. */
export async function startDemo(options: StartOptions = {}): Promise<ServerProcess & { demo: DemoLine }> {
  const at = performance.now();
  const args = ['server/demo.ts', '--json', '--port', String(options.port ?? 0)];
  if (options.dataDir) args.push('--data', options.dataDir);
  // Warnings tell what was refused.
  const started = spawnServer(args, { LOG_LEVEL: 'warn', ...options.env });
  const demo = await untilReady(started, options.timeout ?? 60_000, () => {
    const end = started.output.stdout.indexOf('\n');
    return end < 0 ? null : (JSON.parse(started.output.stdout.slice(0, end)) as DemoLine);
  });
  const wrapped = wrapProcess(started, demo.url, performance.now() - at);
  return {
    ...wrapped,
    demo,
    async end(signal) {
      const exit = await wrapped.end(signal);
      expectNothingStrayedIn(started.output.stderr.split('\n'));
      return exit;
    },
  };
}

/** Starts `npm start` on a folder of data and waits until it says it is well. */
export async function startInstallation(options: StartOptions & { dataDir: string }): Promise<ServerProcess> {
  const at = performance.now();
  const port = options.port ?? (await freePort());
  const started = spawnServer(['server/main.ts'], { DATA_DIR: options.dataDir, PORT: String(port), ...options.env });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(started, options.timeout ?? 30_000, async () => {
    try {
      return (await fetch(`${url}/healthz`)).ok ? true : null;
    } catch {
      return null; // Not listening yet.
    }
  });
  return wrapProcess(started, url, performance.now() - at);
}
