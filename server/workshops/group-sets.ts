/** Why this file exists: who runs a meeting keeps groups under a name and uses them again. They decide no right. */
import { type Id, newId } from '#shared/ids.ts';
import { groupSetInput, MOST_GROUP_SETS } from '#shared/workshop/group-sets.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, GroupSets } from '../services.ts';
import { requireParticipants } from './cases.ts';
import type { WorkshopDeps } from './context.ts';
import type { GroupSetStore } from './ports.ts';

/** The use cases of saved groups. */
export function createGroupSets({
  store,
  meetings,
  clock,
}: Pick<WorkshopDeps, 'meetings' | 'clock'> & { store: GroupSetStore }): GroupSets {
  async function requireRunning(caller: Caller, meetingId: Id): Promise<MeetingRecord> {
    const meeting = await meetings.get(meetingId);
    if (!meeting) throw notFound();
    requireIn(meeting, caller.personId, 'run-workshop');
    return meeting;
  }
  const list = async (meetingId: Id) => ({ sets: await store.list(meetingId) });

  return {
    async list(caller, meetingId) {
      await requireRunning(caller, meetingId);
      return list(meetingId);
    },
    async save(caller, meetingId, raw) {
      const { name, groups } = groupSetInput.parse(raw);
      const meeting = await requireRunning(caller, meetingId);
      const members = groups.flatMap((group) => group.members);
      requireParticipants(meeting, members, 'members');
      if (new Set(members).size < members.length) throw refused('members', 'twice');
      const result = await store.add(meetingId, { id: newId(), name, at: clock(), groups }, MOST_GROUP_SETS);
      if (result !== 'added') throw refused('name', result);
      return list(meetingId);
    },
    async remove(caller, meetingId, setId) {
      await requireRunning(caller, meetingId);
      if (!(await store.remove(meetingId, setId))) throw notFound();
      return list(meetingId);
    },
  };
}

const refused = (field: string, code: string) =>
  new Refusal('conflict', 'The groups cannot be kept so.', { fields: { [field]: code } });
