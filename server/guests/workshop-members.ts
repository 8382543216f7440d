/**
 * Why this file exists: when a guest turns out to be somebody of the register, that person stands wherever the guest stood
 * in a workshop, and nobody is in two groups of a round because of it.
 */
import type { Id } from '#shared/ids.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';

const once = (ids: readonly Id[]): Id[] => [...new Set(ids)];

/** The workshop with the person in the guest's place; the same value when the guest stands nowhere in it. */
export function withoutTheGuest(workshop: Workshop, guest: Id, person: Id): Workshop {
  if (!JSON.stringify(workshop).includes(guest)) return workshop;
  const now = (id: Id): Id => (id === guest ? person : id);
  const pair = ([a, b]: readonly [Id, Id]): readonly [Id, Id] => [now(a), now(b)];
  const real = ([a, b]: readonly [Id, Id]): boolean => a !== b;
  return {
    ...workshop,
    version: workshop.version + 1,
    rounds: workshop.rounds.map((round) => {
      // Where the person is already, they stay.
      const placed = round.groups.some(({ members }) => members.includes(person));
      return {
        ...round,
        groups: round.groups.map((group) => ({
          ...group,
          members: placed ? group.members.filter((id) => id !== guest) : once(group.members.map(now)),
        })),
      };
    }),
    apart: workshop.apart.map(pair).filter(real),
    together: workshop.together.map(pair).filter(real),
    summary: { ...workshop.summary, scribes: once(workshop.summary.scribes.map(now)) },
  };
}
