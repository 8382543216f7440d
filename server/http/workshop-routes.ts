/**
 * Why this file exists: what HTTP knows of workshops: who is in which group, what the time is. Their words are in rooms.
 */
import { Hono } from 'hono';
import { authorshipSchema, type ErrorCode } from '#shared/api.ts';
import {
  clockInput,
  handInput,
  messageInput,
  placeInput,
  roundInput,
  roundPatch,
  workshopInput,
  workshopPatch,
  workshopSchema,
} from '#shared/workshop/api.ts';
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
  const round = ids('meetingId', 'itemId', 'roundId');
  const group = ids('meetingId', 'itemId', 'groupId');

  return new Hono<AppEnv>()
    .get(
      WORKSHOP,
      describe(
        'Workshops',
        'getWorkshop',
        'Prompts, rounds, groups and clock; null for an item that has no workshop',
        workshopSchema.nullable(),
        'not-found',
      ),
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
    )
    .post(
      `${WORKSHOP}/rounds`,
      change('addRound', 'One more round, planned', 'storage'),
      item,
      body(roundInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await workshops.addRound(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .patch(
      `${WORKSHOP}/rounds/:roundId`,
      change('updateRound', 'Title, time, or all of the groups with the people in them', 'storage'),
      round,
      body(roundPatch),
      async (c) => {
        const { meetingId, itemId, roundId } = c.req.valid('param');
        return c.json(await workshops.updateRound(callerOf(c), meetingId, itemId, roundId, c.req.valid('json')));
      },
    )
    .delete(`${WORKSHOP}/rounds/:roundId`, change('removeRound', 'Take a round away'), round, async (c) => {
      const { meetingId, itemId, roundId } = c.req.valid('param');
      return c.json(await workshops.removeRound(callerOf(c), meetingId, itemId, roundId));
    })
    .post(`${WORKSHOP}/rounds/:roundId/current`, change('showRound', 'Show people this round'), round, async (c) => {
      const { meetingId, itemId, roundId } = c.req.valid('param');
      return c.json(await workshops.showRound(callerOf(c), meetingId, itemId, roundId));
    })
    .post(
      `${WORKSHOP}/rounds/:roundId/clock`,
      change('setWorkshopClock', 'Start, pause, resume, extend, ask to finish, close, reopen'),
      round,
      body(clockInput),
      async (c) => {
        const { meetingId, itemId, roundId } = c.req.valid('param');
        return c.json(await workshops.clock(callerOf(c), meetingId, itemId, roundId, c.req.valid('json')));
      },
    )
    .post(
      `${WORKSHOP}/rounds/:roundId/place`,
      change('placePerson', 'Put somebody into a group, or out of it'),
      round,
      body(placeInput),
      async (c) => {
        const { meetingId, itemId, roundId } = c.req.valid('param');
        return c.json(await workshops.place(callerOf(c), meetingId, itemId, roundId, c.req.valid('json')));
      },
    )
    .post(
      `${WORKSHOP}/groups/:groupId/hand`,
      change('raiseHand', "Raise or lower the own group's hand", 'too-many-attempts'),
      group,
      body(handInput),
      async (c) => {
        const { meetingId, itemId, groupId } = c.req.valid('param');
        return c.json(await workshops.hand(callerOf(c), meetingId, itemId, groupId, c.req.valid('json')));
      },
    )
    .delete(`${WORKSHOP}/hands/:groupId`, change('lowerHand', 'The group has been answered'), group, async (c) => {
      const { meetingId, itemId, groupId } = c.req.valid('param');
      return c.json(await workshops.lowerHand(callerOf(c), meetingId, itemId, groupId));
    })
    .post(
      `${WORKSHOP}/messages`,
      change('sayToGroups', 'A message to all groups or to one'),
      item,
      body(messageInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await workshops.say(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .get(
      '/api/meetings/:meetingId/groups/:groupId/authorship',
      describe(
        'Workshops',
        'getGroupAuthorship',
        'Who wrote which part of a group, and when',
        authorshipSchema,
        'not-found',
      ),
      ids('meetingId', 'groupId'),
      async (c) => {
        const { meetingId, groupId } = c.req.valid('param');
        return c.json(await workshops.groupAuthorship(callerOf(c), meetingId, groupId));
      },
    );
}
