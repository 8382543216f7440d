/** Why this file exists: what HTTP knows of decisions, what is to be done, and how a body keeps its records. */
import { Hono } from 'hono';
import type { ErrorCode } from '#shared/api.ts';
import {
  actionInput,
  actionLinePatch,
  actionListSchema,
  actionPatch,
  bodyPatch,
  bodySchema,
  decideInput,
  dissentInput,
  itemDecisionsSchema,
  reopenItemInput,
} from '#shared/decisions/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const MEETING = '/api/meetings/:meetingId';
const DECISIONS = `${MEETING}/items/:itemId/decisions`;
const ACTIONS = `${MEETING}/items/:itemId/actions`;

const decisionChange = (operationId: string, summary: string, ...errors: ErrorCode[]) =>
  describe(
    'Decisions',
    operationId,
    summary,
    itemDecisionsSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    ...errors,
  );
const actionChange = (operationId: string, summary: string, ...errors: ErrorCode[]) =>
  describe('Actions', operationId, summary, actionListSchema, 'not-found', 'forbidden', 'not-allowed-now', ...errors);

/** The routes of decisions, what is to be done and bodies. Every change answers with the whole of what it changed. */
export function decisionRoutes({ decisions, actions, bodies }: Services) {
  const meeting = ids('meetingId');
  const item = ids('meetingId', 'itemId');
  const decision = ids('meetingId', 'itemId', 'decisionId');
  const action = ids('meetingId', 'itemId', 'actionId');
  const actionLine = ids('meetingId', 'itemId', 'actionId', 'lineId');

  return new Hono<AppEnv>()
    .get(
      DECISIONS,
      describe('Decisions', 'getDecisions', 'What an item has decided', itemDecisionsSchema, 'not-found'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await decisions.get(callerOf(c), meetingId, itemId));
      },
    )
    .post(
      DECISIONS,
      decisionChange(
        'decide',
        'Freeze the wording, its changes and who was there into a decision',
        'conflict',
        'storage',
      ),
      item,
      body(decideInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await decisions.decide(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .post(
      `${DECISIONS}/reopen`,
      decisionChange('reopenItem', 'Open a decided item again, for a reason that stands in the record', 'conflict'),
      item,
      body(reopenItemInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await decisions.reopen(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .post(
      `${DECISIONS}/:decisionId/dissents`,
      decisionChange('dissent', 'Announce a reservation, a dissenting opinion or a statement for the minutes'),
      decision,
      body(dissentInput),
      async (c) => {
        const { meetingId, itemId, decisionId } = c.req.valid('param');
        return c.json(await decisions.dissent(callerOf(c), meetingId, itemId, decisionId, c.req.valid('json')));
      },
    )
    .get(
      `${MEETING}/actions`,
      describe('Actions', 'listActions', 'What is to be done after a meeting', actionListSchema, 'not-found'),
      meeting,
      async (c) => c.json(await actions.list(callerOf(c), c.req.valid('param').meetingId)),
    )
    .post(
      ACTIONS,
      actionChange('addAction', 'Something to be done, by a person or by every organisation', 'conflict'),
      item,
      body(actionInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await actions.create(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .patch(
      `${ACTIONS}/:actionId`,
      actionChange('changeAction', 'Word it anew, or say anew when it is to be done'),
      action,
      body(actionPatch),
      async (c) => {
        const { meetingId, itemId, actionId } = c.req.valid('param');
        return c.json(await actions.update(callerOf(c), meetingId, itemId, actionId, c.req.valid('json')));
      },
    )
    .patch(
      `${ACTIONS}/:actionId/lines/:lineId`,
      actionChange('changeActionLine', 'Who answers for a line, and how far it has come'),
      actionLine,
      body(actionLinePatch),
      async (c) => {
        const { meetingId, itemId, actionId, lineId } = c.req.valid('param');
        return c.json(await actions.updateLine(callerOf(c), meetingId, itemId, actionId, lineId, c.req.valid('json')));
      },
    )
    .delete(
      `${ACTIONS}/:actionId`,
      actionChange('removeAction', 'Take away something that is not to be done'),
      action,
      async (c) => {
        const { meetingId, itemId, actionId } = c.req.valid('param');
        return c.json(await actions.remove(callerOf(c), meetingId, itemId, actionId));
      },
    )
    .get(
      `${MEETING}/body`,
      describe('Bodies', 'getBody', 'How the body of a meeting keeps its records', bodySchema, 'not-found'),
      meeting,
      async (c) => c.json(await bodies.get(callerOf(c), c.req.valid('param').meetingId)),
    )
    .patch(
      `${MEETING}/body`,
      describe(
        'Bodies',
        'changeBody',
        'Say how it keeps them',
        bodySchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
      ),
      meeting,
      body(bodyPatch),
      async (c) => c.json(await bodies.update(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    );
}
