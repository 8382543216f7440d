/**
 * Why this file exists: a round's clock, as functions from one workshop to the next. What is stored is when the time is
 * up; everything else follows from that and from what time it is, so that a server that was away knows at once what it
 * has missed.
 *
 * open → (time is up) → ending, "finish your sentence" → ({@link GRACE_MS} later) → closed. All times in milliseconds.
 */
import type { Id } from '../ids.ts';
import { stageOf } from './groups.ts';
import { WorkshopProblem } from './problem.ts';
import { roundOf, withRound } from './rounds.ts';
import { type Group, groupEndsAt, type Round, type Workshop } from './workshop.ts';

/** How long a group that should finish has before it is closed by itself: enough for a sentence, short of a discussion. */
export const GRACE_MS = 2 * 60_000;
/** How long before the end people are told that it is near. Clients work it out from the end. */
export const LAST_MINUTE_MS = 60_000;
const MINUTE_MS = 60_000;

export type ClockDeed =
  | { do: 'start' | 'pause' | 'resume' | 'ask-to-finish' | 'close' | 'reopen' }
  /** For one group, or for all of them. */
  | { do: 'extend'; minutes: number; groupId?: Id | undefined };

/**
 * The workshop after a deed at `now`. What is so already stays as it is: two people may press at once. Throws for what
 * cannot be done with the clock as it stands.
 */
export function withClock(workshop: Workshop, roundId: Id, deed: ClockDeed, now: number): Workshop {
  const round = roundOf(workshop, roundId);
  switch (deed.do) {
    case 'start':
      return start(workshop, round, now);
    case 'pause':
      return replaced(workshop, round, paused(round, now));
    case 'resume':
      return replaced(workshop, round, resumed(round, now));
    case 'extend': {
      const added = deed.minutes * MINUTE_MS;
      const after =
        deed.groupId === undefined ? extended(round, added, now) : extendedOne(round, deed.groupId, added, now);
      return replaced(workshop, round, after);
    }
    case 'ask-to-finish':
      return replaced(workshop, round, finishing(round, now));
    case 'close':
      return replaced(workshop, round, stageOf(needStarted(round)) === 'closed' ? round : closed(round, now));
    case 'reopen':
      return replaced(workshop, round, reopened(round));
  }
}

/** What time alone changes: groups whose time is up, and those whose grace is. The same workshop when nothing is due. */
export function advanced(workshop: Workshop, now: number): Workshop {
  return workshop.rounds.reduce((after, round) => replaced(after, round, advancedRound(round, now)), workshop);
}

/** When time alone changes something next; `null` when it does not. */
export function nextTurn(workshop: Pick<Workshop, 'rounds'>): number | null {
  const turns = workshop.rounds.flatMap((round) => round.groups.map((group) => turnOf(round, group)));
  const due = turns.filter((at) => at !== null);
  return due.length > 0 ? Math.min(...due) : null;
}

/** Ids of the groups that are closed in `after` and were not in `before`. */
export function closedBetween(before: Pick<Workshop, 'rounds'>, after: Pick<Workshop, 'rounds'>): Id[] {
  const shut = (workshop: Pick<Workshop, 'rounds'>) =>
    workshop.rounds.flatMap(({ groups }) => groups.filter(({ state }) => state === 'closed').map(({ id }) => id));
  const already = new Set(shut(before));
  return shut(after).filter((id) => !already.has(id));
}

function replaced(workshop: Workshop, before: Round, after: Round): Workshop {
  return before === after ? workshop : withRound(workshop, after);
}

function clockProblem(): WorkshopProblem {
  return new WorkshopProblem('do', 'clock');
}

function needStarted(round: Round): Round {
  if (round.startedAt === null) throw clockProblem();
  return round;
}

function turnOf(round: Round, group: Group): number | null {
  const end = groupEndsAt(round, group);
  if (end === null) return null;
  if (group.state === 'open') return end;
  return group.state === 'ending' ? end + GRACE_MS : null;
}

