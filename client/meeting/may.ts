/** Why this file exists: the shared policy asked for the reader of a meeting, to hide what the server would refuse. */
import type { Meeting } from '#shared/api.ts';
import { type MeetingAction, mayInMeeting } from '#shared/policy.ts';

/** Whether the signed-in person may take `action` in the meeting as it is now. */
export function may(meeting: Meeting, action: MeetingAction): boolean {
  return mayInMeeting(
    { roles: meeting.myRoles, isAdmin: false },
    {
      phase: meeting.phase,
      agendaOpen: meeting.agendaOpen,
      guestsWrite: meeting.guestsWrite,
      cancelled: meeting.cancelledAt !== null,
      archived: meeting.archivedAt !== null,
    },
    action,
  );
}
