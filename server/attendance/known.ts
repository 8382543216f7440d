/**
 * Why this file exists: others than presence itself ask who was there: whoever decides something keeps who was in the room, and
 * the minutes list everybody. Here a meeting and its record become what the pure rules take.
 */
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Organisation } from '#shared/api.ts';
import { type Announced, withAnnounced } from '#shared/attendance/announced.ts';
import { type AttendanceFrame, frameOf } from '#shared/attendance/frame.ts';
import { type PresentOne, presentAt } from '#shared/attendance/presence.ts';
import type { RollOf } from '#shared/attendance/roll.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import type { AttendanceSituation } from './ports.ts';

/** The meeting as presence sees it; without an agenda items have no numbers. */
export function frameFor(meeting: MeetingRecord, agenda: Agenda | null, now: number): AttendanceFrame {
  const visits = new Map<Id, { from: number; to: number | null }[]>();
  for (const { itemId, from, to } of meeting.visits) {
    const known = visits.get(itemId);
    if (known) known.push({ from, to });
    else visits.set(itemId, [{ from, to }]);
  }
  const items = [...visits].map(([itemId, of]) => ({ itemId, visits: of }));
  return frameOf({ timeZone: meeting.timeZone, sittings: meeting.sittings, items }, agenda, now);
}

/** Everybody but the projector. */
export function peopleOf(meeting: MeetingRecord): ParticipantView[] {
  return meeting.participants.filter(({ roles }) => !roles.includes('screen'));
}

/** What is known of everybody who takes part: as recorded, else as announced. */
export function knownOf({ meeting, attendance }: AttendanceSituation, frame: AttendanceFrame): Announced {
  const people = peopleOf(meeting);
  const here = new Set(people.map(({ personId }) => personId));
  const recorded = attendance.entries.filter(({ personId }) => here.has(personId));
  return withAnnounced(recorded, people, frame, meeting.sittings);
}

/** Who is in the room at a moment, in an item: what a decision keeps. Synchronous, for deciding inside a transaction. */
export function presentIn(
  situation: AttendanceSituation,
  agenda: Agenda | null,
  when: { at: number; itemId: Id | null },
): PresentOne[] {
  const frame = frameFor(situation.meeting, agenda, when.at);
  const { entries } = knownOf(situation, frame);
  const people = peopleOf(situation.meeting).map(({ personId }) => personId);
  return presentAt(frame, entries, people, when);
}

/** What the attendance list of the minutes is made from, by {@link rollOf}. */
export function rollInput(
  situation: AttendanceSituation,
  agenda: Agenda,
  organisations: readonly Organisation[],
  now: number,
): RollOf {
  const frame = frameFor(situation.meeting, agenda, now);
  const { entries, words } = knownOf(situation, frame);
  return { frame, entries, words, participants: peopleOf(situation.meeting), organisations };
}
