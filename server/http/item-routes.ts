/**
 * Why this file exists: what HTTP knows of single agenda items; their words are in the rooms.
 */
import { Hono } from 'hono';
import { authorshipSchema, currentItemInput, lockInput, meetingSchema, splitInput, splitResult } from '#shared/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

/** The routes of items. */
export function itemRoutes({ meetings }: Services) {
  const change = (operationId: string, summary: string) =>
    describe('Items', operationId, summary, meetingSchema, 'not-found', 'forbidden', 'not-allowed-now');
  const item = ids('meetingId', 'itemId');

  return new Hono<AppEnv>()
    .post(
      '/api/meetings/:meetingId/current-item',
      change('setCurrentItem', 'Which item is being dealt with; null for none'),
      ids('meetingId'),
      body(currentItemInput),
      async (c) =>
        c.json(await meetings.setCurrentItem(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json').itemId)),
    )
    .post(
      '/api/meetings/:meetingId/items/:itemId/lock',
      change('lockItem', 'Nobody may write in the item any more'),
      item,
      body(lockInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await meetings.lockItem(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .delete(
      '/api/meetings/:meetingId/items/:itemId/lock',
      change('unlockItem', 'The item may be written in again'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await meetings.unlockItem(callerOf(c), meetingId, itemId));
      },
    )
    .post(
      '/api/meetings/:meetingId/items/:itemId/split',
      describe(
        'Items',
        'splitItem',
        'Copy chosen blocks into a new item right behind',
        splitResult,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
      ),
      item,
      body(splitInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await meetings.splitItem(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .get(
      '/api/meetings/:meetingId/items/:itemId/authorship',
      describe('Items', 'getAuthorship', 'Who wrote which part, and when', authorshipSchema, 'not-found'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await meetings.authorship(callerOf(c), meetingId, itemId));
      },
    );
}
