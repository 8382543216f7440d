/**
 * Why this file exists: who is in the room when something is decided, as presence knows it at that moment. Where nobody has
 * been recorded as come, everybody counts who is expected and of whom nothing else is known.
 */
import { readAgenda } from '#shared/agenda-tree.ts';
import { attends } from '#shared/attendance/attendance.ts';
import { presentAt, saidOfItem, statusAt } from '#shared/attendance/presence.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { frameFor, knownOf } from '../attendance/known.ts';
import type { AttendanceStore } from '../attendance/ports.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import type { Relay } from '../relay/ports.ts';
import { expectedIn } from './context.ts';

/** Reads presence for {@link DecisionDeps.present}. */
export function presenceAt(store: Pick<AttendanceStore, 'get'>, relay: Pick<Relay, 'read'>) {
  return async (meeting: MeetingRecord, itemId: Id, at: number): Promise<ReadonlySet<Id>> => {
    const situation = await store.get(meeting.id);
    if (!situation) return new Set();
    const agenda = await relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) =>
      readAgenda(doc, meeting.sittings),
    );
    const frame = frameFor(meeting, agenda, at);
    const { entries } = knownOf(situation, frame);
    const people = meeting.participants.map(({ personId }) => personId);
    if (situation.attendance.entries.some(({ kind }) => attends(kind)))
      return new Set(presentAt(frame, entries, people, { at, itemId }).map(({ personId }) => personId));
    const away = (personId: Id): boolean => {
      const said = saidOfItem(frame, entries, personId, itemId) ?? statusAt(frame, entries, personId, at);
      return said !== null && !attends(said.kind);
    };
    return new Set([...expectedIn(meeting)].filter((personId) => !away(personId)));
  };
}
