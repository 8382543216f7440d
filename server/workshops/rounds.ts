/**
 * Why this file exists: rounds and their groups, as the facilitator decides them: a whole set of groups with the people in
 * them takes effect in one go or not at all. A group that has been written in is never taken away.
 */
import { type Id, newId } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { roundInput, roundPatch } from '#shared/workshop/api.ts';
import type { GroupDraft } from '#shared/workshop/groups.ts';
import { addRound, changeRound, droppedGroups, makeCurrent, removeRound, roundOf } from '#shared/workshop/rounds.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, Workshops } from '../services.ts';
import { requireParticipants, type WorkshopCases } from './cases.ts';
import { attempt } from './problems.ts';

type RoundUseCases = Pick<Workshops, 'addRound' | 'updateRound' | 'removeRound' | 'showRound'>;

/** Drafts with an id each, and which of these are new. */
function named<T extends GroupDraft>(drafts: readonly T[]): { groups: (T & { id: Id })[]; fresh: Set<Id> } {
  const fresh = new Set<Id>();
  const groups = drafts.map((draft) => {
    if (draft.id !== undefined) return { ...draft, id: draft.id };
    const id = newId();
    fresh.add(id);
    return { ...draft, id };
  });
  return { groups, fresh };
}

const membersOf = (groups: readonly GroupDraft[]): Id[] => groups.flatMap(({ members }) => members ?? []);

/** The use cases of rounds. */
export function roundUseCases(cases: WorkshopCases): RoundUseCases {
  const { seeding, answer } = cases;

  const requireRunning = async (caller: Caller, meetingId: Id, itemId: Id) => {
    const { meeting, workshop } = await cases.read(caller, meetingId, itemId);
    requireIn(meeting, caller.personId, 'run-workshop');
    return { meeting, workshop };
  };

  /** Throws when anything has been written in one of these groups. */
  async function requireUnwritten(workshop: Workshop, groupIds: readonly Id[], field: string): Promise<void> {
    if (groupIds.length === 0) return;
    const rooms = groupIds.map((groupId) => roomName({ kind: 'group', meetingId: workshop.meetingId, groupId }));
    const prompts = workshop.prompts.map(({ id }) => id);
    if (await seeding.written(rooms, prompts))
      throw new Refusal('conflict', 'Something has been written there.', { fields: { [field]: 'written' } });
  }

  return {
    async addRound(caller, meetingId, itemId, raw) {
      const input = roundInput.parse(raw);
      // A group of another round is no group of this one.
      const { groups, fresh } = named(input.groups.map((group) => ({ ...group, id: undefined })));
      const roundId = newId();
      const change = (workshop: Workshop, meeting: MeetingRecord): Workshop => {
        requireParticipants(meeting, membersOf(groups), 'members');
        return attempt(() => addRound(workshop, roundId, { ...input, groups }, fresh));
      };
      const { meeting, workshop } = await requireRunning(caller, meetingId, itemId);
      await seeding.seed(caller.personId, workshop, change(workshop, meeting));
      const result = await cases.change(caller, meetingId, itemId, 'run-workshop', change);
      return answer(caller, result.meeting, result.after);
    },
    async updateRound(caller, meetingId, itemId, roundId, raw) {
      const { version, groups: given, ...rest } = roundPatch.parse(raw);
      const { groups, fresh } = given ? named(given) : { groups: undefined, fresh: new Set<Id>() };
      const change = (workshop: Workshop, meeting: MeetingRecord): Workshop => {
        attempt(() => roundOf(workshop, roundId));
        if (version !== undefined && version !== workshop.version)
          throw new Refusal('conflict', 'The workshop has changed.', { fields: { version: 'changed' } });
        if (groups) requireParticipants(meeting, membersOf(groups), 'members');
        return attempt(() => changeRound(workshop, roundId, { ...rest, groups }, fresh));
      };
      const { meeting, workshop } = await requireRunning(caller, meetingId, itemId);
      const planned = change(workshop, meeting);
      if (groups) {
        const dropped = droppedGroups(roundOf(workshop, roundId), groups);
        await requireUnwritten(workshop, dropped, 'groups');
        await seeding.seed(caller.personId, workshop, planned);
      }
      const result = await cases.change(caller, meetingId, itemId, 'run-workshop', change);
      return answer(caller, result.meeting, result.after);
    },
    async removeRound(caller, meetingId, itemId, roundId) {
      const { workshop } = await requireRunning(caller, meetingId, itemId);
      const change = (now: Workshop): Workshop => attempt(() => removeRound(now, roundId));
      change(workshop);
      const groups = roundOf(workshop, roundId).groups.map(({ id }) => id);
      await requireUnwritten(workshop, groups, 'roundId');
      const result = await cases.change(caller, meetingId, itemId, 'run-workshop', change);
      return answer(caller, result.meeting, result.after);
    },
    async showRound(caller, meetingId, itemId, roundId) {
      const result = await cases.change(caller, meetingId, itemId, 'run-workshop', (workshop) =>
        attempt(() => makeCurrent(workshop, roundId)),
      );
      return answer(caller, result.meeting, result.after);
    },
  };
}
