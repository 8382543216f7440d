/**
 * Why this file exists: the way in by a meeting's code, for whoever has it, and what those who run the meeting do about
 * guests.
 */
import { Hono } from 'hono';
import {
  guestClaimedSchema,
  guestClaimInput,
  guestDoorSchema,
  guestJoinInput,
  guestLookInput,
  guestMergeInput,
  guestPlaceSchema,
  guestsPatch,
  guestsRotateInput,
  guestsSchema,
} from '#shared/guests/api.ts';
import type { SessionCookies } from '../people/sessions.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

/** The routes of codes and guests. */
export function guestRoutes({ guests, sessions }: Services, cookies: SessionCookies) {
  const officers = (operationId: string, summary: string) =>
    describe('Guests', operationId, summary, guestsSchema, 'not-found', 'forbidden', 'not-allowed-now');
  const meeting = ids('meetingId');
  const guest = ids('meetingId', 'personId');

  return new Hono<AppEnv>()
    .post(
      '/api/guests/look',
      describe('Guests', 'lookByCode', 'What a code opens', guestDoorSchema, 'not-found', 'too-many-attempts'),
      body(guestLookInput),
      async (c) => c.json(await guests.look(c.req.valid('json'), c.var.address)),
    )
    .post(
      '/api/guests/join',
      describe(
        'Guests',
        'joinByCode',
        'Come in as a guest, or wait to be let in; the same guest again for the same browser',
        guestPlaceSchema,
        'not-found',
        'too-many-attempts',
        'name-taken',
        'conflict',
      ),
      body(guestJoinInput),
      async (c) => {
        const { begun, place } = await guests.join(c.var.caller ?? null, c.req.valid('json'), c.var.address);
        if (begun) {
          if (c.var.caller) await sessions.end(c.var.caller.sessionId);
          c.header('Set-Cookie', cookies.set(begun.token));
        }
        return c.json(place);
      },
    )
    .get(
      '/api/guests/me',
      describe('Guests', 'guestPlace', 'Where I am to go as a guest', guestPlaceSchema, 'not-found'),
      async (c) => c.json(await guests.place(callerOf(c))),
    )
    .post(
      '/api/guests/claim',
      describe(
        'Guests',
        'claimGuest',
        'I am this guest and have an account: sign in and take the place over',
        guestClaimedSchema,
        'not-found',
        'wrong-password',
        'too-many-attempts',
      ),
      body(guestClaimInput),
      async (c) => {
        const { begun, meetingId } = await guests.claim(callerOf(c), c.req.valid('json'), c.var.address);
        c.header('Set-Cookie', cookies.set(begun.token));
        return c.json({ meetingId });
      },
    )
    .get(
      '/api/meetings/:meetingId/guests',
      officers('getGuests', 'The code, who waits and who is here'),
      meeting,
      async (c) => c.json(await guests.view(callerOf(c), c.req.valid('param').meetingId)),
    )
    .patch(
      '/api/meetings/:meetingId/guests',
      officers('updateGuests', 'Open or close for guests, with or without a lobby'),
      meeting,
      body(guestsPatch),
      async (c) => c.json(await guests.update(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      '/api/meetings/:meetingId/guests/rotate',
      officers('rotateCode', 'Another code; the old one is dead before the answer'),
      meeting,
      body(guestsRotateInput),
      async (c) => c.json(await guests.rotate(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      '/api/meetings/:meetingId/guests/end',
      officers('endGuests', 'Close for guests and show all of them out, before the answer'),
      meeting,
      async (c) => c.json(await guests.endAll(callerOf(c), c.req.valid('param').meetingId)),
    )
    .post(
      '/api/meetings/:meetingId/guests/admit',
      officers('admitGuests', 'Let in everybody who waits'),
      meeting,
      async (c) => c.json(await guests.admitAll(callerOf(c), c.req.valid('param').meetingId)),
    )
    .post(
      '/api/meetings/:meetingId/guests/:personId/admit',
      officers('admitGuest', 'Let somebody in from the lobby'),
      guest,
      async (c) => {
        const { meetingId, personId } = c.req.valid('param');
        return c.json(await guests.admit(callerOf(c), meetingId, personId));
      },
    )
    .post(
      '/api/meetings/:meetingId/guests/:personId/merge',
      officers('mergeGuest', 'The guest is somebody who takes part already'),
      guest,
      body(guestMergeInput),
      async (c) => {
        const { meetingId, personId } = c.req.valid('param');
        return c.json(await guests.merge(callerOf(c), meetingId, personId, c.req.valid('json')));
      },
    )
    .delete(
      '/api/meetings/:meetingId/guests/:personId',
      officers('removeGuest', 'Show a guest out or turn one away; their sockets are dead before the answer'),
      guest,
      async (c) => {
        const { meetingId, personId } = c.req.valid('param');
        return c.json(await guests.remove(callerOf(c), meetingId, personId));
      },
    );
}
