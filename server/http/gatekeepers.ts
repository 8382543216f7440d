/**
 * Why this file exists: what every request must pass before anything looks at it: a method and an address that mean
 * something here, the right host, the right origin for what changes something, a body that is small and JSON.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { Refusal } from '../refusal.ts';
import type { AppEnv } from './env.ts';
import { errorResponse } from './errors.ts';
import { isLoopback, type Site } from './site.ts';

/** The largest body, in bytes. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** The most values in a body. Every form has far fewer; checking one by one what is none would hold everybody up. */
const MOST_VALUES = 10_000;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** For who watches over the machine: no page, and no cookie of ours reaches another name. */
const WATCHED = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Only the public address is served: a page under another name would have other cookies and another origin. Other names
 * of this machine lead there; what watches over the machine is answered under any of its names.
 */
export function hostCheck(site: Site): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (host.toLowerCase() === site.host || WATCHED.has(c.req.path)) return next();
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (reads && isLoopback(host) && c.req.header('upgrade') === undefined) {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(`${site.origin}${pathname.replace(/^\/+/, '/')}${search}`, 308);
    }
    return errorResponse(c, 'bad-request', 'This server answers only at its public address.', {}, 421);
  };
}

const METHODS = new Set([...SAFE, 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Methods nobody here answers, and addresses with a user in them, which no browser sends and no Request may hold. */
export function requestLine(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!METHODS.has(c.req.method)) return errorResponse(c, 'bad-request', 'This method is not served.', {}, 405);
    const { username, password } = new URL(c.req.url);
    if (username !== '' || password !== '') throw new Refusal('bad-request', 'The address must not name a user.');
    return next();
  };
}

/** What a browser says of a request our own page makes; an old one says nothing. */
export const OWN_PAGE: ReadonlySet<string | undefined> = new Set([undefined, 'same-origin', 'none']);

/** What changes something must come from our own pages: Origin is ours, and the browser does not say otherwise. */
export function originCheck(site: Site): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const upgrade = c.req.header('upgrade') !== undefined;
    const fetchSite = c.req.header('sec-fetch-site');
    if (!SAFE.has(c.req.method) || upgrade) {
      if (c.req.header('origin') !== site.origin || !OWN_PAGE.has(fetchSite))
        throw new Refusal('wrong-origin', 'This must come from the public address itself.');
    } else if (
      fetchSite === 'cross-site' &&
      c.req.path.startsWith('/api/') &&
      c.req.header('sec-fetch-mode') !== 'navigate'
    )
      throw new Refusal('wrong-origin', 'Other sites may not read this.');
    return next();
  };
}

const FIRST_BYTES = 16 * 1024;

/**
 * The whole body, however many pieces it comes in: each is copied and let go, because a piece of one byte weighs
 * hundreds as an object.
 */
async function readAll(pieces: AsyncIterable<Uint8Array>, most: number, first: number): Promise<Uint8Array> {
  let bytes = Buffer.allocUnsafe(Math.min(first, most));
  let size = 0;
  for await (const piece of pieces) {
    const end = size + piece.byteLength;
    if (end > most) throw new Refusal('too-large', `The body is larger than ${most / 1024} KiB.`);
    if (end > bytes.length) {
      const more = Buffer.allocUnsafe(Math.max(end, bytes.length * 2));
      bytes.copy(more, 0, 0, size);
      bytes = more;
    }
    bytes.set(piece, size);
    size = end;
  }
  return bytes.subarray(0, size);
}

/** Those in texts count too: a bound from above, found without reading anything. */
function commasIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x2c); at >= 0; at = bytes.indexOf(0x2c, at + 1)) count += 1;
  return count;
}

/**
 * The whole body, at most `most` bytes of it; there is room for `first` from the beginning. Node's own stream gives everything that has come as one piece; a web stream
 * would make an object of each.
 */
export async function bodyOf(c: Context<AppEnv>, most: number, first = FIRST_BYTES): Promise<Uint8Array> {
  const { incoming } = c.env ?? {};
  // Left open when it is too large, so that the answer still gets through.
  const pieces: AsyncIterable<Uint8Array> | null = incoming?.iterator({ destroyOnReturn: false }) ?? c.req.raw.body;
  if (pieces === null) return new Uint8Array();
  try {
    return await readAll(pieces, most, first);
  } catch (error) {
    if (incoming?.aborted) throw new Refusal('bad-request', 'The body ended before its end.');
    throw error;
  }
}

/**
 * A file or a piece of one is no form: its route reads it, once it is known who sends it (attachment-routes.ts,
 * import-routes.ts).
 */
const isPiece = (c: Context<AppEnv>): boolean =>
  (c.req.method === 'PUT' && /^\/api\/meetings\/[^/]+\/items\/[^/]+\/attachments\/uploads\/[^/]+$/.test(c.req.path)) ||
  (c.req.method === 'POST' &&
    c.req.header('content-type') === 'application/octet-stream' &&
    /^\/api\/meetings\/(?:[^/]+\/)?import$/.test(c.req.path));

/**
 * Reads the body before any handler: whole, at most {@link MAX_BODY_BYTES}, JSON, in UTF-8. Handlers get a
 * request that holds it; no body is an empty form. A body of a GET is not read by anybody.
 */
export function jsonBody(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (SAFE.has(c.req.method) || isPiece(c)) return next();
    if (Number(c.req.header('content-length') ?? 0) > MAX_BODY_BYTES)
      throw new Refusal('too-large', 'The body is larger than 1 MiB.');
    const encoding = c.req.header('content-encoding')?.toLowerCase() ?? 'identity';
    if (encoding !== 'identity') throw new Refusal('bad-request', 'The body must not be compressed.');
    const bytes = await bodyOf(c, MAX_BODY_BYTES);
    let text = '{}';
    if (bytes.length > 0) {
      const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/json') throw new Refusal('bad-request', 'The body must be application/json.');
      if (commasIn(bytes) >= MOST_VALUES) throw new Refusal('bad-request', 'The body holds too many values.');
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        JSON.parse(text);
      } catch {
        throw new Refusal('bad-request', 'The body is not JSON.');
      }
    }
    const { url, method, headers } = c.req.raw;
    c.req.raw = new Request(url, { method, headers, body: text });
    return next();
  };
}
