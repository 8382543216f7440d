/**
 * Why this file exists: who comes into a meeting when groups are already made gets a group at once, where the facilitator
 * has said so. Everybody who lets people into a meeting calls this one function.
 */
import type { Id } from '#shared/ids.ts';
import { isOfficer, mayInMeeting } from '#shared/policy.ts';
import { placeLatecomer } from '#shared/workshop/placing.ts';
import { participantIn, stateOf } from '../meetings/rights.ts';
import { isHere } from './cases.ts';
import type { WorkshopContext } from './context.ts';

/**
 * Places somebody who is a participant already; resolves when the rights are the new ones. Nothing happens to those who
 * run the meeting and to those who only look on. What fails is told to the log: somebody who has come in is in.
 */
export type PlaceLatecomer = (meetingId: Id, personId: Id) => Promise<void>;

/** The rule over a context. */
export function createLatecomers(context: WorkshopContext): PlaceLatecomer {
  return async (meetingId, personId) => {
    try {
      for (const { itemId } of await context.store.ofMeeting(meetingId)) {
        const result = await context.store.change(meetingId, itemId, (workshop, meeting) => {
          const { roles } = participantIn(meeting, personId);
          const joins = !isOfficer(roles) && mayInMeeting({ roles, isAdmin: false }, stateOf(meeting), 'join-group');
          return workshop && joins ? placeLatecomer(workshop, personId, isHere(meeting)) : workshop;
        });
        if (result) await context.changed(result.before, result.after);
      }
    } catch (error) {
      context.warn?.('latecomer-not-placed', { meetingId, error: String(error) });
    }
  };
}
