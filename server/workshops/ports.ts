/**
 * Why this file exists: what workshops need kept, said without saying where. Contract suite:
 * tests/storage/workshop-store.test.ts.
 */
import type { Id } from '#shared/ids.ts';
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
   * throw to change nothing. `null` from it removes the workshop. Raises the version. Resolves to `null` when there is no
   * such meeting; otherwise to what was and what is.
   */
  change(
    meetingId: Id,
    itemId: Id,
    decide: (workshop: Workshop | null, meeting: MeetingRecord) => Workshop | null,
  ): Promise<{ before: Workshop | null; after: Workshop | null; meeting: MeetingRecord } | null>;
}
