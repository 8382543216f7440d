/**
 * Why this file exists: the list of speakers of a plenary, *Ordet*, as a value and what can be asked of it. What changes it
 * is in turns.ts (who has the floor) and list.ts (who waits for it); both are functions from one floor to the next.
 *
 * The order in which people wait is the order of `waiting`: rejoinders first, then speeches. All times in milliseconds.
 */
import type { Id } from '../ids.ts';

/** speech: anförande, in turn · rejoinder: replik, a short answer to who speaks, before all speeches. */
export const TURN_KINDS = ['speech', 'rejoinder'] as const;
export type TurnKind = (typeof TURN_KINDS)[number];

/** Somebody who waits for the floor. Once for a speech and once for a rejoinder at most. */
export interface Waiting {
  id: Id;
  personId: Id;
  kind: TurnKind;
  /** The item the meeting was on when it was asked for; `null` when on none. */
  itemId: Id | null;
  at: number;
}

/** Somebody who has or had the floor. What minutes are made from later. */
export interface Turn {
  /** That of the request. */
  id: Id;
  personId: Id;
  /** The person's name, as it was. */
  person: string;
  kind: TurnKind;
  itemId: Id | null;
  from: number;
  /** `null` while they speak. */
  to: number | null;
  /** What they were given, seconds; 0 without a limit. Changing the rule changes nobody's turn that has begun. */
  seconds: number;
}

/** What those who run the meeting decide about it. */
export interface FloorRules {
  /** Time of a speech; 0 without a limit. */
  speechSeconds: number;
  /** Time of a rejoinder, which always has one and never more than a speech. */
  rejoinderSeconds: number;
  /** Who has not spoken on the item goes before those who have. */
  newSpeakersFirst: boolean;
  /** Guests may ask for the floor too. */
  guests: boolean;
}

export interface Floor {
  /** Rises with every change. */
  version: number;
  /** Rises when somebody gets the floor and when somebody leaves it: two who take the same step take one. */
  step: number;
  /** The line is drawn ("strecket är draget") in the debate on this item: nobody else is put on the list for a speech. */
  line: { itemId: Id | null } | null;
  rules: FloorRules;
  waiting: readonly Waiting[];
  /** All of the meeting, in order; the last one may be going on. */
  turns: readonly Turn[];
}

export const FIRST_RULES: FloorRules = {
  speechSeconds: 180,
  rejoinderSeconds: 60,
  newSpeakersFirst: false,
  guests: true,
};

/** The floor of a meeting in which nobody has used it. */
export const EMPTY_FLOOR: Floor = { version: 0, step: 0, line: null, rules: FIRST_RULES, waiting: [], turns: [] };

/** Who has the floor; `null` when nobody has. */
export function speakerOf({ turns }: Pick<Floor, 'turns'>): Turn | null {
  const last = turns.at(-1);
  return last && last.to === null ? last : null;
}

/** Whether the line is drawn while the meeting is on `itemId`: another item is another debate. */
export function isDrawn({ line }: Pick<Floor, 'line'>, itemId: Id | null): boolean {
  return line !== null && line.itemId === itemId;
}

/** How often somebody has had the floor for a speech on an item. */
export function speechesOf({ turns }: Pick<Floor, 'turns'>, personId: Id, itemId: Id | null): number {
  return turns.filter((turn) => turn.kind === 'speech' && turn.personId === personId && turn.itemId === itemId).length;
}

/** What cannot be done: the field it is about and why, for the API's `fields`. */
export class FloorProblem extends Error {
  override readonly name = 'FloorProblem';
  readonly field: string;
  readonly code: string;

  constructor(field: string, code: string) {
    super(`${field}: ${code}`);
    this.field = field;
    this.code = code;
  }
}
