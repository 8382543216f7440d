/**
 * Why this file exists: what decisions and what is to be done need kept, said without saying where. What is decided is
 * written once and never again.
 */
import type { Attendance } from '#shared/attendance/attendance.ts';
import type { ActionItem } from '#shared/decisions/action.ts';
import type { BodySettings } from '#shared/decisions/body.ts';
import type { Decision, Dissent, FrozenDecision, Reopening } from '#shared/decisions/decision.ts';
import type { Id } from '#shared/ids.ts';
import type { ItemLock, MeetingRecord } from '../meetings/ports.ts';

/** What an item has decided, in one moment. */
export interface ItemRecord {
  meeting: MeetingRecord;
  decisions: Decision[];
  reopenings: Reopening[];
}

/** What a decision is made from inside its transaction. */
export interface Deciding extends ItemRecord {
  /** Who has been recorded as being there. */
  attendance: Attendance;
  body: BodySettings;
  /** The next number of a series that begins with `first`; it is given when the decision is returned with it. */
  next(series: string, first: number): number;
}

export interface Decided {
  decision: FrozenDecision;
  sha256: string;
  /** The series its number is of; `null` when it has none. */
  series: string | null;
  /** The meeting's locks from now on. */
  locks: readonly ItemLock[];
}

export interface DecisionStore {
  item(meetingId: Id, itemId: Id): Promise<ItemRecord | null>;
  /** Of every item of the meeting, oldest first. */
  ofMeeting(meetingId: Id): Promise<Decision[]>;
  /** Every time an item of the meeting was opened again, oldest first. */
  reopeningsOf(meetingId: Id): Promise<(Reopening & { itemId: Id })[]>;
  /**
   * Asks `decide`, synchronous, and writes what it answers: the decision, its number and the lock, in one transaction that
   * nobody writes between. It may throw to change nothing. Resolves to `null` when there is no such meeting.
   */
  decide(meetingId: Id, itemId: Id, decide: (now: Deciding) => Decided): Promise<ItemRecord | null>;
  /** As {@link decide}, for opening an item again. */
  reopen(
    meetingId: Id,
    itemId: Id,
    decide: (now: ItemRecord) => { reopening: Reopening; locks: readonly ItemLock[] },
  ): Promise<ItemRecord | null>;
  /** As {@link decide}, for what is announced beside a decision. */
  dissent(
    meetingId: Id,
    itemId: Id,
    decide: (now: ItemRecord) => { decisionId: Id; dissent: Dissent },
  ): Promise<ItemRecord | null>;

  /** How the body of this key keeps its records; the defaults where nobody has said. */
  body(key: string): Promise<BodySettings>;
  /** Asks `decide` in one transaction; `null` when there is no such meeting. */
  changeBody(
    meetingId: Id,
    decide: (meeting: MeetingRecord, body: BodySettings) => BodySettings,
  ): Promise<{ meeting: MeetingRecord; body: BodySettings } | null>;
}

export interface ActionStore {
  ofMeeting(meetingId: Id): Promise<ActionItem[]>;
  /**
   * Asks `decide`, synchronous, with all of the meeting's, and writes the one it answers; `remove` takes one away. Raises
   * its version. `null` when there is no such meeting; otherwise all of them afterwards.
   */
  change(
    meetingId: Id,
    decide: (now: { meeting: MeetingRecord; actions: readonly ActionItem[] }) => ActionItem | { remove: Id },
  ): Promise<{ meeting: MeetingRecord; actions: ActionItem[] } | null>;
}
