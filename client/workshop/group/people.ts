/** Why this file exists: who is at the table: the group's members, here or not, and those who look in. */
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Role } from '#shared/policy.ts';
import type { PresentPerson } from '../../collab/presence.ts';

export interface AtTheTable {
  id: Id;
  name: string;
  colour: number;
  organisation: string;
  self: boolean;
  /** Looks in without being a member: who runs the meeting, or somebody who may read along. */
  visitor: boolean;
  guest: boolean;
  state: 'writing' | 'reading' | 'away';
  /** Number of the prompt the person writes under, from 1; `null` when not writing. */
  writesIn: number | null;
}

type Known = Pick<Meeting['participants'][number], 'personId' | 'name' | 'colour'> & { roles: readonly Role[] };

/** Members in their order, oneself first; then those who look in. `promptIds` in order. */
export function atTheTable(
  members: readonly Id[],
  participants: readonly Known[],
  present: readonly PresentPerson[],
  ownId: Id,
  promptIds: readonly Id[],
): AtTheTable[] {
  const known = new Map(participants.map((person) => [person.personId, person]));
  const here = new Map(present.map((person) => [person.user.id, person]));
  const entry = (id: Id, visitor: boolean): AtTheTable | null => {
    const person = known.get(id);
    const presence = here.get(id);
    const name = person?.name ?? presence?.user.name;
    if (name === undefined) return null;
    const writing = presence?.typing === true && !presence.hidden;
    const at = promptIds.indexOf(presence?.itemId ?? '');
    return {
      id,
      name,
      colour: person?.colour ?? presence?.user.colour ?? 0,
      organisation: presence?.user.organisation ?? '',
      self: id === ownId,
      visitor,
      guest: person?.roles.includes('guest') ?? false,
      state: writing ? 'writing' : presence && !presence.hidden ? 'reading' : 'away',
      writesIn: writing && at >= 0 ? at + 1 : null,
    };
  };
  const table = members.map((id) => entry(id, false)).filter((one) => one !== null);
  const seated = new Set(members);
  const visitors = present
    .filter(({ user }) => !seated.has(user.id) && !known.get(user.id)?.roles.includes('screen'))
    .map(({ user }) => entry(user.id, true))
    .filter((one) => one !== null);
  return [...table.filter((one) => one.self), ...table.filter((one) => !one.self), ...visitors];
}
