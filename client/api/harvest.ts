/** Why this file exists: what the client can ask about the harvest, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type { ballotInput, voteInput } from '#shared/workshop/harvest-api.ts';
import { http, json } from './request.ts';

type In<S extends z.ZodType> = z.input<S>;
const item = http.api.meetings[':meetingId'].items[':itemId'];
const vote = item.votes[':voteId'];

/** Which item's harvest. */
export interface HarvestOf {
  meetingId: Id;
  itemId: Id;
}

/** Every change of a vote answers with all of the item's votes. */
export const harvestApi = {
  authorship: (param: HarvestOf) => json(item.workshop.authorship.$get({ param })),
  votes: (param: HarvestOf) => json(item.votes.$get({ param })),
  openVote: (param: HarvestOf, input: In<typeof voteInput>) => json(item.votes.$post({ param, json: input })),
  cast: (param: HarvestOf & { voteId: Id }, input: In<typeof ballotInput>) =>
    json(vote.ballot.$put({ param, json: input })),
  closeVote: (param: HarvestOf & { voteId: Id }) => json(vote.close.$post({ param })),
};