function start(workshop: Workshop, round: Round, now: number): Workshop {
  const stage = stageOf(round);
  if (stage === 'closed') throw clockProblem();
  if (stage !== 'planned') return workshop;
  const others = workshop.rounds.map(stageOf);
  // A person has one group at a time.
  if (others.includes('running') || others.includes('paused')) throw new WorkshopProblem('do', 'running');
  const started: Round = {
    ...round,
    startedAt: now,
    endsAt: round.minutes > 0 ? now + round.minutes * MINUTE_MS : null,
    groups: round.groups.map((group) => ({ ...group, state: 'open', extraMs: 0 })),
  };
  return { ...withRound(workshop, started), currentRoundId: round.id };
}

function paused(round: Round, now: number): Round {
  if (needStarted(round).pausedMs !== null) return round;
  if (round.endsAt === null) throw clockProblem();
  return { ...round, endsAt: null, pausedMs: round.endsAt - now };
}

function resumed(round: Round, now: number): Round {
  if (needStarted(round).pausedMs === null) {
    if (round.closedAt !== null) throw clockProblem();
    return round;
  }
  return { ...round, endsAt: now + (round.pausedMs ?? 0), pausedMs: null };
}

/** What is left for a group whose clock would show `left`, when it gets `added`: time that is up does not count against it. */
const more = (left: number, added: number): number => Math.max(left, 0) + added;

/** Everybody gets more time from now, also those whose time is up or whose group is closed. */
function extended(round: Round, added: number, now: number): Round {
  needStarted(round);
  const left = round.pausedMs ?? (round.endsAt === null ? 0 : round.endsAt - now);
  const base = more(left, added);
  return {
    ...round,
    endsAt: round.pausedMs === null ? now + base : null,
    pausedMs: round.pausedMs === null ? null : base,
    closedAt: null,
    groups: round.groups.map((group) => ({
      ...group,
      state: 'open',
      // Each its own time and the same on top; with no end before, nobody has time of their own.
      extraMs: round.endsAt === null && round.pausedMs === null ? 0 : more(left + group.extraMs, added) - base,
    })),
  };
}

/** One group gets more time from now; the others keep theirs. */
function extendedOne(round: Round, groupId: Id, added: number, now: number): Round {
  needStarted(round);
  const group = round.groups.find(({ id }) => id === groupId);
  if (!group) throw new WorkshopProblem('groupId', 'missing');
  // A closed round has no time to add to: the others' has to be up for this one to have its own.
  const whole = round.closedAt !== null;
  const left = whole ? 0 : (round.pausedMs ?? (round.endsAt === null ? null : round.endsAt - now));
  if (left === null) throw clockProblem();
  return {
    ...round,
    endsAt: whole ? now : round.endsAt,
    closedAt: null,
    groups: round.groups.map((one) =>
      one.id === groupId ? { ...one, state: 'open', extraMs: more(left + one.extraMs, added) - left } : one,
    ),
  };
}

/** The time is up now: for everybody who still has some. */
function finishing(round: Round, now: number): Round {
  needStarted(round);
  if (round.closedAt !== null) throw clockProblem();
  if (!round.groups.some(({ state }) => state === 'open')) return round;
  return {
    ...round,
    endsAt: now,
    pausedMs: null,
    groups: round.groups.map((group) => (group.state === 'closed' ? group : { ...group, state: 'ending', extraMs: 0 })),
  };
}

function closed(round: Round, now: number): Round {
  return {
    ...round,
    endsAt: null,
    pausedMs: null,
    closedAt: now,
    groups: round.groups.map((group) => ({ ...group, state: 'closed', extraMs: 0 })),
  };
}

/** Everybody may write again, without an end: who wants one extends. */
function reopened(round: Round): Round {
  if (needStarted(round).closedAt === null) {
    if (round.groups.some(({ state }) => state === 'closed')) throw clockProblem();
    return round;
  }
  return { ...round, closedAt: null, groups: round.groups.map((group) => ({ ...group, state: 'open' })) };
}

function advancedRound(round: Round, now: number): Round {
  if (!round.groups.some((group) => (turnOf(round, group) ?? Infinity) <= now)) return round;
  const groups = round.groups.map((group): Group => {
    const end = groupEndsAt(round, group);
    if (end === null || group.state === 'planned' || group.state === 'closed' || end > now) return group;
    return { ...group, state: end + GRACE_MS <= now ? 'closed' : 'ending' };
  });
  if (groups.every(({ state }) => state === 'closed')) return closed({ ...round, groups }, now);
  return { ...round, groups };
}
