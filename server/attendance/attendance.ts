/**
 * Why this file exists: who was there. The rules are pure (shared/attendance/); here they meet rights, the server's clock and
 * what is kept. Those who run the meeting keep the record; everybody who takes part reads it, and says of themselves that they
 * have come or go while the meeting goes on.
 */
import { hasItem } from '#shared/agenda.ts';
import { type Agenda, readAgenda } from '#shared/agenda-tree.ts';
import { type AttendanceView, attendanceInput, ownAttendanceInput } from '#shared/attendance/api.ts';
import { type AttendanceEntry, MAX_ENTRIES, MAX_ENTRIES_OF_PERSON } from '#shared/attendance/attendance.ts';
import {
  arrive,
  leave,
  rewrite,
  type Saying,
  sayOfItem,
  sayOfTime,
  thereFromStart,
} from '#shared/attendance/changes.ts';
import type { AttendanceFrame } from '#shared/attendance/frame.ts';
import { saidOf } from '#shared/attendance/line.ts';
import type { DecisionMoment } from '#shared/attendance/warnings.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn, requireIn } from '../meetings/rights.ts';
import type { Pace } from '../pace.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Attendances, Caller } from '../services.ts';
import { requireSayable } from './checks.ts';
import { frameFor, knownOf } from './known.ts';
import type { AttendanceSituation, AttendanceStore } from './ports.ts';

export interface AttendanceDeps {
  store: AttendanceStore;
  relay: Pick<Relay, 'notice' | 'read'>;
  pace: Pace;
  clock: Clock;
  /** When something was decided in the meeting; by default nothing was. */
  decisions?(meetingId: Id): Promise<DecisionMoment[]>;
}

/** What is told to who looks at a meeting when its presence has changed: ask again. */
export const ATTENDANCE_TOPIC = 'attendance';

/** How somebody comes: a guest as a guest, everybody else as one of the meeting. */
function comesAs(meeting: MeetingRecord, personId: Id): 'present' | 'guest' {
  const roles = participantIn(meeting, personId).roles;
  return roles.every((role) => role === 'guest') ? 'guest' : 'present';
}

/** The use cases of presence. */
export function createAttendances(deps: AttendanceDeps): Attendances {
  const { store, relay, clock } = deps;
  const agendaRoom = (meetingId: Id) => roomName({ kind: 'agenda', meetingId });
  const agendaOf = (meeting: MeetingRecord): Promise<Agenda> =>
    relay.read(agendaRoom(meeting.id), (doc) => readAgenda(doc, meeting));

  async function viewOf(situation: AttendanceSituation, agenda: Agenda): Promise<AttendanceView> {
    const { meeting, attendance } = situation;
    const now = clock();
    const { entries, words } = knownOf(situation, frameFor(meeting, agenda, now));
    return {
      meetingId: meeting.id,
      version: attendance.version,
      entries,
      words: Object.fromEntries(words),
      decisions: (await deps.decisions?.(meeting.id)) ?? [],
      now,
    };
  }

  /** The meeting for somebody who takes part and is no screen. */
  async function read(caller: Caller, meetingId: Id): Promise<AttendanceSituation> {
    const situation = await store.get(meetingId);
    if (!situation) throw notFound();
    const { roles } = participantIn(situation.meeting, caller.personId);
    if (roles.includes('screen')) throw new Refusal('forbidden', 'A screen does not keep the roll.');
    return situation;
  }

  async function change(
    caller: Caller,
    meetingId: Id,
    action: 'keep-presence' | 'say-here',
    decide: (entries: readonly AttendanceEntry[], frame: AttendanceFrame, meeting: MeetingRecord) => AttendanceEntry[],
  ): Promise<AttendanceView> {
    const { meeting: asked } = await read(caller, meetingId);
    deps.pace(caller.personId);
    const agenda = await agendaOf(asked);
    const done = await store.change(meetingId, (situation) => {
      const { meeting, attendance } = situation;
      requireIn(meeting, caller.personId, action);
      const frame = frameFor(meeting, agenda, clock());
      const all = knownOf(situation, frame).entries;
      const changed = decide(all, frame, meeting);
      // What was announced is recorded with the first change that concerns the person, and not before.
      const left = attendance.entries.filter(({ id }) => !all.some((entry) => entry.id === id));
      const entries = [...left, ...changed.filter(({ id }) => id !== '')];
      requireRoom(entries);
      return entries;
    });
    if (!done) throw notFound();
    if (done.changed) relay.notice(agendaRoom(meetingId), ATTENDANCE_TOPIC);
    return viewOf(done, agenda);
  }

  return {
    async get(caller, meetingId) {
      const situation = await read(caller, meetingId);
      return viewOf(situation, await agendaOf(situation.meeting));
    },
    async change(caller, meetingId, raw) {
      const input = attendanceInput.parse(raw);
      if (input.do === 'item') {
        const { itemId } = input;
        await read(caller, meetingId);
        if (!(await relay.read(agendaRoom(meetingId), (doc) => hasItem(doc, itemId)))) throw notFound();
      }
      return change(caller, meetingId, 'keep-presence', (entries, frame, meeting) => {
        requireSayable(meeting, input);
        const now = clock();
        const saying: Saying = { by: caller.personId, at: now };
        switch (input.do) {
          case 'arrive':
          case 'leave': {
            const when = { at: input.at ?? now, as: comesAs(meeting, input.personId) };
            return (input.do === 'arrive' ? arrive : leave)(frame, entries, input.personId, when, saying);
          }
          case 'all-here':
            return [...new Set(input.personIds)].reduce<AttendanceEntry[]>(
              (said, personId) =>
                thereFromStart(frame, said, personId, { at: now, as: comesAs(meeting, personId) }, saying),
              [...entries],
            );
          case 'time':
            return sayOfTime(frame, entries, input.personId, input, saying);
          case 'item':
            return sayOfItem(entries, input.personId, input, saying);
          case 'rewrite':
            return input.people.reduce<AttendanceEntry[]>(
              (said, one) => {
                requireSame(said, one.personId, one.was);
                return rewrite(frame, said, one.personId, one.entries, saying);
              },
              [...entries],
            );
        }
      });
    },
    async say(caller, meetingId, raw) {
      const { here } = ownAttendanceInput.parse(raw);
      return change(caller, meetingId, 'say-here', (entries, frame, meeting) => {
        const now = clock();
        const { personId } = caller;
        const when = { at: now, as: comesAs(meeting, personId) };
        return (here ? arrive : leave)(frame, entries, personId, when, { by: personId, at: now });
      });
    },
  };
}

/** Throws when what is recorded of somebody is not what was seen when the change was written. */
function requireSame(entries: readonly AttendanceEntry[], personId: Id, was: readonly Id[]): void {
  const ids = saidOf(entries, personId).flatMap(({ id }) => (id === '' ? [] : [id]));
  if (ids.length === was.length && ids.every((id) => was.includes(id))) return;
  throw new Refusal('conflict', 'Somebody else has changed this meanwhile.', { fields: { was: 'changed' } });
}

function requireRoom(entries: readonly AttendanceEntry[]): void {
  const counts = new Map<Id, number>();
  for (const { personId } of entries) counts.set(personId, (counts.get(personId) ?? 0) + 1);
  if (entries.length <= MAX_ENTRIES && [...counts.values()].every((count) => count <= MAX_ENTRIES_OF_PERSON)) return;
  throw new Refusal('conflict', 'There is too much said already.', { fields: { entries: 'too-many' } });
}
