/** Why this file exists: what those who run a meeting ask about its guests. Every answer is the whole as it is then. */
import type { z } from 'zod';
import type { guestClaimInput, guestsPatch, guestsRotateInput } from '#shared/guests/api.ts';
import type { Id } from '#shared/ids.ts';
import { http, json } from './request.ts';

const guests = http.api.meetings[':meetingId'].guests;
const guest = guests[':personId'];

export const guestsApi = {
  claim: (input: z.input<typeof guestClaimInput>) => json(http.api.guests.claim.$post({ json: input })),
  get: (meetingId: Id) => json(guests.$get({ param: { meetingId } })),
  update: (meetingId: Id, input: z.input<typeof guestsPatch>) =>
    json(guests.$patch({ param: { meetingId }, json: input })),
  rotate: (meetingId: Id, input: z.input<typeof guestsRotateInput>) =>
    json(guests.rotate.$post({ param: { meetingId }, json: input })),
  end: (meetingId: Id) => json(guests.end.$post({ param: { meetingId } })),
  admit: (meetingId: Id, personId: Id) => json(guest.admit.$post({ param: { meetingId, personId } })),
  admitAll: (meetingId: Id) => json(guests.admit.$post({ param: { meetingId } })),
  remove: (meetingId: Id, personId: Id) => json(guest.$delete({ param: { meetingId, personId } })),
  merge: (meetingId: Id, guestId: Id, personId: Id) =>
    json(guest.merge.$post({ param: { meetingId, personId: guestId }, json: { personId } })),
};
