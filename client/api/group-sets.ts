/** Why this file exists: what the client can ask about groups kept under a name. Each throws ApiFailure. */
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type { groupSetInput } from '#shared/workshop/group-sets.ts';
import { http, json } from './request.ts';

const sets = http.api.meetings[':meetingId']['group-sets'];

/** Every answer is all of the meeting's. */
export const groupSetApi = {
  list: (meetingId: Id) => json(sets.$get({ param: { meetingId } })),
  save: (meetingId: Id, input: z.input<typeof groupSetInput>) =>
    json(sets.$post({ param: { meetingId }, json: input })),
  remove: (meetingId: Id, setId: Id) => json(sets[':setId'].$delete({ param: { meetingId, setId } })),
};
