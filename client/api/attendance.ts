/** Why this file exists: what the client can ask about who was there, one function a question. Each throws ApiFailure. */
import type { AttendanceInput } from '#shared/attendance/api.ts';
import type { Id } from '#shared/ids.ts';
import { http, json } from './request.ts';

const attendance = http.api.meetings[':meetingId'].attendance;

/** Every change answers with the whole of it. */
export const attendanceApi = {
  get: (meetingId: Id) => json(attendance.$get({ param: { meetingId } })),
  change: (meetingId: Id, input: AttendanceInput) => json(attendance.$patch({ param: { meetingId }, json: input })),
  /** The caller has come, or goes. */
  say: (meetingId: Id, here: boolean) => json(attendance.me.$put({ param: { meetingId }, json: { here } })),
};
