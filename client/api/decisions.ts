/** Why this file exists: what the client can ask about decisions, what is to be done, and how a body keeps its records. */
import type { z } from 'zod';
import type {
  actionInput,
  actionLinePatch,
  actionPatch,
  bodyPatch,
  decideInput,
  dissentInput,
} from '#shared/decisions/api.ts';
import type { Id } from '#shared/ids.ts';
import { http, json } from './request.ts';

type In<S extends z.ZodType> = z.input<S>;
const meeting = http.api.meetings[':meetingId'];
const { decisions, actions } = meeting.items[':itemId'];
const action = actions[':actionId'];

/** Which item's. */
export interface DecisionsOf {
  meetingId: Id;
  itemId: Id;
}

/** Every change answers with the whole of what it changed. */
export const decisionsApi = {
  get: (param: DecisionsOf) => json(decisions.$get({ param })),
  decide: (param: DecisionsOf, input: In<typeof decideInput>) => json(decisions.$post({ param, json: input })),
  reopen: (param: DecisionsOf, reason: string) => json(decisions.reopen.$post({ param, json: { reason } })),
  dissent: (param: DecisionsOf & { decisionId: Id }, input: In<typeof dissentInput>) =>
    json(decisions[':decisionId'].dissents.$post({ param, json: input })),
  actions: (meetingId: Id) => json(meeting.actions.$get({ param: { meetingId } })),
  addAction: (param: DecisionsOf, input: In<typeof actionInput>) => json(actions.$post({ param, json: input })),
  changeAction: (param: DecisionsOf & { actionId: Id }, input: In<typeof actionPatch>) =>
    json(action.$patch({ param, json: input })),
  changeLine: (param: DecisionsOf & { actionId: Id; lineId: Id }, input: In<typeof actionLinePatch>) =>
    json(action.lines[':lineId'].$patch({ param, json: input })),
  removeAction: (param: DecisionsOf & { actionId: Id }) => json(action.$delete({ param })),
  body: (meetingId: Id) => json(meeting.body.$get({ param: { meetingId } })),
  changeBody: (meetingId: Id, input: In<typeof bodyPatch>) =>
    json(meeting.body.$patch({ param: { meetingId }, json: input })),
};
