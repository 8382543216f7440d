/**
 * Why this file exists: a workshop as one person in the meeting may see it. Who is in which group is no secret; what is
 * said to a group, and whom the facilitator keeps apart, is not for everybody.
 */
import { isOfficer } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import type { Hand, WorkshopMessage } from './ports.ts';

/** The view of `workshop` for `me`; people who have left the meeting are in no group. */
export function workshopView(
  workshop: Workshop,
  meeting: Pick<MeetingRecord, 'participants'>,
  me: ParticipantView,
  live: { hands: readonly Hand[]; messages: readonly WorkshopMessage[]; now: number },
): WorkshopView {
  const officer = isOfficer(me.roles);
  const here = new Set(meeting.participants.map(({ personId }) => personId));
  const groups = workshop.rounds.flatMap((round) => round.groups);
  const exists = new Set(groups.map(({ id }) => id));
  const mine = new Set(groups.filter(({ members }) => members.includes(me.personId)).map(({ id }) => id));
  const pairs = (of: Workshop['apart']): [string, string][] => (officer ? of.map(([a, b]) => [a, b]) : []);
  return {
    id: workshop.id,
    meetingId: workshop.meetingId,
    itemId: workshop.itemId,
    version: workshop.version,
    prompts: [...workshop.prompts],
    rounds: workshop.rounds.map((round) => ({
      ...round,
      groups: round.groups.map((group) => ({ ...group, members: group.members.filter((id) => here.has(id)) })),
    })),
    currentRoundId: workshop.currentRoundId,
    opened: workshop.opened,
    latecomers: workshop.latecomers,
    selfSelectCap: workshop.selfSelectCap,
    apart: pairs(workshop.apart),
    together: pairs(workshop.together),
    harvest: workshop.harvest,
    summary: { ...workshop.summary, scribes: workshop.summary.scribes.filter((id) => here.has(id)) },
    hands: live.hands.filter(({ groupId }) => exists.has(groupId) && (officer || mine.has(groupId))),
    messages: live.messages.filter(({ groupId }) => groupId === null || officer || mine.has(groupId)),
    now: live.now,
  };
}
