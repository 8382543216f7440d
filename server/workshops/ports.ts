/**
 * Why this file exists: what workshops need kept, said without saying where. Contract suite:
 * tests/storage/workshop-store.contract.ts.
 */
import type { Id } from '#shared/ids.ts';
import type { GroupSet } from '#shared/workshop/group-sets.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

export interface WorkshopStore {
  /** The workshop of an item, or `null`. */
  get(meetingId: Id, itemId: Id): Promise<Workshop | null>;
  /** Those of a meeting. */
  ofMeeting(meetingId: Id): Promise<Workshop[]>;
  /** All in which a clock runs or stands paused, in meetings that go on: what a server must look after when it starts. */
  running(): Promise<Workshop[]>;
  /**
   * Reads the meeting and the item's workshop, asks `decide` and writes what it answers, in one transaction that nobody
   * writes between; what decides about rights in the group's rooms is written with it. `decide` is synchronous, and may
   * throw to change nothing; the same workshop as it was given changes nothing either. `null` from it removes the
   * workshop. Raises the version of what is changed. Resolves to `null` when there is no
   * such meeting; otherwise to what was and what is.
   */
  change(
    meetingId: Id,
    itemId: Id,
    decide: (workshop: Workshop | null, meeting: MeetingRecord) => Workshop | null,
  ): Promise<{ before: Workshop | null; after: Workshop | null; meeting: MeetingRecord } | null>;
}

/** A hand raised from a group. */
export interface Hand {
  groupId: Id;
  personId: Id;
  at: number;
  note: string;
}

/** What an officer said to all groups (`groupId` null) or to one. */
export interface WorkshopMessage {
  id: Id;
  groupId: Id | null;
  text: string;
  at: number;
  personId: Id;
}

/** What is said while groups work. It decides no right, so it is kept beside the workshop and raises no version. */
export interface WorkshopLiveStore {
  /** Oldest first. */
  hands(workshopId: Id): Promise<Hand[]>;
  /** Raises a group's hand, if it is not raised already; whether it changed anything. */
  raise(workshopId: Id, hand: Hand): Promise<boolean>;
  /** Lowers a group's hand; whether it was raised. */
  lower(workshopId: Id, groupId: Id): Promise<boolean>;
  /** Oldest first. */
  messages(workshopId: Id): Promise<WorkshopMessage[]>;
  /** Keeps a message, and of all only the newest `keep`. */
  say(workshopId: Id, message: WorkshopMessage, keep: number): Promise<void>;
}

/** Groups kept under a name, by meeting. */
export interface GroupSetStore {
  /** By name. */
  list(meetingId: Id): Promise<GroupSet[]>;
  /** `exists`: the meeting has one of this name; `full`: it has `most` already. Nothing is written then. */
  add(meetingId: Id, set: GroupSet, most: number): Promise<'added' | 'exists' | 'full'>;
  /** Whether there was one. */
  remove(meetingId: Id, setId: Id): Promise<boolean>;
}
