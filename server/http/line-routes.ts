/**
 * Why this file exists: the requests of a line. What changes something and what only asks are both POST: then a browser
 * names its origin, no box keeps an answer, and the same check keeps other sites out as at an upgrade.
 */
import { type Context, Hono } from 'hono';
import { LINE_PATH, MAX_PIECE_BYTES } from '#shared/line.ts';
import type { SessionCookies } from '../people/sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, Sessions } from '../services.ts';
import type { AppEnv } from './env.ts';
import { errorResponse } from './errors.ts';
import { bodyOf } from './gatekeepers.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';

export interface LineRoutesDeps {
  sessions: Pick<Sessions, 'peek'>;
  cookies: SessionCookies;
  lines: Lines;
}

const BYTES = 'application/octet-stream';
const PLACE = /^\d{1,15}$/;
/** How long a page waits that was sent away because others of its browser wait already, in seconds. */
const COME_AGAIN_S = 1;

/** The body, when there is one: bytes, no more than a line carries at a time. */
async function bytesOf(c: Context<AppEnv>): Promise<Uint8Array> {
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > MAX_PIECE_BYTES) throw new Refusal('too-large', 'A line carries at most 256 KiB at a time.');
  if ((c.req.header('content-encoding')?.toLowerCase() ?? 'identity') !== 'identity')
    throw new Refusal('bad-request', 'The body must not be compressed.');
  const bytes = await bodyOf(c, MAX_PIECE_BYTES, length || undefined);
  if (bytes.byteLength > 0 && c.req.header('content-type') !== BYTES)
    throw new Refusal('bad-request', `The body must be ${BYTES}.`);
  return bytes;
}

function placeOf(c: Context<AppEnv>): number {
  const at = c.req.query('at') ?? '';
  if (!PLACE.test(at)) throw new Refusal('bad-request', 'The place in the stream is missing.');
  return Number(at);
}

/** `POST /collab-line` opens one; `up` carries what the page says, `down` answers with what the server says. */
export function lineRoutes({ sessions, cookies, lines }: LineRoutesDeps) {
  const callerOf = (c: Context<AppEnv>): Caller => {
    const token = cookies.read(c.req.header('cookie'));
    const caller = token === null ? null : sessions.peek(token);
    if (!caller) throw new Refusal('not-signed-in', 'Sign in first.');
    return caller;
  };
  const gone = (): Refusal => new Refusal('not-found', 'There is no such thing here.');
  const lineOf = (c: Context<AppEnv>, caller: Caller): Line => {
    const line = lines.find(c.req.param('line') ?? '', caller.sessionId);
    if (!line) throw gone();
    return line;
  };
  const ended = (c: Context<AppEnv>): void => {
    // A server that stops waits for its connections.
    if (lines.stopping) c.header('Connection', 'close');
  };

  return new Hono<AppEnv>()
    .post(LINE_PATH, async (c) => {
      const caller = callerOf(c);
      if ((await bytesOf(c)).byteLength > 0) throw new Refusal('bad-request', 'A line opens without a body.');
      const line = lines.open(caller);
      if (line === 'too-many') return errorResponse(c, 'too-many-attempts', 'There are too many lines already.');
      if (line === 'full') return errorResponse(c, 'not-ready', 'There is no room for one more.', { retryAfter: 5 });
      return c.json({ line: line.id }, 201);
    })
    .post(`${LINE_PATH}/:line/up`, async (c) => {
      const caller = callerOf(c);
      const bytes = await bytesOf(c);
      // The session may have ended while the body came.
      const line = lineOf(c, callerOf(c));
      if (line.sessionId !== caller.sessionId) throw gone();
      const answer = line.up(placeOf(c), bytes, c.req.header('cookie'));
      ended(c);
      if (answer === 'taken') return c.body(null, 204);
      if (answer === 'gone') throw gone();
      if (answer === 'gap') throw new Refusal('conflict', 'What stands before this has not come.');
      throw new Refusal('bad-request', 'This is no stream of ours.');
    })
    .post(`${LINE_PATH}/:line/down`, async (c) => {
      const caller = callerOf(c);
      if ((await bytesOf(c)).byteLength > 0) throw new Refusal('bad-request', 'A question has no body.');
      const line = lineOf(c, caller);
      const asked = line.next(placeOf(c));
      let answer = asked;
      if (asked instanceof Promise) {
        const hungUp = (): void => line.hungUp();
        c.env?.incoming?.socket?.once('close', hungUp);
        answer = await asked;
        c.env?.incoming?.socket?.off('close', hungUp);
      }
      ended(c);
      const said = answer as Awaited<typeof asked>;
      if (said === 'gone') throw gone();
      if (said === 'misplaced') throw new Refusal('conflict', 'What stands there has never been sent.');
      if (said === 'away') {
        c.header('Retry-After', String(COME_AGAIN_S));
        return c.body(null, 204);
      }
      return c.body(said.bytes, 200, { 'Content-Type': BYTES });
    });
}
