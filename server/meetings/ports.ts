/**
 * Why this file exists: what meetings need kept, said without saying where. The words of a meeting live in its rooms;
 * here is what decides rights and time. Contract suite: tests/storage/meeting-store.contract.ts.
 */
import type { Category, Sitting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { GroupFacts, MeetingState, Phase, Role, SummaryFacts } from '#shared/policy.ts';
import type { HarvestDoor } from '#shared/workshop/workshop.ts';

export interface ParticipantRecord {
  personId: Id;
  title: string;
  organisationId: Id | null;
  category: Category;
  party: string;
  roles: Role[];
  absence: string;
  /** In what capacity they sign the protocol; '' when it is not said. */
  capacity: string;
}

/** With what the register knows of the person; read only. */
export interface ParticipantView extends ParticipantRecord {
  name: string;
  colour: number;
  hasAccount: boolean;
  isAdmin: boolean;
  disabled: boolean;
  /** Has no account and belongs to this meeting alone; a projector is none. */
  isGuest: boolean;
}

export interface ItemLock {
  itemId: Id;
  at: number;
  by: string;
  reason: string;
  /** The item is decided: only who may reopen it unlocks it, with a reason. */
  decided: boolean;
}

export interface ItemVisit {
  itemId: Id;
  from: number;
  /** `null` while it is the current item. */
  to: number | null;
}

export interface MeetingHeader {
  id: Id;
  title: string;
  body: string;
  registryNumber: string;
  timeZone: string;
  phase: Phase;
  agendaOpen: boolean;
  /** Guests may write in the notes, not only in their group. */
  guestsWrite: boolean;
  cancelledAt: number | null;
  archivedAt: number | null;
  currentItemId: Id | null;
  version: number;
  createdAt: number;
}

export interface MeetingRecord extends MeetingHeader {
  sittings: readonly Sitting[];
  /** By item: the number the notice called it under. Written by publishing one. */
  noticeNumbers: Readonly<Record<Id, string>>;
  participants: readonly ParticipantView[];
  locks: readonly ItemLock[];
  visits: readonly ItemVisit[];
}

export interface NewMeeting extends Omit<MeetingHeader, 'version'> {
  sittings: readonly Sitting[];
  noticeNumbers: MeetingRecord['noticeNumbers'];
  participants: readonly ParticipantRecord[];
}

/** What may change of a meeting; what is left out stays. Lists replace the whole list. */
export type MeetingChange = Partial<Omit<MeetingHeader, 'id' | 'version' | 'createdAt'>> & {
  sittings?: readonly Sitting[];
  participants?: readonly ParticipantRecord[];
  locks?: readonly ItemLock[];
  visits?: readonly ItemVisit[];
};

/** What the policy needs to know for one person and perhaps one item. */
export interface AccessFacts {
  state: MeetingState;
  /** `null` for somebody who is not a participant. */
  roles: Role[] | null;
  locked: boolean;
  /** The session it is asked for still lives. */
  signedIn: boolean;
}

/** Who asks for access; the session counts when it expires after `now` and began after `begunAfter`. */
export interface Asking {
  personId: Id;
  sessionId: string;
  now: number;
  begunAfter: number;
}

export interface MeetingStore {
  insert(meeting: NewMeeting): Promise<void>;
  get(id: Id): Promise<MeetingRecord | null>;
  /** Those in which the person takes part, newest first. */
  ofPerson(personId: Id): Promise<MeetingRecord[]>;
  /**
   * Reads the meeting, asks `decide` and writes what it answers, in one transaction: nobody changes it in between.
   * `decide` is synchronous and may throw to change nothing. Raises the version. Resolves to `null` when there is no
   * such meeting; otherwise to what was and what is.
   */
  change(
    id: Id,
    decide: (meeting: MeetingRecord) => MeetingChange,
  ): Promise<{ before: MeetingRecord; after: MeetingRecord } | null>;
}

/** What the rooms of an item's workshop need to know. */
export interface WorkshopFacts {
  harvest: HarvestDoor;
  summary: SummaryFacts;
}

/** How a person is shown to the others in a room. */
export interface PersonAtDoor {
  name: string;
  colour: number;
  /** May not sign in. */
  disabled: boolean;
  /** Short name of the organisation the person stands for in the meeting; empty when none. */
  organisation: string;
  /** Takes part as a guest. */
  guest: boolean;
  /** Is a projector: nobody is shown to the others. */
  screen: boolean;
}

/**
 * What decides who enters a room, read at once: a decision that waits for nothing cannot be overtaken by the change of a
 * right. Everything committed is seen, and nothing else.
 */
export interface AccessReader {
  /** `null` when there is no such meeting. */
  access(meetingId: Id, itemId: Id | null, who: Asking): AccessFacts | null;
  /** `null` when there is no such group in the meeting. */
  group(meetingId: Id, groupId: Id, personId: Id): GroupFacts | null;
  /** `null` when the item has no workshop. */
  workshop(meetingId: Id, itemId: Id, personId: Id): WorkshopFacts | null;
  /** `null` when there is no such person. An empty meeting is none: there is no organisation then. */
  person(personId: Id, meetingId: Id | ''): PersonAtDoor | null;
}
