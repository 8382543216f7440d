/**
 * Why this file exists: meetings, their phases and their participants.
 */
import { Hono } from 'hono';
import { z } from 'zod';
import {
  madeLinkSchema,
  meetingInput,
  meetingPatch,
  meetingSchema,
  meetingSummarySchema,
  participantInput,
  participantPatch,
  phaseInput,
} from '#shared/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const copyInput = z.strictObject({ title: z.string().trim().min(1).max(200).optional() });

/** The routes of meetings and participants. */
export function meetingRoutes({ meetings, links }: Services) {
  const change = (operationId: string, summary: string) =>
    describe('Meetings', operationId, summary, meetingSchema, 'not-found', 'forbidden', 'not-allowed-now', 'conflict');
  const meetingId = ids('meetingId');
  const participant = ids('meetingId', 'personId');

  return new Hono<AppEnv>()
    .get(
      '/api/meetings',
      describe('Meetings', 'listMeetings', 'The meetings I take part in', meetingSummarySchema.array()),
      async (c) => c.json(await meetings.mine(callerOf(c))),
    )
    .post(
      '/api/meetings',
      describe('Meetings', 'createMeeting', 'Make a meeting from a template', meetingSchema),
      body(meetingInput),
      async (c) => c.json(await meetings.create(callerOf(c), c.req.valid('json'))),
    )
    .get(
      '/api/meetings/:meetingId',
      describe('Meetings', 'getMeeting', 'A meeting I take part in', meetingSchema, 'not-found'),
      meetingId,
      async (c) => c.json(await meetings.get(callerOf(c), c.req.valid('param').meetingId)),
    )
    .patch(
      '/api/meetings/:meetingId',
      change('updateMeeting', 'Change the header, the sittings or who may edit the agenda'),
      meetingId,
      body(meetingPatch),
      async (c) => c.json(await meetings.update(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      '/api/meetings/:meetingId/phase',
      change('changePhase', 'Go to another phase; conflict when the version is old'),
      meetingId,
      body(phaseInput),
      async (c) => c.json(await meetings.changePhase(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      '/api/meetings/:meetingId/copy',
      change('copyMeeting', 'A new meeting with the same agenda, participants and sittings'),
      meetingId,
      body(copyInput),
      async (c) => c.json(await meetings.copy(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json').title)),
    )
    .post('/api/meetings/:meetingId/cancel', change('cancelMeeting', 'Cancel'), meetingId, async (c) =>
      c.json(await meetings.setCancelled(callerOf(c), c.req.valid('param').meetingId, true)),
    )
    .post(
      '/api/meetings/:meetingId/uncancel',
      change('uncancelMeeting', 'Take back a cancellation'),
      meetingId,
      async (c) => c.json(await meetings.setCancelled(callerOf(c), c.req.valid('param').meetingId, false)),
    )
    .post(
      '/api/meetings/:meetingId/archive',
      change('archiveMeeting', 'Put away; nobody may write'),
      meetingId,
      async (c) => c.json(await meetings.setArchived(callerOf(c), c.req.valid('param').meetingId, true)),
    )
    .post(
      '/api/meetings/:meetingId/unarchive',
      change('unarchiveMeeting', 'Take out of the archive'),
      meetingId,
      async (c) => c.json(await meetings.setArchived(callerOf(c), c.req.valid('param').meetingId, false)),
    )
    .post(
      '/api/meetings/:meetingId/participants',
      change('addParticipant', 'Add somebody of the register or somebody new'),
      meetingId,
      body(participantInput),
      async (c) =>
        c.json(await meetings.addParticipant(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .patch(
      '/api/meetings/:meetingId/participants/:personId',
      change(
        'updateParticipant',
        'Change roles, absence, title, organisation, category, party or in what capacity they sign',
      ),
      participant,
      body(participantPatch),
      async (c) => {
        const { meetingId: meeting, personId } = c.req.valid('param');
        return c.json(await meetings.updateParticipant(callerOf(c), meeting, personId, c.req.valid('json')));
      },
    )
    .delete(
      '/api/meetings/:meetingId/participants/:personId',
      change('removeParticipant', 'Remove somebody; the rooms are closed to them before the answer'),
      participant,
      async (c) => {
        const { meetingId: meeting, personId } = c.req.valid('param');
        return c.json(await meetings.removeParticipant(callerOf(c), meeting, personId));
      },
    )
    .post(
      '/api/meetings/:meetingId/participants/:personId/invitation',
      describe(
        'Meetings',
        'inviteParticipant',
        'An invitation link for a participant without an account',
        madeLinkSchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
      ),
      participant,
      async (c) => {
        const { meetingId: meeting, personId } = c.req.valid('param');
        return c.json(await links.inviteToMeeting(callerOf(c), meeting, personId));
      },
    );
}
