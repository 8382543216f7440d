/** Why this file exists: which group somebody is shown at a group's address, and when they are brought to another. */
import type { Id } from '#shared/ids.ts';
import { findGroup, type Group, groupOf, type Round, type Workshop } from '#shared/workshop/workshop.ts';

export type Whereabouts =
  /** There is no such group, or not for them. */
  | { kind: 'nowhere'; own: Group | null }
  | { kind: 'here'; round: Round; group: Group; member: boolean }
  /** Their group in this round is another one now. */
  | { kind: 'moved'; to: Group };

/**
 * Where a person is who asks for a group. Members of another group of the same round are brought there, unless the groups
 * are opened or they run the meeting: then they look in. Who was its member until now is always brought along.
 */
export function whereabouts(
  workshop: Pick<Workshop, 'rounds' | 'currentRoundId' | 'opened'>,
  groupId: Id,
  personId: Id,
  officer: boolean,
  wasMember = false,
): Whereabouts {
  const current = workshop.rounds.find(({ id }) => id === workshop.currentRoundId);
  const own = current ? groupOf(current, personId) : null;
  const found = findGroup(workshop, groupId);
  if (!found) return own && !officer ? { kind: 'moved', to: own } : { kind: 'nowhere', own };
  const member = found.group.members.includes(personId);
  const elsewhere = groupOf(found.round, personId);
  if (!member && wasMember && elsewhere) return { kind: 'moved', to: elsewhere };
  if (member || officer || workshop.opened) return { kind: 'here', ...found, member };
  return elsewhere ? { kind: 'moved', to: elsewhere } : { kind: 'nowhere', own };
}
