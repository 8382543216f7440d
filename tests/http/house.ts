/**
 * Why this file exists: a real server on a temporary folder with a few people in it, for the tests of HTTP and sockets.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import WebSocket from 'ws';
import { readItems } from '#shared/agenda.ts';
import type { Meeting, Person } from '#shared/api.ts';
import type { GivenRole } from '#shared/policy.ts';
import { type RunningServer, type StartOptions, startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import { type Caller, SYSTEM } from '../../server/services.ts';
import { expectNothingRefusedIn } from '../support/honest.ts';

/** Somebody signed in. */
export interface Visitor {
  person: Person;
  caller: Caller;
  /** For a Cookie header. */
  cookie: string;
}

export interface House {
  server: RunningServer;
  url: string;
  /** Where it listens, when the public address is another. */
  address: string;
  /** The database file. */
  file: string;
  /** All lines the server has logged. */
  log: string[];
  add(name: string, more?: { isAdmin?: boolean; email?: string }): Promise<Visitor>;
  /** Signs the same person in once more. */
  again(visitor: Visitor): Promise<Visitor>;
  /** A meeting of `visitor` with people in roles, and the ids of its items. */
  meeting(visitor: Visitor, people?: [Visitor, GivenRole[]][]): Promise<{ meeting: Meeting; items: string[] }>;
  /** A request as our own page would make it; headers given win. */
  fetch(path: string, init?: RequestInit & { as?: Visitor | undefined; json?: unknown }): Promise<Response>;
  /** Makes a session run out now, as if time had passed: straight in the data, past all use cases. */
  expire(visitor: Visitor): Promise<void>;
  socket(path: string, headers: Record<string, string>): WebSocket;
  close(): Promise<void>;
}

export const NO_CLIENT = '/nonexistent';

/**
 * Cheap passwords, silent stderr, no client unless asked for. Closing it throws when honest traffic was refused, unless it
 * was `attacked`.
 */
export async function openHouse(
  options: Partial<StartOptions> & { env?: Record<string, string> } = {},
  { attacked = false }: { attacked?: boolean } = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'radslag-house-'));
  const log: string[] = [];
  const { env, ...rest } = options;
  const server = await startServer({
    config: parseConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'debug', ...env }),
    dist: NO_CLIENT,
    passwordCost: { ln: 4, r: 8, p: 1 },
    logTo: { write: (line) => void log.push(line) },
    ...rest,
  });
  const file = join(folder, 'radslag.sqlite');
  const cookieName = server.url.startsWith('https:') ? '__Host-radslag' : 'radslag';
  const signIn = async (person: Person): Promise<Visitor> => {
    const { token, caller } = await server.services.sessions.begin(person.id);
    return { person, caller, cookie: `${cookieName}=${token}` };
  };

  return {
    server,
    url: server.url,
    address: server.address,
    file,
    log,
    async add(name, more = {}) {
      const { services } = server;
      const made = await services.people.create(SYSTEM, { name, email: more.email ?? null });
      const person = more.isAdmin ? await services.people.update(SYSTEM, made.id, { isAdmin: true }) : made;
      return signIn(person);
    },
    again: (visitor) => signIn(visitor.person),
    async meeting(visitor, people = []) {
      const { meetings } = server.services;
      let meeting = await meetings.create(visitor.caller, { template: 'working', title: 'Samråd i maj' });
      for (const [other, roles] of people)
        meeting = await meetings.addParticipant(visitor.caller, meeting.id, { personId: other.person.id, roles });
      const items = await server.relay.read(`agenda:${meeting.id}`, (doc) => readItems(doc).map((item) => item.id));
      return { meeting, items };
    },
    fetch(path, init = {}) {
      const { as, json, headers, ...others } = init;
      return fetch(server.url + path, {
        redirect: 'manual',
        ...others,
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        headers: {
          origin: server.url,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(as ? { cookie: as.cookie } : {}),
          ...(headers as Record<string, string> | undefined),
        },
      });
    },
    async expire(visitor) {
      const raw = new DatabaseSync(file, { timeout: 5_000 });
      raw.prepare('update session set expires_at = 1 where id = ?').run(visitor.caller.sessionId);
      raw.close();
    },
    socket: (path, headers) => new WebSocket(server.url.replace(/^http/, 'ws') + path, { headers }),
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true });
      if (!attacked) expectNothingRefusedIn(log);
    },
  };
}

/** How a socket ended: the status of a refused upgrade or the code of a close, and the frames that came before. */
export function ending(socket: WebSocket): Promise<{ status?: number; code?: number; frames: number }> {
  return new Promise((resolve) => {
    let frames = 0;
    socket.on('message', () => {
      frames += 1;
    });
    socket.on('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0, frames }));
    socket.on('close', (code) => resolve({ code, frames }));
    socket.on('error', () => {});
  });
}

/** The first frame, or how it ended before one came. */
export function firstFrame(socket: WebSocket): Promise<'frame' | { status?: number; code?: number }> {
  return Promise.race([
    new Promise<'frame'>((resolve) => socket.once('message', () => resolve('frame'))),
    ending(socket).then(({ frames: _, ...end }) => end),
  ]);
}
