/**
 * Why this file exists: whose request it is. Under /api everything needs a session unless it is listed here as public,
 * so a route somebody adds is closed until they say otherwise.
 */
import type { MiddlewareHandler } from 'hono';
import type { SessionCookies } from '../people/sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Sessions } from '../services.ts';
import { type AppEnv, routeOf } from './env.ts';

/** Routes that answer without a session. */
export const PUBLIC_ROUTES: ReadonlySet<string> = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs.css',
  'GET /api/docs.js',
  'POST /api/sign-in',
  'POST /api/sign-out',
  'POST /api/links/open',
  'POST /api/links/use',
  // Whoever has a meeting's code may see what it opens and come in; wrong ones are counted (server/guests/code-gate.ts).
  'POST /api/guests/look',
  'POST /api/guests/join',
  // Whoever has the personal link of a notice's mail: what it is for, and the answer to it.
  'POST /api/notice/look',
  'POST /api/notice/answer',
  // Whoever has the token of a meeting's projector; it cannot be guessed.
  'POST /api/projector/enter',
]);

/** What a guest may ask beside the public routes and those of a meeting, which ask who takes part in it. */
const GUEST_ROUTES: ReadonlySet<string> = new Set([
  'GET /api/session',
  'GET /api/meetings',
  'GET /api/guests/me',
  'POST /api/guests/claim',
]);

/** What a projector may ask beside the public routes: what it shows, and nothing that changes anything. */
const SCREEN_ROUTES: ReadonlySet<string> = new Set([
  'GET /api/session',
  'GET /api/meetings/:meetingId',
  'GET /api/meetings/:meetingId/projector',
  'GET /api/meetings/:meetingId/floor',
  'GET /api/meetings/:meetingId/items/:itemId/workshop',
  'GET /api/meetings/:meetingId/items/:itemId/votes',
]);

/** Whether a route is for projectors: what is added tomorrow is not. */
export function forScreens(route: string): boolean {
  const [, path = ''] = route.split(' ');
  return !path.startsWith('/api/') || PUBLIC_ROUTES.has(route) || SCREEN_ROUTES.has(route);
}

/** Whether a route is for guests: the house, its registers and accounts are not, and neither is what is added tomorrow. */
export function forGuests(route: string): boolean {
  const [, path = ''] = route.split(' ');
  // Rooms decide at their own door.
  if (!path.startsWith('/api/') || path.startsWith('/api/meetings/:meetingId')) return true;
  return PUBLIC_ROUTES.has(route) || GUEST_ROUTES.has(route);
}

/** Finds the caller and prolongs the session; refuses the unknown on every route that is not public. */
export function requireSession(sessions: Sessions, cookies: SessionCookies): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = cookies.read(c.req.header('cookie'));
    const checked = token === null ? null : await sessions.check(token);
    if (checked) {
      c.set('caller', checked.caller);
      // From the token it came with: lucia's own id is the hash and would sign them out.
      if (checked.fresh && token !== null) c.header('Set-Cookie', cookies.set(token), { append: true });
    }
    const route = routeOf(c);
    // A path that nothing answers is 404 for everybody.
    const asked = route?.replace(/^HEAD /, 'GET ') ?? null;
    if (!checked && asked !== null && !PUBLIC_ROUTES.has(asked)) throw new Refusal('not-signed-in', 'Sign in first.');
    if (checked?.caller.isGuest && asked !== null && !forGuests(asked))
      throw new Refusal('forbidden', 'Guests belong to their meeting alone.');
    if (checked?.caller.isScreen && asked !== null && !forScreens(asked))
      throw new Refusal('forbidden', 'A projector only looks on.');
    return next();
  };
}
