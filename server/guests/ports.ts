/**
 * Why this file exists: what the meeting's code and its guests need kept, said without saying where. Contract suite:
 * tests/storage/guest-store.test.ts.
 */
import type { Language } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** Whether and how a meeting lets guests in. */
export interface GuestAccess {
  /** Kept when access is closed, so that the same poster works when it opens again. */
  code: string;
  open: boolean;
  /** Somebody who runs the meeting lets each one in. */
  lobby: boolean;
  rotatedAt: number;
}

/** Somebody with a person and a session, but not in the meeting yet. */
export interface WaitingGuest {
  personId: Id;
  name: string;
  organisationId: Id | null;
  /** In their own words, when it is none of the list. */
  organisation: string;
  at: number;
}

export interface NewGuest extends WaitingGuest {
  language: Language;
  /** SHA-256 of what the browser chose: whoever asks again with it is the same guest. */
  keyHash: string;
}

/** What is decided on. */
export interface GuestSituation {
  meeting: MeetingRecord;
  access: GuestAccess | null;
  /** First come, first. */
  waiting: readonly WaitingGuest[];
  /** The participants who are signed in somewhere. */
  signedIn: ReadonlySet<Id>;
}

/** What may change; what is left out stays. */
export interface GuestChange {
  access?: GuestAccess;
  /** Makes a person who belongs to this meeting, and puts them into the lobby. */
  add?: NewGuest;
  /** From the lobby into the meeting. */
  admit?: readonly Id[];
  /** Out of the meeting or the lobby; their sessions end in the same commit. Others than guests are left alone. */
  end?: readonly Id[];
}

/** A guest as the program knows them between two requests. */
export interface GuestRecord {
  personId: Id;
  meetingId: Id;
  /** `gone` when they were removed, refused, or claimed by an account. */
  state: 'in' | 'waiting' | 'gone';
}

export interface GuestStore {
  /** Whose code this is, while that meeting lets guests in; `null` for every other. */
  meetingOf(code: string): Promise<Id | null>;
  situation(meetingId: Id): Promise<GuestSituation | null>;
  guest(personId: Id): Promise<GuestRecord | null>;
  /** The guest that a browser's key made in this meeting. */
  byKey(meetingId: Id, keyHash: string): Promise<GuestRecord | null>;
  /**
   * Reads, asks `decide` and writes what it answers, in one transaction that nobody writes between. `decide` is
   * synchronous and may throw to change nothing. `code-taken` when another open meeting has the code: nothing is changed.
   */
  change(
    meetingId: Id,
    decide: (situation: GuestSituation) => GuestChange,
  ): Promise<{ before: GuestSituation; after: GuestSituation } | 'code-taken' | null>;
  /**
   * The guest becomes somebody of the register: the place among the participants and in the groups goes over, unless the
   * person has one; what the guest wrote bears the person's name from now on; the guest's sessions end. `check` sees the
   * meeting first and may throw. `gone` when there is no such guest (any more) or no such person.
   */
  claim(guestId: Id, personId: Id, check: (meeting: MeetingRecord) => void): Promise<{ meetingId: Id } | 'gone'>;
}
