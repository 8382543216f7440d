/**
 * Why this file exists: what HTTP knows of versions. An item's notes and the agenda have the same five routes under
 * their own addresses.
 */
import { Hono } from 'hono';
import { restoredSchema, versionContentSchema, versionInput, versionListSchema } from '#shared/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const AGENDA = '/api/meetings/:meetingId/versions';
const ITEM = '/api/meetings/:meetingId/items/:itemId/versions';

const listing = (operationId: string, what: string) =>
  describe('Versions', operationId, `The versions of ${what}, newest first`, versionListSchema, 'not-found');
const reading = (operationId: string, what: string) =>
  describe('Versions', operationId, `${what} as it was, and who wrote what`, versionContentSchema, 'not-found');
const keeping = (operationId: string, what: string) =>
  describe(
    'Versions',
    operationId,
    `Keep ${what} as it is now, under a name`,
    versionListSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'conflict',
    'storage',
  );
const restoring = (operationId: string, what: string) =>
  describe(
    'Versions',
    operationId,
    `Let ${what} say again what it said then; what it says now is kept as a version`,
    restoredSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'storage',
  );

const removing = (operationId: string, what: string) =>
  describe(
    'Versions',
    operationId,
    `Take a version of ${what} away for good`,
    null,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'storage',
  );

/** The routes of versions. */
export function versionRoutes({ versions }: Services) {
  const agenda = ids('meetingId');
  const agendaVersion = ids('meetingId', 'versionId');
  const item = ids('meetingId', 'itemId');
  const itemVersion = ids('meetingId', 'itemId', 'versionId');

  return new Hono<AppEnv>()
    .get(AGENDA, listing('listAgendaVersions', 'the agenda'), agenda, async (c) =>
      c.json({ versions: await versions.list(callerOf(c), { ...c.req.valid('param'), itemId: null }) }),
    )
    .post(AGENDA, keeping('keepAgendaVersion', 'the agenda'), agenda, body(versionInput), async (c) => {
      const room = { ...c.req.valid('param'), itemId: null };
      return c.json({ versions: await versions.keep(callerOf(c), room, c.req.valid('json')) });
    })
    .get(`${AGENDA}/:versionId`, reading('getAgendaVersion', 'The agenda'), agendaVersion, async (c) => {
      const { meetingId, versionId } = c.req.valid('param');
      return c.json(await versions.get(callerOf(c), { meetingId, itemId: null }, versionId));
    })
    .post(`${AGENDA}/:versionId/restore`, restoring('restoreAgendaVersion', 'the agenda'), agendaVersion, async (c) => {
      const { meetingId, versionId } = c.req.valid('param');
      return c.json(await versions.restore(callerOf(c), { meetingId, itemId: null }, versionId));
    })
    .delete(`${AGENDA}/:versionId`, removing('removeAgendaVersion', 'the agenda'), agendaVersion, async (c) => {
      const { meetingId, versionId } = c.req.valid('param');
      await versions.remove(callerOf(c), { meetingId, itemId: null }, versionId);
      return c.body(null, 204);
    })
    .delete(`${ITEM}/:versionId`, removing('removeItemVersion', "an item's notes"), itemVersion, async (c) => {
      const { versionId, ...room } = c.req.valid('param');
      await versions.remove(callerOf(c), room, versionId);
      return c.body(null, 204);
    })
    .get(ITEM, listing('listItemVersions', "an item's notes"), item, async (c) =>
      c.json({ versions: await versions.list(callerOf(c), c.req.valid('param')) }),
    )
    .post(ITEM, keeping('keepItemVersion', "an item's notes"), item, body(versionInput), async (c) =>
      c.json({ versions: await versions.keep(callerOf(c), c.req.valid('param'), c.req.valid('json')) }),
    )
    .get(`${ITEM}/:versionId`, reading('getItemVersion', 'A text'), itemVersion, async (c) => {
      const { versionId, ...room } = c.req.valid('param');
      return c.json(await versions.get(callerOf(c), room, versionId));
    })
    .post(`${ITEM}/:versionId/restore`, restoring('restoreItemVersion', "an item's notes"), itemVersion, async (c) => {
      const { versionId, ...room } = c.req.valid('param');
      return c.json(await versions.restore(callerOf(c), room, versionId));
    });
}
