/**
 * Why this file exists: the three servers side by side: how each is started in a folder of its own, and what clients need
 * to come in. Ours begins each time with a copy of the same populated folder, since populating takes seconds.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RelayLimits } from '../../server/relay/limits.ts';
import type { DialectName } from './load/dialects.ts';
import { Helper, SERVER_CORE } from './processes.ts';
import type { ServerQuestions, Target } from './servers/questions.ts';

export type Server = Helper<ServerQuestions>;

export interface Running {
  name: DialectName;
  server: Server;
  target: Target;
  folder: string;
}

export interface StartOptions {
  /** Limits of our relay that are lifted. */
  limits?: Partial<RelayLimits>;
  /** Start where another server of the same kind stopped. */
  folder?: string;
  port?: number;
  /** The server can be asked to collect garbage. */
  gc?: boolean;
}

export const PEERS: DialectName[] = ['raw', 'hocuspocus', 'ours'];
export const PEER_NAMES: Record<DialectName, string> = { ours: 'Rådslag', raw: 'raw', hocuspocus: 'Hocuspocus' };

const ROOMS = Array.from({ length: 1000 }, (_, n) => `meeting-${String(n).padStart(4, '0')}`);
const POPULATE_MS = 120_000;

const root = mkdtempSync(join(tmpdir(), 'radslag-bench-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

/** A folder of the run's own, gone with it. */
export function newFolder(): string {
  return mkdtempSync(join(root, 'f-'));
}

let populated: Promise<string> | null = null;

async function populatedFolder(): Promise<string> {
  const folder = newFolder();
  const server: Server = new Helper('servers/ours.ts', { core: SERVER_CORE, args: [folder] });
  await server.ask('target', null, POPULATE_MS);
  await server.ask('stop', null);
  await server.end();
  return folder;
}

/** JSON has no infinity. */
const withoutInfinity = (_key: string, value: unknown): unknown => (value === Number.POSITIVE_INFINITY ? null : value);

/** Starts a server; resolves when it serves. */
export async function start(name: DialectName, options: StartOptions = {}): Promise<Running> {
  const folder = options.folder ?? newFolder();
  if (name === 'ours' && !options.folder) {
    populated ??= populatedFolder();
    cpSync(await populated, folder, { recursive: true });
  }
  const limits = name === 'ours' ? [JSON.stringify(options.limits ?? {}, withoutInfinity)] : [];
  const server: Server = new Helper(`servers/${name}.ts`, {
    core: SERVER_CORE,
    args: [folder, String(options.port ?? 0), ...limits],
    flags: options.gc ? ['--expose-gc'] : [],
  });
  const target = await server.ask('target', null);
  return { name, server, folder, target: name === 'ours' ? target : { ...target, rooms: ROOMS } };
}

/** Stops a server as an administrator does. One that does not stop is killed. */
export async function stop({ server, folder }: Running, keep: { folder: boolean } = { folder: false }): Promise<void> {
  await server.ask('stop', null).catch(() => {});
  await server.end(2_000);
  if (!keep.folder) rmSync(folder, { recursive: true, force: true });
}

/** Ends a server that may not listen any more, and removes its folder. */
export async function kill({ server, folder }: Running): Promise<void> {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
}
