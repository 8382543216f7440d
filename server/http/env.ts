/**
 * Why this file exists: what every handler may find in its context, and the one way to ask who calls.
 */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** What the answer is, where it is no page of ours: a file to take along, a picture or a PDF that is shown in place. */
    stance?: 'file' | 'picture' | 'pdf';
    /** Allows one style element of ours in the page that is answered with. */
    nonce: string;
    /** `null` without a session. Set for everything under /api and for rooms. */
    caller: Caller | null;
    /** The peer's, or what a proxy that is trusted says of it (client-address.ts); never what anybody claims. */
    address: string;
  };
}

/** The caller; `not-signed-in` when there is none. */
export function callerOf(c: Context<AppEnv>): Caller {
  const caller = c.var.caller;
  if (!caller) throw new Refusal('not-signed-in', 'Sign in first.');
  return caller;
}

/** The route that will answer, as "METHOD /path/:template"; `null` when none will. The client's files are no route. */
export function routeOf(c: Context): string | null {
  const route = matchedRoutes(c).findLast((matched) => matched.method !== 'ALL' && matched.path !== '/*');
  return route ? `${route.method} ${route.path}` : null;
}
