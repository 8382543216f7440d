/**
 * Why this file exists: what those who run the server may ask: whether it is ready, its numbers for Prometheus, and the
 * same for the administrators' page.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { operationsSchema, readySchema } from '#shared/api.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Readiness } from '../operations/readiness.ts';
import type { SessionCookies } from '../people/sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { errorResponse } from './errors.ts';

export interface OperationsDeps {
  services: Pick<Services, 'operations' | 'sessions'>;
  cookies: SessionCookies;
  metrics: Metrics;
  /** Lets whoever knows it read the metrics; `null` leaves them to administrators. */
  metricsToken: string | null;
  readiness: Readiness;
}

const fingerprint = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether the request carries the token; takes as long whatever it carries. */
function carries(c: Context<AppEnv>, token: string | null): boolean {
  const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  return token !== null && given !== undefined && timingSafeEqual(fingerprint(given), fingerprint(token));
}

/** `GET /metrics`: text for Prometheus, which signs in with a token; to others it is as if it were not there. */
export function metricsRoutes(deps: OperationsDeps) {
  const isAdministrator = async (c: Context<AppEnv>): Promise<boolean> => {
    const session = deps.cookies.read(c.req.header('cookie'));
    const caller = session === null ? null : await deps.services.sessions.peek(session);
    return caller?.isAdmin ?? false;
  };
  return new Hono<AppEnv>().get('/metrics', async (c) => {
    if (carries(c, deps.metricsToken) || (await isAdministrator(c)))
      return c.body(await deps.metrics.text(), 200, { 'Content-Type': deps.metrics.contentType });
    if (deps.metricsToken === null) return errorResponse(c, 'not-found', 'There is no such thing here.');
    c.header('WWW-Authenticate', 'Bearer');
    return errorResponse(c, 'not-signed-in', 'The metrics need their token.');
  });
}

/** The typed part. */
export function operationsRoutes({ services, readiness }: Pick<OperationsDeps, 'services' | 'readiness'>) {
  return new Hono<AppEnv>()
    .get(
      '/readyz',
      describe('System', 'getReadiness', 'Whether new people should be sent here', readySchema, 'not-ready'),
      async (c) => {
        const reasons = await readiness();
        if (reasons.length > 0) throw new Refusal('not-ready', `Not ready: ${reasons.join('; ')}.`);
        return c.json({ status: 'ready' as const });
      },
    )
    .get(
      '/api/operations',
      describe('System', 'getOperations', 'How the server is, for administrators', operationsSchema, 'forbidden'),
      async (c) => c.json(await services.operations.live(callerOf(c))),
    );
}
