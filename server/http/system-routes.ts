/**
 * Why this file exists: what says how the server is and what it offers: health, the generated API document and a small
 * page that shows it.
 */
import { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import { healthSchema } from '#shared/api.ts';
import { Refusal } from '../refusal.ts';
import { describe } from './describe.ts';
import { DOCS_CSS, DOCS_HTML, DOCS_JS } from './docs-page.ts';
import type { AppEnv } from './env.ts';

/** `healthy` rejects when the data cannot be read. */
export function systemRoutes(version: string, healthy: () => Promise<void>) {
  return new Hono<AppEnv>().get(
    '/healthz',
    describe('System', 'getHealth', 'Whether the server serves', healthSchema, 'storage'),
    async (c) => {
      try {
        await healthy();
      } catch {
        throw new Refusal('storage', 'The data cannot be read.');
      }
      return c.json({ status: 'ok' as const, version });
    },
  );
}

/** The document is made once, from `api`, at its first reading: it takes some tenths of a second. */
export function docsRoutes(api: Hono<AppEnv>, version: string) {
  let document: Promise<string> | null = null;
  const make = async (): Promise<string> =>
    JSON.stringify(
      await generateSpecs(api, {
        documentation: {
          info: {
            title: 'Rådslag',
            version,
            description:
              'The words of a meeting are in its rooms, at ws(s)://HOST/collab/ROOM (y-websocket protocol). Requests that change something need the Origin header of the public address.',
          },
        },
      }),
    );
  return new Hono<AppEnv>()
    .get('/api/openapi.json', async (c) => {
      document ??= make();
      return c.body(await document, 200, { 'Content-Type': 'application/json; charset=UTF-8' });
    })
    .get('/api/docs', (c) => c.html(DOCS_HTML))
    .get('/api/docs.css', (c) => c.body(DOCS_CSS, 200, { 'Content-Type': 'text/css; charset=UTF-8' }))
    .get('/api/docs.js', (c) => c.body(DOCS_JS, 200, { 'Content-Type': 'text/javascript; charset=UTF-8' }));
}
