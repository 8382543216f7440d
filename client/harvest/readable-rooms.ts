/**
 * Why this file exists: a room one may not enter is a line that never comes up, and the page would say that it is cut off.
 * So only those rooms of a workshop are opened that the shared policy lets its reader into.
 */
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { groupAccess, harvestAccess, type MeetingState, summaryAccess } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';

export interface Readable {
  /** Those whose words the reader may read, in the order of rounds and groups. */
  groups: readonly Id[];
  /** How many others there are. */
  hiddenGroups: number;
  harvest: boolean;
  summary: boolean;
}

type Reader = Pick<Meeting, 'myRoles' | 'phase' | 'agendaOpen' | 'guestsWrite' | 'cancelledAt' | 'archivedAt'>;

/** What of a workshop its reader may read now. */
export function readableRooms(
  workshop: Pick<WorkshopView, 'rounds' | 'opened' | 'harvest' | 'summary'>,
  meeting: Reader,
  ownId: Id,
): Readable {
  const actor = { roles: meeting.myRoles, isAdmin: false };
  const state: MeetingState = {
    phase: meeting.phase,
    agendaOpen: meeting.agendaOpen,
    guestsWrite: meeting.guestsWrite,
    cancelled: meeting.cancelledAt !== null,
    archived: meeting.archivedAt !== null,
  };
  const enters = (decision: { access: string } | null): boolean => decision !== null && decision.access !== 'none';
  const all = workshop.rounds.flatMap((round) => round.groups);
  const groups = all.filter((group) => {
    const facts = { state: group.state, mine: group.members.includes(ownId), opened: workshop.opened };
    return enters(groupAccess(actor, state, facts));
  });
  const { status, scribes, comments } = workshop.summary;
  return {
    groups: groups.map(({ id }) => id),
    hiddenGroups: all.length - groups.length,
    harvest: enters(harvestAccess(actor, state, workshop.harvest)),
    summary: enters(
      summaryAccess(actor, state, { final: status === 'final', scribe: scribes.includes(ownId), comments }),
    ),
  };
}
