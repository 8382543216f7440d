/**
 * Why this file exists: the whole of what is served, in the order a request passes it.
 */
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { SessionCookies } from '../people/sessions.ts';
import type { Clock } from '../relay/ports.ts';
import type { Services } from '../services.ts';
import { accountRoutes } from './account-routes.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { attendanceRoutes } from './attendance-routes.ts';
import type { TrustedProxy } from './client-address.ts';
import { collabRoutes } from './collab.ts';
import { decisionRoutes } from './decision-routes.ts';
import { type DevLinks, devLinkRoutes } from './dev-links.ts';
import type { AppEnv } from './env.ts';
import { errorResponse, toResponse } from './errors.ts';
import { floorRoutes } from './floor-routes.ts';
import { hostCheck, jsonBody, originCheck, requestLine } from './gatekeepers.ts';
import { groupSetRoutes } from './group-set-routes.ts';
import { guestRoutes } from './guest-routes.ts';
import { harvestRoutes } from './harvest-routes.ts';
import { importRoutes } from './import-routes.ts';
import { itemRoutes } from './item-routes.ts';
import { lineRoutes } from './line-routes.ts';
import type { Lines } from './lines.ts';
import { meetingRoutes } from './meeting-routes.ts';
import { minutesRoutes } from './minutes-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { metricsRoutes, type OperationsDeps, operationsRoutes } from './operations-routes.ts';
import { projectorRoutes } from './projector-routes.ts';
import { registerRoutes } from './register-routes.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { requireSession } from './session.ts';
import { signOffRoutes } from './signoff-routes.ts';
import type { Site } from './site.ts';
import { staticRoutes } from './static.ts';
import { summaryRoutes } from './summary-routes.ts';
import { docsRoutes, systemRoutes } from './system-routes.ts';
import { versionRoutes } from './version-routes.ts';
import { workshopRoutes } from './workshop-routes.ts';

export interface AppDeps extends OperationsDeps {
  services: Services;
  cookies: SessionCookies;
  lines: Lines;
  site: Site;
  log: Logger;
  version: string;
  trustedProxy: TrustedProxy | null;
  /** What pages are told the time is, in every answer's Date. */
  clock: Clock;
  /** Rejects when the data cannot be read. */
  healthy(): Promise<void>;
  /** Folder of the built client. */
  dist: string;
  /** `null` everywhere but in the demo. */
  devLinks: DevLinks | null;
}

/** The typed part: what `hc<AppType>` can call. */
function apiRoutes(deps: AppDeps) {
  return new Hono<AppEnv>()
    .route('/', systemRoutes(deps.version, deps.healthy))
    .route('/', operationsRoutes(deps))
    .route('/', accountRoutes(deps.services, deps.cookies))
    .route('/', registerRoutes(deps.services))
    .route('/', meetingRoutes(deps.services))
    .route('/', itemRoutes(deps.services))
    .route('/', versionRoutes(deps.services))
    .route('/', workshopRoutes(deps.services))
    .route('/', groupSetRoutes(deps.services))
    .route('/', summaryRoutes(deps.services))
    .route('/', minutesRoutes(deps.services))
    .route('/', noticeRoutes(deps.services))
    .route('/', signOffRoutes(deps.services))
    .route('/', guestRoutes(deps.services, deps.cookies))
    .route('/', harvestRoutes(deps.services))
    .route('/', projectorRoutes(deps.services, deps.cookies))
    .route('/', floorRoutes(deps.services))
    .route('/', decisionRoutes(deps.services))
    .route('/', attendanceRoutes(deps.services))
    .route('/', attachmentRoutes(deps.services))
    .route('/', importRoutes(deps.services));
}

export type AppType = ReturnType<typeof apiRoutes>;

/** The application: all of HTTP but the upgrades, which upgrade.ts serves. */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(toResponse);
  app.notFound((c) => errorResponse(c, 'not-found', 'There is no such thing here.'));

  app.use(async (c, next) => {
    await next();
    // Pages count with it (a round's end, "Sparat 13.32"), so it is the clock that the rest of the server has.
    c.header('date', new Date(deps.clock()).toUTCString());
  });
  app.use(requestLog(deps.log, deps.trustedProxy));
  app.use(securityHeaders(deps.site));
  app.use(requestLine());
  app.use(originCheck(deps.site));
  app.use(hostCheck(deps.site));
  // Carries bytes, so it stands before what takes nothing but JSON.
  app.route('/', lineRoutes({ sessions: deps.services.sessions, cookies: deps.cookies, lines: deps.lines }));
  app.use(jsonBody());
  app.use('/api/*', requireSession(deps.services.sessions, deps.cookies));

  const api = apiRoutes(deps);
  app.route('/', api);
  app.route('/', docsRoutes(api, deps.version));
  app.route('/', collabRoutes());
  app.route('/', metricsRoutes(deps));
  if (deps.devLinks) app.route('/', devLinkRoutes(deps.devLinks, deps.services.sessions, deps.cookies));
  app.route('/', staticRoutes(deps.dist));
  return app;
}

/** Every route of an application, as "METHOD /path/:template", each once. */
export function servedRoutes(app: Hono<AppEnv>): string[] {
  const routes = app.routes.filter((route) => route.method !== 'ALL' && route.path !== '/*');
  return [...new Set(routes.map((route) => `${route.method} ${route.path}`))];
}
