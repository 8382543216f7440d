/**
 * Why this file exists: single people in groups: placed, moved, choosing for themselves; and who wrote what in a group's
 * room, for those who may read it.
 */
import type { Id } from '#shared/ids.ts';
import { groupAccess, isOfficer } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { placeInput } from '#shared/workshop/api.ts';
import { place, placeOneself } from '#shared/workshop/placing.ts';
import { findGroup } from '#shared/workshop/workshop.ts';
import { authorshipOf } from '../meetings/authorship.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, Workshops } from '../services.ts';
import { isHere, requireParticipants, type WorkshopCases } from './cases.ts';
import { attempt } from './problems.ts';

type GroupUseCases = Pick<Workshops, 'place' | 'groupAuthorship'>;

/** The use cases of single people in groups. */
export function groupUseCases(cases: WorkshopCases): GroupUseCases {
  /** Throws `not-found` unless the caller may read this group's room. */
  async function requireReadable(caller: Caller, meetingId: Id, groupId: Id): Promise<void> {
    const meeting = await cases.meetings.get(meetingId);
    if (!meeting) throw notFound();
    const { roles } = participantIn(meeting, caller.personId);
    for (const workshop of await cases.store.ofMeeting(meetingId)) {
      const group = findGroup(workshop, groupId)?.group;
      if (!group) continue;
      const facts = { state: group.state, mine: group.members.includes(caller.personId), opened: workshop.opened };
      const right = groupAccess({ roles, isAdmin: false }, stateOf(meeting), facts);
      if (right && right.access !== 'none') return;
    }
    throw notFound();
  }

  return {
    async place(caller, meetingId, itemId, roundId, raw) {
      const { personId, groupId } = placeInput.parse(raw);
      const result = await cases.change(caller, meetingId, itemId, 'join-group', (workshop, meeting, me) => {
        if (isOfficer(me.roles)) {
          requireIn(meeting, caller.personId, 'run-workshop');
          // Somebody who has left can be taken out, not put in.
          if (groupId !== null) requireParticipants(meeting, [personId], 'personId');
          return attempt(() => place(workshop, roundId, personId, groupId));
        }
        if (personId !== caller.personId) throw new Refusal('forbidden', 'Only oneself.');
        if (workshop.selfSelectCap === 0) throw new Refusal('not-allowed-now', 'Groups are not chosen freely now.');
        return attempt(() => placeOneself(workshop, roundId, personId, groupId, isHere(meeting)));
      });
      return cases.answer(caller, result.meeting, result.after);
    },
    async groupAuthorship(caller, meetingId, groupId) {
      await requireReadable(caller, meetingId, groupId);
      return authorshipOf(cases, roomName({ kind: 'group', meetingId, groupId }));
    },
  };
}
