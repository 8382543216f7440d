/** Why this file exists: what the client can ask about workshops, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type { workshopInput, workshopPatch } from '#shared/workshop/api.ts';
import { done, http, json } from './request.ts';

type In<S extends z.ZodType> = z.input<S>;
const workshop = http.api.meetings[':meetingId'].items[':itemId'].workshop;

/** Which item's workshop. */
export interface WorkshopOf {
  meetingId: Id;
  itemId: Id;
}

/** Every answer is the whole workshop as it is then. */
export const workshopApi = {
  get: (param: WorkshopOf) => json(workshop.$get({ param })),
  create: (param: WorkshopOf, input: In<typeof workshopInput>) => json(workshop.$post({ param, json: input })),
  update: (param: WorkshopOf, patch: In<typeof workshopPatch>) => json(workshop.$patch({ param, json: patch })),
  remove: (param: WorkshopOf) => done(workshop.$delete({ param })),
};
