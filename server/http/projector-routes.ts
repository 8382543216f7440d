/** Why this file exists: what HTTP knows of the projector: what it shows, and the link that opens one. */
import { Hono } from 'hono';
import type { ErrorCode } from '#shared/api.ts';
import {
  projectorEnteredSchema,
  projectorEnterInput,
  projectorInput,
  projectorLinkSchema,
  projectorSchema,
} from '#shared/projector/api.ts';
import type { SessionCookies } from '../people/sessions.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const PROJECTOR = '/api/meetings/:meetingId/projector';
const OFFICERS: ErrorCode[] = ['not-found', 'forbidden', 'not-allowed-now'];

/** The routes of the projector. */
export function projectorRoutes({ projector, sessions }: Services, cookies: SessionCookies) {
  const meeting = ids('meetingId');

  return new Hono<AppEnv>()
    .get(
      PROJECTOR,
      describe('Projector', 'getProjector', 'What the projector shows', projectorSchema, 'not-found'),
      meeting,
      async (c) => c.json(await projector.get(callerOf(c), c.req.valid('param').meetingId)),
    )
    .put(
      PROJECTOR,
      describe('Projector', 'showOnProjector', 'Show something else', projectorSchema, ...OFFICERS),
      meeting,
      body(projectorInput),
      async (c) => c.json(await projector.show(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      `${PROJECTOR}/link`,
      describe(
        'Projector',
        'makeProjectorLink',
        'A link that can only read; the older one is dead before the answer',
        projectorLinkSchema,
        ...OFFICERS,
      ),
      meeting,
      async (c) => c.json(await projector.makeLink(callerOf(c), c.req.valid('param').meetingId)),
    )
    .delete(
      `${PROJECTOR}/link`,
      describe('Projector', 'endProjectorLink', 'No link any more', projectorSchema, ...OFFICERS),
      meeting,
      async (c) => c.json(await projector.endLink(callerOf(c), c.req.valid('param').meetingId)),
    )
    .post(
      '/api/projector/enter',
      describe(
        'Projector',
        'enterProjector',
        'Come in by a link, as a screen',
        projectorEnteredSchema,
        'not-found',
        'conflict',
      ),
      body(projectorEnterInput),
      async (c) => {
        const { begun, meetingId } = await projector.enter(c.var.caller ?? null, c.req.valid('json'));
        if (begun) {
          if (c.var.caller) await sessions.end(c.var.caller.sessionId);
          c.header('Set-Cookie', cookies.set(begun.token));
        }
        return c.json({ meetingId });
      },
    );
}
