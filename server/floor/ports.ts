/**
 * Why this file exists: what the list of speakers needs kept, said without saying where. Tested with the use cases, over
 * HTTP: tests/floor/.
 */
import type { Floor } from '#shared/floor/floor.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** What is decided on. */
export interface FloorSituation {
  meeting: MeetingRecord;
  /** As nobody has touched it, before anybody has. */
  floor: Floor;
}

export interface FloorStore {
  /** `null` when there is no such meeting. */
  situation(meetingId: Id): Promise<FloorSituation | null>;
  /**
   * Reads, asks `decide` and writes what it answers, in one transaction. `decide` is synchronous and may throw to change
   * nothing; the same floor changes nothing either. Raises the version of what is changed.
   */
  change(
    meetingId: Id,
    decide: (situation: FloorSituation) => Floor,
  ): Promise<(FloorSituation & { changed: boolean }) | null>;
}
