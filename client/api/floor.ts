/** Why this file exists: what the client can ask about the list of speakers, one function a question. Each throws ApiFailure. */
import type { FloorPatch } from '#shared/floor/api.ts';
import type { TurnKind } from '#shared/floor/floor.ts';
import type { Id } from '#shared/ids.ts';
import { http, json } from './request.ts';

const floor = http.api.meetings[':meetingId'].floor;
const request = floor.requests[':requestId'];

/** Every change answers with the whole list. A step carries the `step` of the list as it was seen. */
export const floorApi = {
  get: (meetingId: Id) => json(floor.$get({ param: { meetingId } })),
  update: (meetingId: Id, patch: FloorPatch) => json(floor.$patch({ param: { meetingId }, json: patch })),
  /** For oneself, or for somebody else by who runs the meeting. */
  ask: (meetingId: Id, kind: TurnKind, personId?: Id) =>
    json(floor.requests.$post({ param: { meetingId }, json: { kind, ...(personId && { personId }) } })),
  withdraw: (meetingId: Id, requestId: Id) => json(request.$delete({ param: { meetingId, requestId } })),
  move: (meetingId: Id, requestId: Id, by: -1 | 1) =>
    json(request.move.$post({ param: { meetingId, requestId }, json: { by } })),
  give: (meetingId: Id, requestId: Id, step: number) =>
    json(request.give.$post({ param: { meetingId, requestId }, json: { step } })),
  next: (meetingId: Id, step: number) => json(floor.next.$post({ param: { meetingId }, json: { step } })),
  end: (meetingId: Id, step: number) => json(floor.end.$post({ param: { meetingId }, json: { step } })),
};
