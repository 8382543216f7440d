/** Why this file exists: what the client can ask about the projector, one function a question. Each throws ApiFailure. */
import type { Id } from '#shared/ids.ts';
import type { ProjectorInput } from '#shared/projector/api.ts';
import { http, json } from './request.ts';

const projector = http.api.meetings[':meetingId'].projector;

export const projectorApi = {
  get: (meetingId: Id) => json(projector.$get({ param: { meetingId } })),
  show: (meetingId: Id, input: ProjectorInput) => json(projector.$put({ param: { meetingId }, json: input })),
  makeLink: (meetingId: Id) => json(projector.link.$post({ param: { meetingId } })),
  endLink: (meetingId: Id) => json(projector.link.$delete({ param: { meetingId } })),
  enter: (token: string) => json(http.api.projector.enter.$post({ json: { token } })),
};
