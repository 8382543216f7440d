/**
 * Why this file exists: a group is shown the same everywhere: a square in its colour with its number, and its name for
 * those who ask.
 */
import type { Id } from '#shared/ids.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';

export interface GroupMark {
  groupId: Id;
  /** Its place in its round, from 1. */
  number: number;
  name: string;
  /** 0–11. */
  colour: number;
  roundId: Id;
}

/** Every group of the workshop, in the order of rounds and groups. */
export function groupMarks(workshop: Pick<Workshop, 'rounds'>): Map<Id, GroupMark> {
  return new Map(
    workshop.rounds.flatMap((round) =>
      round.groups.map((group, index) => [
        group.id,
        { groupId: group.id, number: index + 1, name: group.name, colour: group.colour, roundId: round.id },
      ]),
    ),
  );
}
