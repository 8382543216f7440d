/**
 * Why this file exists: what a workshop is: the prompts of a dialogue item, its rounds, and in each round the groups and
 * who is in them. It lives in SQL, because groups and time decide who may write where; the words live in the groups'
 * rooms. Plain values, so that every change is a function from one workshop to the next.
 *
 * Times are integer milliseconds since 1970 UTC.
 */
import type { Id } from '../ids.ts';

/** One of the headings that every group answers. */
export interface Prompt {
  id: Id;
  heading: string;
  help: string;
  /** Suggested time, or 0. */
  minutes: number;
}

/**
 * planned: nobody writes yet · open: its members write · ending: finish your sentence · closed: read only.
 */
export const GROUP_STATES = ['planned', 'open', 'ending', 'closed'] as const;
export type GroupState = (typeof GROUP_STATES)[number];

export interface Group {
  id: Id;
  name: string;
  topic: string;
  place: string;
  /** 0–11, one of the twelve colours; the group is shown as a square with its number. */
  colour: number;
  state: GroupState;
  /** What this group alone got on top of the round's time, milliseconds. */
  extraMs: number;
  /** In the order they were placed. A person is in at most one group of a round. */
  members: readonly Id[];
}

export interface Round {
  id: Id;
  title: string;
  /** Planned time. */
  minutes: number;
  /** When its clock was first started; `null` while it is planned. */
  startedAt: number | null;
  /** When the time of a group without extra time is up; `null` while planned or paused, and when it has no end. */
  endsAt: number | null;
  /** What was left when it was paused, milliseconds; `null` when it is not paused. */
  pausedMs: number | null;
  closedAt: number | null;
  groups: readonly Group[];
}

/** Where those go who come when the groups are made: by hand, or into the smallest group at once. */
export const LATECOMER_RULES = ['manual', 'smallest'] as const;
export type LatecomerRule = (typeof LATECOMER_RULES)[number];

/** Who takes part in sorting the harvest. */
export const HARVEST_DOORS = ['officers', 'read', 'write'] as const;
export type HarvestDoor = (typeof HARVEST_DOORS)[number];

export interface Workshop {
  id: Id;
  meetingId: Id;
  itemId: Id;
  /** Raised by each change. */
  version: number;
  prompts: readonly Prompt[];
  /** In the order they are held; the first at least. */
  rounds: readonly Round[];
  /** The round that people are shown. */
  currentRoundId: Id;
  /** Everybody may read what all groups write, not only their own. */
  opened: boolean;
  latecomers: LatecomerRule;
  /** Participants may place themselves in a group, at most `selfSelectCap` in each; 0 when they may not. */
  selfSelectCap: number;
  /** Pairs of people who should not, or should, be in the same group. */
  apart: readonly (readonly [Id, Id])[];
  together: readonly (readonly [Id, Id])[];
  harvest: HarvestDoor;
  summary: {
    /** open: being written · final: nobody writes. */
    status: 'open' | 'final';
    /** Number of the newest revision, 0 before the first. */
    revision: number;
    /** Who writes beside the chair and the vice chair. */
    scribes: readonly Id[];
    /** Participants may read it and comment on the wording before it is final. */
    comments: boolean;
  };
}

/** The round that people are shown. */
export function currentRound(workshop: Pick<Workshop, 'rounds' | 'currentRoundId'>): Round {
  const round = workshop.rounds.find(({ id }) => id === workshop.currentRoundId) ?? workshop.rounds[0];
  if (!round) throw new Error('a workshop has at least one round');
  return round;
}

/** The group of this id and its round, or `null`. */
export function findGroup(workshop: Pick<Workshop, 'rounds'>, groupId: Id): { round: Round; group: Group } | null {
  for (const round of workshop.rounds)
    for (const group of round.groups) if (group.id === groupId) return { round, group };
  return null;
}

/** The group a person is in, in a round, or `null`. */
export function groupOf(round: Round, personId: Id): Group | null {
  return round.groups.find(({ members }) => members.includes(personId)) ?? null;
}

/** When a group's time is up; `null` while the clock stands. */
export function groupEndsAt(round: Round, group: Group): number | null {
  return round.endsAt === null ? null : round.endsAt + group.extraMs;
}
