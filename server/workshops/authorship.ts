/**
 * Why this file exists: every contribution of the harvest names who wrote it. Who may read a group's words may know who
 * wrote them, and of the others' groups nothing.
 */
import type { Authorship } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { groupAccess } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { authorshipOf } from '../meetings/authorship.ts';
import type { MeetingContext } from '../meetings/context.ts';
import { stateOf } from '../meetings/rights.ts';
import type { Caller } from '../services.ts';
import type { WorkshopContext } from './context.ts';

/** Who wrote which part of each group's room that the caller may read. */
export async function workshopAuthorship(
  deps: Pick<MeetingContext, 'relay' | 'people'> & { workshops: Pick<WorkshopContext, 'read'> },
  caller: Caller,
  meetingId: Id,
  itemId: Id,
): Promise<{ groups: Record<Id, Authorship> }> {
  const { meeting, workshop, me } = await deps.workshops.read(caller, meetingId, itemId);
  const groups: Record<Id, Authorship> = {};
  for (const group of workshop.rounds.flatMap((round) => round.groups)) {
    const mine = group.members.includes(me.personId);
    const facts = { state: group.state, mine, opened: workshop.opened };
    if (!groupAccess({ roles: me.roles, isAdmin: false }, stateOf(meeting), facts)) continue;
    groups[group.id] = await authorshipOf(deps, roomName({ kind: 'group', meetingId, groupId: group.id }));
  }
  return { groups };
}
