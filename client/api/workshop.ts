/** Why this file exists: what the client can ask about workshops, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type {
  clockInput,
  handInput,
  messageInput,
  placeInput,
  roundInput,
  roundPatch,
  workshopInput,
  workshopPatch,
} from '#shared/workshop/api.ts';
import { done, http, json } from './request.ts';

type In<S extends z.ZodType> = z.input<S>;
const meeting = http.api.meetings[':meetingId'];
const workshop = meeting.items[':itemId'].workshop;
const round = workshop.rounds[':roundId'];

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
  addRound: (param: WorkshopOf, input: In<typeof roundInput>) => json(workshop.rounds.$post({ param, json: input })),
  updateRound: (of: WorkshopOf, roundId: Id, patch: In<typeof roundPatch>) =>
    json(round.$patch({ param: { ...of, roundId }, json: patch })),
  removeRound: (of: WorkshopOf, roundId: Id) => json(round.$delete({ param: { ...of, roundId } })),
  showRound: (of: WorkshopOf, roundId: Id) => json(round.current.$post({ param: { ...of, roundId } })),
  clock: (of: WorkshopOf, roundId: Id, input: In<typeof clockInput>) =>
    json(round.clock.$post({ param: { ...of, roundId }, json: input })),
  place: (of: WorkshopOf, roundId: Id, input: In<typeof placeInput>) =>
    json(round.place.$post({ param: { ...of, roundId }, json: input })),
  hand: (of: WorkshopOf, groupId: Id, input: In<typeof handInput>) =>
    json(workshop.groups[':groupId'].hand.$post({ param: { ...of, groupId }, json: input })),
  lowerHand: (of: WorkshopOf, groupId: Id) => json(workshop.hands[':groupId'].$delete({ param: { ...of, groupId } })),
  say: (param: WorkshopOf, input: In<typeof messageInput>) => json(workshop.messages.$post({ param, json: input })),
  groupAuthorship: (meetingId: Id, groupId: Id) =>
    json(meeting.groups[':groupId'].authorship.$get({ param: { meetingId, groupId } })),
};
