/**
 * Why this file exists: what HTTP knows of workshops: who is in which group, what the time is. Their words are in rooms.
 */
import { Hono } from 'hono';
import type { ErrorCode } from '#shared/api.ts';
import { workshopInput, workshopPatch, workshopSchema } from '#shared/workshop/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const WORKSHOP = '/api/meetings/:meetingId/items/:itemId/workshop';

const change = (operationId: string, summary: string, ...errors: ErrorCode[]) =>
  describe(
    'Workshops',
    operationId,
    summary,
    workshopSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'conflict',
    ...errors,
  );

/** The routes of workshops. */
export function workshopRoutes({ workshops }: Services) {
  const item = ids('meetingId', 'itemId');

  return new Hono<AppEnv>()
    .get(
      WORKSHOP,
      describe('Workshops', 'getWorkshop', 'Prompts, rounds, groups and clock', workshopSchema, 'not-found'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await workshops.get(callerOf(c), meetingId, itemId));
      },
    )
    .post(
      WORKSHOP,
      change('createWorkshop', 'A workshop on an item that is a dialogue', 'storage'),
      item,
      body(workshopInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await workshops.create(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .patch(
      WORKSHOP,
      change('updateWorkshop', 'Prompts, doors, rules', 'storage'),
      item,
      body(workshopPatch),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await workshops.update(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .delete(
      WORKSHOP,
      describe(
        'Workshops',
        'removeWorkshop',
        'Take it away while nothing is written in it',
        null,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
      ),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        await workshops.remove(callerOf(c), meetingId, itemId);
        return c.body(null, 204);
      },
    );
}
