/**
 * Why this file exists: the built client, from our own server. Only files that were in dist/ when the server started
 * are served, so no spelling of a path reaches anything else.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import type { AppEnv } from './env.ts';
import { errorResponse } from './errors.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=UTF-8',
  '.js': 'text/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.json': 'application/json; charset=UTF-8',
  '.webmanifest': 'application/manifest+json; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=UTF-8',
};

/** What is already compressed gains nothing. */
const COMPRESSIBLE = /^(text|application\/(json|manifest|wasm))|svg/;
/** What begins with a dot is the build's own notes and nobody's business. */
const HIDDEN = /(^|\/)\./;

/** The guests' own page, which loads little; see client/guests. */
const GUEST_PAGE = '/gast.html';
const GUEST_PATHS = /^\/g(\/[^/]*)?$/;

/** Paths that never fall back to the client's page. */
const NOT_PAGES = /^\/(api|collab|demo|healthz|assets)(\/|$)/i;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Encoding = 'br' | 'gzip' | 'identity';

interface Asset {
  bytes: Buffer;
  type: string;
  etag: string;
  encoded: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

function loadAssets(dist: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  if (!existsSync(dist)) return assets;
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(dist.length).replaceAll('\\', '/');
    if (HIDDEN.test(path)) continue;
    const bytes = readFileSync(file);
    assets.set(path, {
      bytes,
      type: TYPES[extname(path)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      encoded: new Map(),
    });
  }
  return assets;
}

function encodingFor(accept: string | undefined, type: string): Encoding {
  if (!COMPRESSIBLE.test(type) || accept === undefined) return 'identity';
  const offered = accept
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
  const takes = (name: string) =>
    offered.some((part) => part === name || (part.startsWith(`${name};`) && !/q=0(\.0*)?$/.test(part)));
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity';
}

/** Compressed once, kept in memory. */
function encode(asset: Asset, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = asset.encoded.get(encoding);
  if (!bytes) {
    const work =
      encoding === 'br'
        ? brotli(asset.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
        : encoding === 'gzip'
          ? zip(asset.bytes)
          : Promise.resolve(asset.bytes);
    bytes = work.then((buffer) => new Uint8Array(buffer));
    asset.encoded.set(encoding, bytes);
  }
  return bytes;
}

/** Serves the build in `dist`; every path of the client's own answers with its page. */
export function staticRoutes(dist: string) {
  const assets = loadAssets(dist);
  const index = assets.get('/index.html')?.bytes.toString('utf8');
  const guests = assets.get(GUEST_PAGE)?.bytes.toString('utf8') ?? index;

  const sendPage = (c: Context<AppEnv>, page: string | undefined) => {
    if (page === undefined)
      return errorResponse(c, 'internal', 'The client has not been built: run npm run build.', {}, 503);
    // React Aria gives its one style element this nonce; see security-headers.ts.
    const html = page.replace('<head>', `<head><meta property="csp-nonce" nonce="${c.var.nonce}">`);
    c.header('Cache-Control', 'no-store');
    return c.html(html);
  };

  const send = async (c: Context<AppEnv>, path: string, asset: Asset) => {
    const hashed = path.startsWith('/assets/');
    c.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header('ETag', asset.etag);
    c.header('Vary', 'Accept-Encoding');
    if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304);
    const encoding = encodingFor(c.req.header('accept-encoding'), asset.type);
    if (encoding !== 'identity') c.header('Content-Encoding', encoding);
    return c.body(await encode(asset, encoding), 200, { 'Content-Type': asset.type });
  };

  return new Hono<AppEnv>().get('*', (c) => {
    const path = c.req.path;
    if (GUEST_PATHS.test(path)) return sendPage(c, guests);
    const asset = path === '/index.html' || path === GUEST_PAGE ? undefined : assets.get(path);
    if (asset) return send(c, path, asset);
    if (NOT_PAGES.test(path) || HIDDEN.test(path) || extname(path) !== '') return c.notFound();
    return sendPage(c, index);
  });
}
