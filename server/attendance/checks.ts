/** Why this file exists: what is said of presence must be of people, sittings and times the meeting has. */
import type { z } from 'zod';
import type { attendanceInput } from '#shared/attendance/api.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { Refusal } from '../refusal.ts';
import { requireParticipants } from '../workshops/cases.ts';

type Input = z.output<typeof attendanceInput>;

const wrong = (field: string, code: string): Refusal =>
  new Refusal('conflict', 'This cannot be said of anybody in this meeting.', { fields: { [field]: code } });

function requireTimes(
  meeting: MeetingRecord,
  of: { sittingId: Id | null; from: number | null; to: number | null },
): void {
  if (of.sittingId !== null && !meeting.sittings.some(({ id }) => id === of.sittingId))
    throw wrong('sittingId', 'missing');
  if (of.from !== null && of.to !== null && of.from >= of.to) throw wrong('to', 'before-from');
}

function requireOther(meeting: MeetingRecord, personId: Id, forPersonId: Id | null): void {
  if (forPersonId === null) return;
  if (forPersonId === personId) throw wrong('forPersonId', 'self');
  requireParticipants(meeting, [forPersonId], 'forPersonId');
}

/** Throws `conflict` with the field that does not fit the meeting. */
export function requireSayable(meeting: MeetingRecord, input: Input): void {
  if (input.do === 'all-here') {
    requireParticipants(meeting, input.personIds, 'personIds');
    return;
  }
  if (input.do !== 'rewrite') {
    requireParticipants(meeting, [input.personId], 'personId');
    if (input.do === 'time' || input.do === 'item') requireOther(meeting, input.personId, input.forPersonId);
    if (input.do === 'time') requireTimes(meeting, input);
    return;
  }
  for (const { personId, entries } of input.people) {
    requireParticipants(meeting, [personId], 'personId');
    for (const entry of entries) {
      requireTimes(meeting, entry);
      requireOther(meeting, personId, entry.forPersonId);
      if (entry.kind === 'conflict' && entry.itemId === null) throw wrong('itemId', 'missing');
      if (entry.kind === 'present' && entry.itemId !== null) throw wrong('kind', 'not-of-an-item');
    }
  }
}
