/** Why this file exists: what HTTP knows of presence: reading it, keeping it, and saying of oneself that one is here. */
import { Hono } from 'hono';
import { attendanceInput, attendanceSchema, ownAttendanceInput } from '#shared/attendance/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

const ATTENDANCE = '/api/meetings/:meetingId/attendance';

const change = (operationId: string, summary: string) =>
  describe(
    'Attendance',
    operationId,
    summary,
    attendanceSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'conflict',
    'too-many-attempts',
  );

/** The routes of presence. Every change answers with the whole of it. */
export function attendanceRoutes({ attendances }: Services) {
  const meeting = ids('meetingId');

  return new Hono<AppEnv>()
    .get(
      ATTENDANCE,
      describe('Attendance', 'getAttendance', 'Who was there, and when', attendanceSchema, 'not-found', 'forbidden'),
      meeting,
      async (c) => c.json(await attendances.get(callerOf(c), c.req.valid('param').meetingId)),
    )
    .patch(
      ATTENDANCE,
      change('changeAttendance', 'Somebody comes or goes; a status for a time or at an item; a correction'),
      meeting,
      body(attendanceInput),
      async (c) => c.json(await attendances.change(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .put(
      `${ATTENDANCE}/me`,
      change('sayHere', 'The caller has come, or goes'),
      meeting,
      body(ownAttendanceInput),
      async (c) => c.json(await attendances.say(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    );
}
