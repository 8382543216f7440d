/**
 * Why this file exists: the use cases ask the shared policy in one way, and a "no" means the same everywhere: what one
 * may not know of is not there, what the role never allows is forbidden, what only the state forbids can come later.
 */
import type { Id } from '#shared/ids.ts';
import { isOfficer, type MeetingAction, type MeetingState, mayInMeeting, PHASES, type Role } from '#shared/policy.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { MeetingHeader, MeetingRecord, ParticipantRecord, ParticipantView } from './ports.ts';

/** The meeting as the policy sees it. */
export function stateOf(meeting: MeetingHeader): MeetingState {
  return {
    phase: meeting.phase,
    agendaOpen: meeting.agendaOpen,
    guestsWrite: meeting.guestsWrite,
    cancelled: meeting.cancelledAt !== null,
    archived: meeting.archivedAt !== null,
  };
}

/** Throws what the policy's no means for a participant with these roles: `forbidden` or `not-allowed-now`. */
function requireRight(roles: readonly Role[], state: MeetingState, action: MeetingAction): void {
  const actor = { roles, isAdmin: false };
  if (mayInMeeting(actor, state, action)) return;
  const sometime = PHASES.some((phase) =>
    [true, false].some((agendaOpen) =>
      mayInMeeting(actor, { phase, agendaOpen, guestsWrite: false, cancelled: false, archived: false }, action),
    ),
  );
  if (sometime) throw new Refusal('not-allowed-now', 'The state of the meeting does not allow this.');
  throw new Refusal('forbidden', 'Your roles in this meeting do not allow this.');
}

/** The caller's row among the participants; `not-found` for everybody else. */
export function participantIn(meeting: MeetingRecord, personId: Id): ParticipantView {
  const participant = meeting.participants.find((p) => p.personId === personId);
  if (!participant) throw notFound();
  return participant;
}

/** The caller's row if the policy allows `action` to them; else `not-found`, `forbidden` or `not-allowed-now`. */
export function requireIn(meeting: MeetingRecord, personId: Id, action: MeetingAction): ParticipantView {
  const participant = participantIn(meeting, personId);
  requireRight(participant.roles, stateOf(meeting), action);
  return participant;
}

/** A meeting that nobody runs could never be changed again. */
export function requireOfficerLeft(participants: readonly ParticipantRecord[]): void {
  if (participants.some((p) => isOfficer(p.roles))) return;
  throw new Refusal('conflict', 'A meeting must keep at least one who runs it.', { fields: { roles: 'last-officer' } });
}
