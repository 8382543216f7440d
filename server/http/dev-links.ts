/**
 * Why this file exists: the demo's sign-in links: a plain GET that signs a person in, as often as one likes. Mounted
 * only by the demo; a server started with `npm start` does not have this route.
 */
import { Hono } from 'hono';
import type { Id } from '#shared/ids.ts';
import type { SessionCookies } from '../people/sessions.ts';
import { hashToken, newToken } from '../people/tokens.ts';
import { notFound } from '../refusal.ts';
import type { Sessions } from '../services.ts';
import type { AppEnv } from './env.ts';

export interface DevLinks {
  /** The path of a link that signs `personId` in and leads to `path`, a path of our own. */
  make(personId: Id, path: string): string;
  find(token: string): { personId: Id; path: string } | null;
}

/** Links that live as long as the process. */
export function createDevLinks(): DevLinks {
  const links = new Map<string, { personId: Id; path: string }>();
  return {
    make(personId, path) {
      if (!/^\/(?![/\\])/.test(path)) throw new Error('A link of the demo leads to a path of our own');
      const token = newToken();
      links.set(hashToken(token), { personId, path });
      return `/demo/${token}`;
    },
    find: (token) => links.get(hashToken(token)) ?? null,
  };
}

/** `GET /demo/:token`. */
export function devLinkRoutes(links: DevLinks, sessions: Sessions, cookies: SessionCookies) {
  return new Hono<AppEnv>().get('/demo/:token', async (c) => {
    const link = links.find(c.req.param('token'));
    if (!link) throw notFound();
    const { token } = await sessions.begin(link.personId);
    c.header('Set-Cookie', cookies.set(token));
    return c.redirect(link.path, 302);
  });
}
