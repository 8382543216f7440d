/** Why this file exists: what the client can ask of the server, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type {
  accountPatch,
  changePasswordInput,
  linkUseInput,
  meetingInput,
  meetingPatch,
  organisationInput,
  organisationPatch,
  participantInput,
  participantPatch,
  personInput,
  personPatch,
  phaseInput,
  signInInput,
  splitInput,
  versionInput,
} from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { harvestApi } from './harvest.ts';
import { minutesApi } from './minutes.ts';
import { done, http, json } from './request.ts';
import { summaryApi } from './summary.ts';
import { workshopApi } from './workshop.ts';

type In<S extends z.ZodType> = z.input<S>;
const meetings = http.api.meetings;
const meeting = meetings[':meetingId'];
const participant = meeting.participants[':personId'];
const item = meeting.items[':itemId'];
const person = http.api.people[':personId'];

/** Which room of a meeting has the versions: an item's, or the agenda's with `null`. */
export interface RoomOf {
  meetingId: Id;
  itemId: Id | null;
}

export const api = {
  session: () => json(http.api.session.$get()),
  signIn: (input: In<typeof signInInput>) => json(http.api['sign-in'].$post({ json: input })),
  signOut: () => done(http.api['sign-out'].$post()),
  signOutOthers: () => done(http.api['sign-out'].others.$post()),
  changePassword: (input: In<typeof changePasswordInput>) => done(http.api.account.password.$post({ json: input })),
  updateAccount: (input: In<typeof accountPatch>) => json(http.api.account.$patch({ json: input })),
  openLink: (token: string) => json(http.api.links.open.$post({ json: { token } })),
  useLink: (input: In<typeof linkUseInput>) => json(http.api.links.use.$post({ json: input })),

  people: () => json(http.api.people.$get()),
  addPerson: (input: In<typeof personInput>) => json(http.api.people.$post({ json: input })),
  updatePerson: (personId: Id, input: In<typeof personPatch>) =>
    json(person.$patch({ param: { personId }, json: input })),
  invitePerson: (personId: Id) => json(person.invitation.$post({ param: { personId } })),
  passwordLink: (personId: Id) => json(person['password-link'].$post({ param: { personId } })),
  organisations: () => json(http.api.organisations.$get()),
  addOrganisation: (input: In<typeof organisationInput>) => json(http.api.organisations.$post({ json: input })),
  updateOrganisation: (organisationId: Id, input: In<typeof organisationPatch>) =>
    json(http.api.organisations[':organisationId'].$patch({ param: { organisationId }, json: input })),
  orderOrganisations: (ids: Id[]) => json(http.api.organisations.order.$put({ json: { ids } })),

  operations: () => json(http.api.operations.$get()),

  meetings: () => json(meetings.$get()),
  createMeeting: (input: In<typeof meetingInput>) => json(meetings.$post({ json: input })),
  meeting: (meetingId: Id) => json(meeting.$get({ param: { meetingId } })),
  updateMeeting: (meetingId: Id, input: In<typeof meetingPatch>) =>
    json(meeting.$patch({ param: { meetingId }, json: input })),
  changePhase: (meetingId: Id, input: In<typeof phaseInput>) =>
    json(meeting.phase.$post({ param: { meetingId }, json: input })),
  copyMeeting: (meetingId: Id, title?: string) =>
    json(meeting.copy.$post({ param: { meetingId }, json: title ? { title } : {} })),
  cancelMeeting: (meetingId: Id) => json(meeting.cancel.$post({ param: { meetingId } })),
  uncancelMeeting: (meetingId: Id) => json(meeting.uncancel.$post({ param: { meetingId } })),
  archiveMeeting: (meetingId: Id) => json(meeting.archive.$post({ param: { meetingId } })),
  unarchiveMeeting: (meetingId: Id) => json(meeting.unarchive.$post({ param: { meetingId } })),
  addParticipant: (meetingId: Id, input: In<typeof participantInput>) =>
    json(meeting.participants.$post({ param: { meetingId }, json: input })),
  updateParticipant: (meetingId: Id, personId: Id, input: In<typeof participantPatch>) =>
    json(participant.$patch({ param: { meetingId, personId }, json: input })),
  removeParticipant: (meetingId: Id, personId: Id) => json(participant.$delete({ param: { meetingId, personId } })),
  inviteParticipant: (meetingId: Id, personId: Id) =>
    json(participant.invitation.$post({ param: { meetingId, personId } })),

  setCurrentItem: (meetingId: Id, itemId: Id | null) =>
    json(meeting['current-item'].$post({ param: { meetingId }, json: { itemId } })),
  lockItem: (meetingId: Id, itemId: Id, reason: string) =>
    json(item.lock.$post({ param: { meetingId, itemId }, json: { reason } })),
  unlockItem: (meetingId: Id, itemId: Id) => json(item.lock.$delete({ param: { meetingId, itemId } })),
  splitItem: (meetingId: Id, itemId: Id, input: In<typeof splitInput>) =>
    json(item.split.$post({ param: { meetingId, itemId }, json: input })),
  versions: ({ meetingId, itemId }: RoomOf) =>
    itemId === null
      ? json(meeting.versions.$get({ param: { meetingId } }))
      : json(item.versions.$get({ param: { meetingId, itemId } })),
  version: ({ meetingId, itemId }: RoomOf, versionId: Id) =>
    itemId === null
      ? json(meeting.versions[':versionId'].$get({ param: { meetingId, versionId } }))
      : json(item.versions[':versionId'].$get({ param: { meetingId, itemId, versionId } })),
  keepVersion: ({ meetingId, itemId }: RoomOf, input: In<typeof versionInput>) =>
    itemId === null
      ? json(meeting.versions.$post({ param: { meetingId }, json: input }))
      : json(item.versions.$post({ param: { meetingId, itemId }, json: input })),
  restoreVersion: ({ meetingId, itemId }: RoomOf, versionId: Id) =>
    itemId === null
      ? json(meeting.versions[':versionId'].restore.$post({ param: { meetingId, versionId } }))
      : json(item.versions[':versionId'].restore.$post({ param: { meetingId, itemId, versionId } })),
  removeVersion: ({ meetingId, itemId }: RoomOf, versionId: Id) =>
    itemId === null
      ? done(meeting.versions[':versionId'].$delete({ param: { meetingId, versionId } }))
      : done(item.versions[':versionId'].$delete({ param: { meetingId, itemId, versionId } })),
  workshop: workshopApi,
  minutes: minutesApi,
  summary: summaryApi,
  harvest: harvestApi,
  authorship: (meetingId: Id, itemId: Id) => json(item.authorship.$get({ param: { meetingId, itemId } })),
};
