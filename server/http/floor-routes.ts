/** Why this file exists: what HTTP knows of the list of speakers: asking for the floor, and giving it. */
import { Hono } from 'hono';
import type { ErrorCode } from '#shared/api.ts';
import { floorPatch, floorSchema, moveInput, requestInput, stepInput, turnListSchema } from '#shared/floor/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const FLOOR = '/api/meetings/:meetingId/floor';
const REQUEST = `${FLOOR}/requests/:requestId`;

const change = (operationId: string, summary: string, ...errors: ErrorCode[]) =>
  describe(
    'Floor',
    operationId,
    summary,
    floorSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'too-many-attempts',
    ...errors,
  );

/** The routes of the list of speakers. Every change answers with the whole of it. */
export function floorRoutes({ floors }: Services) {
  const meeting = ids('meetingId');
  const request = ids('meetingId', 'requestId');

  return new Hono<AppEnv>()
    .get(
      FLOOR,
      describe('Floor', 'getFloor', 'Who speaks and who waits', floorSchema, 'not-found'),
      meeting,
      async (c) => c.json(await floors.get(callerOf(c), c.req.valid('param').meetingId)),
    )
    .get(
      `${FLOOR}/turns`,
      describe('Floor', 'listSpeakerTurns', 'Everybody who has had the floor, in order', turnListSchema, 'not-found'),
      meeting,
      async (c) => c.json({ turns: await floors.turns(callerOf(c), c.req.valid('param').meetingId) }),
    )
    .patch(
      FLOOR,
      change('changeFloor', 'Draw the line or lift it, and set the rules', 'conflict'),
      meeting,
      body(floorPatch),
      async (c) => c.json(await floors.update(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      `${FLOOR}/requests`,
      change('askForFloor', 'Ask for the floor, or for a rejoinder to who speaks', 'conflict'),
      meeting,
      body(requestInput),
      async (c) => c.json(await floors.request(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .delete(
      REQUEST,
      change('withdrawFromFloor', 'Take back a request; who runs the meeting takes anybody off the list'),
      request,
      async (c) => {
        const { meetingId, requestId } = c.req.valid('param');
        return c.json(await floors.withdraw(callerOf(c), meetingId, requestId));
      },
    )
    .post(
      `${REQUEST}/move`,
      change('moveOnFloor', 'Up or down among those who wait for the same'),
      request,
      body(moveInput),
      async (c) => {
        const { meetingId, requestId } = c.req.valid('param');
        return c.json(await floors.move(callerOf(c), meetingId, requestId, c.req.valid('json')));
      },
    )
    .post(
      `${REQUEST}/give`,
      change('giveFloor', 'Give the floor to one of those who wait'),
      request,
      body(stepInput),
      async (c) => {
        const { meetingId, requestId } = c.req.valid('param');
        return c.json(await floors.give(callerOf(c), meetingId, requestId, c.req.valid('json')));
      },
    )
    .post(
      `${FLOOR}/next`,
      change('nextOnFloor', 'Give the floor to the next; once, however many ask for the same step'),
      meeting,
      body(stepInput),
      async (c) => c.json(await floors.next(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(`${FLOOR}/end`, change('endTurn', 'Who speaks has spoken'), meeting, body(stepInput), async (c) =>
      c.json(await floors.end(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    );
}
