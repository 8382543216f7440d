/** Why this file exists: what HTTP knows of the harvest: who wrote the contributions, and the votes on them. */
import { Hono } from 'hono';
import type { ErrorCode } from '#shared/api.ts';
import { ballotInput, voteInput, voteListSchema, workshopAuthorshipSchema } from '#shared/workshop/harvest-api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const ITEM = '/api/meetings/:meetingId/items/:itemId';

const change = (operationId: string, summary: string, ...errors: ErrorCode[]) =>
  describe('Harvest', operationId, summary, voteListSchema, 'not-found', 'forbidden', 'conflict', ...errors);

/** The routes of the harvest. */
export function harvestRoutes({ harvest, votes }: Services) {
  const item = ids('meetingId', 'itemId');
  const vote = ids('meetingId', 'itemId', 'voteId');

  return new Hono<AppEnv>()
    .get(
      `${ITEM}/workshop/authorship`,
      describe(
        'Harvest',
        'getWorkshopAuthorship',
        'Who wrote what in the groups one may read, and when',
        workshopAuthorshipSchema,
        'not-found',
      ),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await harvest.authorship(callerOf(c), meetingId, itemId));
      },
    )
    .get(
      `${ITEM}/votes`,
      describe('Harvest', 'listVotes', 'The votes on an item, newest first', voteListSchema, 'not-found'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json({ votes: await votes.list(callerOf(c), meetingId, itemId) });
      },
    )
    .post(
      `${ITEM}/votes`,
      change('openVote', 'Let people put dots on clusters or contributions', 'not-allowed-now'),
      item,
      body(voteInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json({ votes: await votes.open(callerOf(c), meetingId, itemId, c.req.valid('json')) });
      },
    )
    .put(
      `${ITEM}/votes/:voteId/ballot`,
      change('castBallot', "The caller's dots, in the place of those given before", 'not-allowed-now'),
      vote,
      body(ballotInput),
      async (c) => {
        const { meetingId, itemId, voteId } = c.req.valid('param');
        return c.json({ votes: await votes.cast(callerOf(c), meetingId, itemId, voteId, c.req.valid('json')) });
      },
    )
    .post(
      `${ITEM}/votes/:voteId/close`,
      change('closeVote', 'Keep the counts; the ballots are gone for good', 'not-allowed-now'),
      vote,
      async (c) => {
        const { meetingId, itemId, voteId } = c.req.valid('param');
        return c.json({ votes: await votes.close(callerOf(c), meetingId, itemId, voteId) });
      },
    );
}
