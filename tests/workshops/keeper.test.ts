/**
 * Why this file exists: what the clock does by itself is done by the server: at the right moment, once, after a restart as
 * if it had never been away, and whatever fails on the way.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import { GRACE_MS, withClock } from '#shared/workshop/clock.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord } from '../../server/meetings/ports.ts';
import { createClockKeeper, type Timer } from '../../server/workshops/clock-keeper.ts';
import { createWorkshopContext, type WorkshopContext } from '../../server/workshops/context.ts';
import { temporaryFolder } from '../support/server-process.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';

const T = Date.UTC(2026, 4, 12, 8);
const MIN = 60_000;

/** A world of one workshop whose time is turned by hand. */
function world(meeting: Partial<MeetingRecord> = {}) {
  const state = {
    now: T,
    workshop: newWorkshop({
      meetingId: newId(),
      itemId: newId(),
      prompts: [],
      groups: 2,
      minutes: 10,
      language: 'sv',
      scribes: [],
    }) as Workshop,
    meeting: { phase: 'ongoing', cancelledAt: null, archivedAt: null, ...meeting } as MeetingRecord,
    failing: false,
    writes: 0,
    reauthorized: [] as string[],
    warnings: [] as string[],
  };
  let wake: { run(): void; at: number } | null = null;
  const timer: Timer = {
    set(run, ms) {
      wake = { run, at: state.now + ms };
      return wake;
    },
    clear: (handle) => {
      if (wake === handle) wake = null;
    },
  };
  const context: WorkshopContext = createWorkshopContext({
    clock: () => state.now,
    relay: {
      reauthorize: async ({ room = '' }: { room?: string }) => void state.reauthorized.push(room),
      notice: () => {},
    } as never,
    store: {
      get: async () => state.workshop,
      ofMeeting: async () => [state.workshop],
      running: async () => [state.workshop],
      async change(_meetingId, _itemId, decide) {
        if (state.failing) throw new Error('disk full');
        const before = state.workshop;
        const decided = decide(before, state.meeting) ?? before;
        if (decided === before) return { before, after: before, meeting: state.meeting };
        state.writes += 1;
        state.workshop = { ...decided, version: before.version + 1 };
        return { before, after: state.workshop, meeting: state.meeting };
      },
    },
    meetings: { get: async () => state.meeting },
    checkpoints: {} as never,
    warn: (event) => void state.warnings.push(event),
  });
  const keeper = createClockKeeper(context, timer);
  return {
    state,
    context,
    keeper,
    states: () => state.workshop.rounds[0]?.groups.map((group) => group.state),
    /** Somebody does something with the clock. */
    async deed(deed: Parameters<typeof withClock>[2]) {
      const before = state.workshop;
      const after = withClock(before, before.currentRoundId, deed, state.now);
      state.workshop = { ...after, version: before.version + 1 };
      await context.changed(before, state.workshop);
    },
    /** Lets time pass, waking the keeper whenever its timer is due; how often that was. */
    async pass(ms: number): Promise<number> {
      const until = state.now + ms;
      for (let woken = 0; ; woken += 1) {
        if (!wake || wake.at > until) {
          state.now = until;
          return woken;
        }
        const { run, at } = wake;
        wake = null;
        state.now = Math.max(state.now, at);
        run();
        // What the turn does takes a few promises' turns; start() queues behind it.
        await keeper.idle();
      }
    },
  };
}

describe('the keeper of the clocks', () => {
  it('tells groups to finish when their time is up, and closes them when the grace is', async () => {
    const w = world();
    await w.keeper.start();
    await w.deed({ do: 'start' });
    await w.pass(10 * MIN - 1);
    expect([w.states(), w.state.writes]).toEqual([['open', 'open'], 0]);
    await w.pass(1);
    expect([w.states(), w.state.writes]).toEqual([['ending', 'ending'], 1]);
    await w.pass(GRACE_MS);
    expect([w.states(), w.state.writes]).toEqual([['closed', 'closed'], 2]);
    expect(w.state.reauthorized.filter((room) => room.startsWith('group:'))).toHaveLength(6);
  });

  it('goes by the time that holds when it is up, not by the one it was told first', async () => {
    const w = world();
    await w.keeper.start();
    await w.deed({ do: 'start' });
    await w.pass(9 * MIN);
    await w.deed({ do: 'extend', minutes: 5 });
    await w.pass(5 * MIN);
    expect(w.states()).toEqual(['open', 'open']);
    await w.deed({ do: 'pause' });
    await w.pass(60 * MIN);
    expect(w.states()).toEqual(['open', 'open']);
    await w.deed({ do: 'resume' });
    await w.pass(MIN);
    expect(w.states()).toEqual(['ending', 'ending']);
  });

  it('does at its start what is overdue', async () => {
    const w = world();
    w.state.workshop = withClock(w.state.workshop, w.state.workshop.currentRoundId, { do: 'start' }, T - 11 * MIN);
    await w.keeper.start();
    expect(w.states()).toEqual(['ending', 'ending']);
    await w.pass(MIN);
    expect(w.states()).toEqual(['closed', 'closed']);
  });

  it('tries again when the disk is full, and says so', async () => {
    const w = world();
    await w.keeper.start();
    await w.deed({ do: 'start' });
    w.state.failing = true;
    const woken = await w.pass(10 * MIN + 5_000);
    expect(w.states()).toEqual(['open', 'open']);
    expect(w.state.warnings).toContain('workshop-clock-failed');
    expect(woken).toBeLessThan(100);
    w.state.failing = false;
    await w.pass(2_000);
    expect(w.states()).toEqual(['ending', 'ending']);
  });

  it('leaves a cancelled meeting alone, without turning on the spot, and goes on when the meeting does', async () => {
    const w = world({ cancelledAt: T });
    await w.keeper.start();
    await w.deed({ do: 'start' });
    expect(await w.pass(20 * MIN)).toBeLessThan(200);
    expect(w.states()).toEqual(['open', 'open']);
    w.state.meeting = { ...w.state.meeting, cancelledAt: null };
    await w.pass(MIN);
    expect(w.states()).toEqual(['closed', 'closed']);
  });

  it('does nothing more once it is stopped', async () => {
    const w = world();
    await w.keeper.start();
    await w.deed({ do: 'start' });
    await w.keeper.stop();
    await w.deed({ do: 'extend', minutes: 1 });
    expect(await w.pass(30 * MIN)).toBe(0);
  });
});

describe('a server', () => {
  let open: WorkshopHouse | null = null;
  const folder = temporaryFolder();
  afterEach(async () => {
    await open?.house.close();
    folder.remove();
  });

  it('that was away when the time was up has done it before it lets anybody in', async () => {
    let now = T;
    const start = () => openWorkshopHouse({ clock: () => now, env: { DATA_DIR: folder.path } });
    const first = await start();
    const made = await first.ask(first.facilitator, 'POST', '', { prompts: PROMPTS, minutes: 10 });
    await first.ask(first.facilitator, 'POST', `/rounds/${made.currentRoundId}/clock`, { do: 'start' });
    await first.house.close();
    for (const [minutes, wanted] of [
      [10, 'ending'],
      [12, 'closed'],
    ] as const) {
      now = T + minutes * MIN;
      open = await start();
      const { services } = open.house.server;
      const view = await services.workshops.get(first.facilitator.caller, first.meetingId, first.itemId);
      expect(view?.rounds[0]?.groups.map(({ state }) => state)).toEqual([wanted, wanted, wanted]);
      expect(view?.now).toBe(now);
      await open.house.close();
      open = null;
    }
  });
});
