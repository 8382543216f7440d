/**
 * Why this file exists: one line per request that says enough to find a fault and nothing about anybody: no body, no
 * query, no cookie, no address of a page; the path as its template and the id that the answer carries too.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import { newId } from '#shared/ids.ts';
import { LINE_PATH } from '#shared/line.ts';
import { clientAddress, type TrustedProxy } from './client-address.ts';
import { type AppEnv, routeOf } from './env.ts';

/** Gives the request its id and the address it comes from, and logs it when it has been answered. */
export function requestLog(log: Logger, trusted: TrustedProxy | null): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const from = performance.now();
    c.set('requestId', newId());
    c.set('caller', null);
    const peer = c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : '';
    c.set('address', clientAddress(peer, c.req.header('x-forwarded-for'), trusted));
    await next();
    c.res.headers.set('X-Request-Id', c.var.requestId);
    const line = {
      requestId: c.var.requestId,
      method: c.req.method.slice(0, 10),
      route: routeOf(c)?.split(' ')[1] ?? 'none',
      // The adapter turns the answer of an upgraded request into 101 later on.
      status: c.req.header('upgrade') !== undefined && c.res.status === 200 ? 101 : c.res.status,
      ms: Math.round(performance.now() - from),
    };
    if (c.res.status >= 500) log.error({ ...line, err: c.error }, 'request failed');
    // A line asks again and again, as a socket's frames go by.
    else if (line.route.startsWith(`${LINE_PATH}/`)) log.debug(line, 'request');
    else log.info(line, 'request');
  };
}
