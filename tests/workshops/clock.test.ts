/**
 * Why this file exists: what the clock of a round does, deed by deed, and what time alone does, whenever it is looked at.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import { advanced, type ClockDeed, closedBetween, GRACE_MS, nextTurn, withClock } from '#shared/workshop/clock.ts';
import { stageOf } from '#shared/workshop/groups.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import { addRound, roundOf } from '#shared/workshop/rounds.ts';
import { groupEndsAt, type Workshop } from '#shared/workshop/workshop.ts';

const T = 1_800_000_000_000;
const MIN = 60_000;

const make = (minutes = 10): Workshop =>
  newWorkshop({
    meetingId: newId(),
    itemId: newId(),
    prompts: [{ heading: 'Vad behövs?', help: '', minutes: 0 }],
    groups: 3,
    minutes,
    language: 'sv',
    scribes: [],
  });
const did = (workshop: Workshop, deed: ClockDeed, at: number): Workshop =>
  withClock(workshop, workshop.currentRoundId, deed, at);
const round = (workshop: Workshop) => roundOf(workshop, workshop.currentRoundId);
const states = (workshop: Workshop) => round(workshop).groups.map(({ state }) => state);
const ends = (workshop: Workshop) => round(workshop).groups.map((group) => groupEndsAt(round(workshop), group));
const idOf = (workshop: Workshop, i: number) => round(workshop).groups[i]?.id ?? '';
const running = (minutes = 10) => did(make(minutes), { do: 'start' }, T);

describe('the clock of a round', () => {
  it('starts: the groups write until the time is up, then finish, then are closed', () => {
    const workshop = running();
    expect(states(workshop)).toEqual(['open', 'open', 'open']);
    expect(ends(workshop)).toEqual(Array(3).fill(T + 10 * MIN));
    expect(nextTurn(workshop)).toBe(T + 10 * MIN);
    expect(advanced(workshop, T + 10 * MIN - 1)).toBe(workshop);
    const ending = advanced(workshop, T + 10 * MIN);
    expect(states(ending)).toEqual(['ending', 'ending', 'ending']);
    expect(nextTurn(ending)).toBe(T + 10 * MIN + GRACE_MS);
    expect(advanced(ending, T + 10 * MIN + GRACE_MS - 1)).toBe(ending);
    const closed = advanced(ending, T + 10 * MIN + GRACE_MS);
    expect(states(closed)).toEqual(['closed', 'closed', 'closed']);
    expect(stageOf(round(closed))).toBe('closed');
    expect(nextTurn(closed)).toBeNull();
    expect(closedBetween(ending, closed)).toHaveLength(3);
  });

  it('catches up in one go after it was not looked at for long', () => {
    expect(states(advanced(running(), T + 60 * MIN))).toEqual(['closed', 'closed', 'closed']);
  });

  it('has no end when no time is planned, and gets one when it is extended', () => {
    const workshop = running(0);
    expect(nextTurn(workshop)).toBeNull();
    expect(ends(did(workshop, { do: 'extend', minutes: 5 }, T + MIN))).toEqual(Array(3).fill(T + 6 * MIN));
    expect(() => did(workshop, { do: 'extend', minutes: 5, groupId: idOf(workshop, 0) }, T)).toThrow('clock');
    expect(() => did(workshop, { do: 'pause' }, T)).toThrow('clock');
  });

  it('stands while it is paused and goes on with what was left', () => {
    const paused = did(running(), { do: 'pause' }, T + 4 * MIN);
    expect(round(paused).pausedMs).toBe(6 * MIN);
    expect(nextTurn(paused)).toBeNull();
    expect(advanced(paused, T + 60 * MIN)).toBe(paused);
    const extended = did(paused, { do: 'extend', minutes: 2 }, T + 30 * MIN);
    expect(ends(did(extended, { do: 'resume' }, T + 40 * MIN))).toEqual(Array(3).fill(T + 48 * MIN));
    const one = did(paused, { do: 'extend', minutes: 2, groupId: idOf(paused, 1) }, T + 30 * MIN);
    expect(ends(did(one, { do: 'resume' }, T + 40 * MIN))).toEqual([T + 46 * MIN, T + 48 * MIN, T + 46 * MIN]);
  });

  it('gives one group more time, and the others when they get theirs', () => {
    const workshop = running();
    const one = did(workshop, { do: 'extend', minutes: 3, groupId: idOf(workshop, 1) }, T + MIN);
    expect(ends(one)).toEqual([T + 10 * MIN, T + 13 * MIN, T + 10 * MIN]);
    const some = advanced(one, T + 11 * MIN);
    expect(states(some)).toEqual(['ending', 'open', 'ending']);
    // A minute past the end: five more are five more from now, and the middle group keeps what it had left.
    const all = did(some, { do: 'extend', minutes: 5 }, T + 11 * MIN);
    expect(states(all)).toEqual(['open', 'open', 'open']);
    expect(ends(all)).toEqual([T + 16 * MIN, T + 18 * MIN, T + 16 * MIN]);
  });

  it('opens a group again that was closed, when it gets more time', () => {
    const closed = did(running(), { do: 'close' }, T + 3 * MIN);
    expect(states(closed)).toEqual(['closed', 'closed', 'closed']);
    const one = did(closed, { do: 'extend', minutes: 4, groupId: idOf(closed, 2) }, T + 5 * MIN);
    expect(states(one)).toEqual(['closed', 'closed', 'open']);
    expect(ends(one)[2]).toBe(T + 9 * MIN);
    expect(states(advanced(one, T + 9 * MIN))).toEqual(['closed', 'closed', 'ending']);
    expect(stageOf(round(advanced(one, T + 9 * MIN + GRACE_MS)))).toBe('closed');
    const all = did(closed, { do: 'extend', minutes: 4 }, T + 5 * MIN);
    expect([...states(all), ...ends(all)]).toEqual(['open', 'open', 'open', ...Array(3).fill(T + 9 * MIN)]);
    const reopened = did(closed, { do: 'reopen' }, T + 5 * MIN);
    expect([...states(reopened), ...ends(reopened)]).toEqual(['open', 'open', 'open', null, null, null]);
    expect(nextTurn(reopened)).toBeNull();
  });

  it('asks everybody to finish now, also those with time of their own, also while it stands', () => {
    const workshop = running();
    const one = did(workshop, { do: 'extend', minutes: 3, groupId: idOf(workshop, 1) }, T);
    for (const from of [one, did(one, { do: 'pause' }, T + MIN)]) {
      const asked = did(from, { do: 'ask-to-finish' }, T + 2 * MIN);
      expect(states(asked)).toEqual(['ending', 'ending', 'ending']);
      expect(nextTurn(asked)).toBe(T + 2 * MIN + GRACE_MS);
    }
  });

  it('leaves as it is what is so already, since two people may press at once', () => {
    const workshop = running();
    expect(did(workshop, { do: 'start' }, T + MIN)).toBe(workshop);
    expect(did(workshop, { do: 'resume' }, T + MIN)).toBe(workshop);
    expect(did(workshop, { do: 'reopen' }, T + MIN)).toBe(workshop);
    const paused = did(workshop, { do: 'pause' }, T + MIN);
    expect(did(paused, { do: 'pause' }, T + 2 * MIN)).toBe(paused);
    const asked = did(workshop, { do: 'ask-to-finish' }, T + MIN);
    expect(did(asked, { do: 'ask-to-finish' }, T + 2 * MIN)).toBe(asked);
    const closed = did(workshop, { do: 'close' }, T + MIN);
    expect(did(closed, { do: 'close' }, T + 2 * MIN)).toBe(closed);
  });

  it('says no to what cannot be: before the start, after the end, beside another round that goes on', () => {
    const planned = make();
    const deeds: ClockDeed['do'][] = ['pause', 'resume', 'ask-to-finish', 'close', 'reopen'];
    for (const deed of deeds) expect(() => did(planned, { do: deed } as ClockDeed, T), deed).toThrow('do: clock');
    expect(() => did(planned, { do: 'extend', minutes: 1 }, T)).toThrow('do: clock');
    const closed = did(running(), { do: 'close' }, T);
    for (const deed of ['start', 'pause', 'resume', 'ask-to-finish'] as const)
      expect(() => did(closed, { do: deed }, T), deed).toThrow('do: clock');
    const two = addRound(running(), newId(), { title: 'Runda 2', minutes: 5, groups: [{ name: 'Ett' }] }, new Set());
    const second = two.rounds[1]?.id ?? '';
    expect(() => withClock(two, second, { do: 'start' }, T)).toThrow('do: running');
    const first = did(two, { do: 'close' }, T);
    expect(withClock(first, second, { do: 'start' }, T).currentRoundId).toBe(second);
    expect(() => withClock(two, newId(), { do: 'start' }, T)).toThrow('roundId: missing');
    expect(() => did(running(), { do: 'extend', minutes: 1, groupId: newId() }, T)).toThrow('groupId: missing');
  });

  it('comes to the same however often it is looked at, whatever was done with it', () => {
    const deed: fc.Arbitrary<(workshop: Workshop) => ClockDeed> = fc.oneof(
      fc
        .constantFrom('start', 'pause', 'resume', 'ask-to-finish', 'close', 'reopen')
        .map((one) => () => ({ do: one }) as ClockDeed),
      fc.record({ minutes: fc.integer({ min: 1, max: 20 }), which: fc.integer({ min: 0, max: 3 }) }).map(
        ({ minutes, which }) =>
          (workshop: Workshop): ClockDeed => ({
            do: 'extend',
            minutes,
            ...(which === 0 ? {} : { groupId: idOf(workshop, which - 1) }),
          }),
      ),
    );
    const step = fc.record({ deed, wait: fc.integer({ min: 0, max: 15 * MIN }) });
    const looks = fc.array(fc.integer({ min: 0, max: 15 * MIN }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), looks, (steps, some) => {
        // One is looked after by a keeper that wakes at each turn, the other only when somebody does something.
        let kept = make();
        let seldom = kept;
        let now = T;
        for (const { deed: one, wait } of steps) {
          const until = now + wait;
          const at = [...some.map((ms) => now + ms), ...turnsOf(kept, until)].sort((a, b) => a - b);
          for (const look of at) if (look <= until) kept = advanced(kept, look);
          now = until;
          kept = attempt(advanced(kept, now), one(kept), now);
          seldom = attempt(advanced(seldom, now), one(seldom), now);
          expect(forgetWhen(kept)).toEqual(forgetWhen(seldom));
          const { groups, closedAt } = round(kept);
          expect(closedAt !== null).toBe(groups.every(({ state }) => state === 'closed'));
          for (const group of groups) {
            const end = groupEndsAt(round(kept), group);
            if (end !== null && group.state === 'open') expect(end).toBeGreaterThan(now);
            if (end !== null && group.state === 'ending') expect(end + GRACE_MS).toBeGreaterThan(now);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The moments at which something happens by itself until then. */
function turnsOf(workshop: Workshop, until: number): number[] {
  const turns: number[] = [];
  for (let at = nextTurn(workshop), one = workshop; at !== null && at <= until; at = nextTurn(one)) {
    turns.push(at);
    one = advanced(one, at);
  }
  return turns;
}

function attempt(workshop: Workshop, deed: ClockDeed, now: number): Workshop {
  try {
    return did(workshop, deed, now);
  } catch {
    return workshop;
  }
}

/** When a round closed by itself is when somebody looked. */
function forgetWhen(workshop: Workshop) {
  return { ...workshop, rounds: workshop.rounds.map((one) => ({ ...one, closedAt: one.closedAt !== null })) };
}
