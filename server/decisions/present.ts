/**
 * Why this file exists: who is in the room when something is decided, as presence knows it at that moment. Where nobody has
 * been recorded as come, everybody counts who is expected and of whom nothing else is known. Pure, because it is asked
 * inside the transaction that decides: nobody comes or goes between the answer and the decision.
 */
import type { Agenda } from '#shared/agenda-tree.ts';
import { attends } from '#shared/attendance/attendance.ts';
import { saidOfItem, statusAt } from '#shared/attendance/presence.ts';
import type { Id } from '#shared/ids.ts';
import { frameFor, knownOf, presentIn } from '../attendance/known.ts';
import type { AttendanceSituation } from '../attendance/ports.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** Everybody who takes part and speaks for somebody: those who are there as long as nothing else is known of them. */
function expectedIn(meeting: MeetingRecord): Id[] {
  return meeting.participants
    .filter(({ roles, isGuest }) => !isGuest && roles.some((role) => role !== 'screen' && role !== 'observer'))
    .map(({ personId }) => personId);
}

/** Who is there when an item is decided at a moment. */
export function presentFor(
  situation: AttendanceSituation,
  agenda: Agenda,
  { itemId, at }: { itemId: Id; at: number },
): ReadonlySet<Id> {
  const { meeting, attendance } = situation;
  if (attendance.entries.some(({ kind }) => attends(kind)))
    return new Set(presentIn(situation, agenda, { at, itemId }).map(({ personId }) => personId));
  const frame = frameFor(meeting, agenda, at);
  const { entries } = knownOf(situation, frame);
  const away = (personId: Id): boolean => {
    const said = saidOfItem(frame, entries, personId, itemId) ?? statusAt(frame, entries, personId, at);
    return said !== null && !attends(said.kind);
  };
  return new Set(expectedIn(meeting).filter((personId) => !away(personId)));
}
