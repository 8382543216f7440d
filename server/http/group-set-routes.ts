/** Why this file exists: what HTTP knows of saved groups. */
import { Hono } from 'hono';
import type { ErrorCode } from '#shared/api.ts';
import { groupSetInput, groupSetListSchema } from '#shared/workshop/group-sets.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const SETS = '/api/meetings/:meetingId/group-sets';

const answers = (operationId: string, summary: string, ...errors: ErrorCode[]) =>
  describe(
    'Workshops',
    operationId,
    summary,
    groupSetListSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    ...errors,
  );

/** The routes of saved groups. */
export function groupSetRoutes({ groupSets }: Services) {
  return new Hono<AppEnv>()
    .get(SETS, answers('listGroupSets', 'Groups kept under a name'), ids('meetingId'), async (c) =>
      c.json(await groupSets.list(callerOf(c), c.req.valid('param').meetingId)),
    )
    .post(
      SETS,
      answers('saveGroupSet', 'Keep groups under a name, to use them again', 'conflict'),
      ids('meetingId'),
      body(groupSetInput),
      async (c) => c.json(await groupSets.save(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .delete(
      `${SETS}/:setId`,
      answers('removeGroupSet', 'Forget groups kept under a name'),
      ids('meetingId', 'setId'),
      async (c) => {
        const { meetingId, setId } = c.req.valid('param');
        return c.json(await groupSets.remove(callerOf(c), meetingId, setId));
      },
    );
}
