/** Why this file exists: what presence needs kept, said without saying where. Tested with the use cases: tests/attendance/http.test.ts. */
import type { Attendance, AttendanceEntry } from '#shared/attendance/attendance.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** What is decided on. */
export interface AttendanceSituation {
  meeting: MeetingRecord;
  /** What is recorded; nobody yet in a meeting where nobody has been. */
  attendance: Attendance;
}

export interface AttendanceStore {
  /** `null` when there is no such meeting. */
  get(meetingId: Id): Promise<AttendanceSituation | null>;
  /**
   * Reads, asks `decide` and writes what it answers, in one transaction; raises the version when the answer is another value
   * than what was. `decide` is synchronous and may throw to change nothing. Resolves to what is then.
   */
  change(
    meetingId: Id,
    decide: (situation: AttendanceSituation) => readonly AttendanceEntry[],
  ): Promise<(AttendanceSituation & { changed: boolean }) | null>;
}
