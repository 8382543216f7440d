/**
 * Why this file exists: groups are told to finish and are closed when their time is up, whoever's laptop is asleep. What
 * to do is decided from what is stored and what time it is, so a server that was down does at its start what it missed.
 *
 * One timer for all workshops. It never waits longer than {@link LONGEST_MS}, because machines sleep and clocks are set;
 * and now and then everything stored is looked at again, so that nothing depends on having been told.
 */
import { advanced, nextTurn } from '#shared/workshop/clock.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import { stateOf } from '../meetings/rights.ts';
import type { WorkshopContext } from './context.ts';

/** The longest sleep of the timer, milliseconds. */
const LONGEST_MS = 15_000;
/** How often everything that goes on is read anew, milliseconds. */
const SWEEP_MS = 60_000;
/** How long after a failure it is tried again, milliseconds. */
const RETRY_MS = 1_000;

/** `setTimeout` and its end; tests put a timer they turn by hand here. */
export interface Timer {
  set(run: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

const machineTimer: Timer = {
  set: (run, ms) => setTimeout(run, ms).unref(),
  clear: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

export interface ClockKeeper {
  /** Does what is overdue and goes on from there. Resolves when that is done. */
  start(): Promise<void>;
  /** Resolves when what is being done now is done. */
  idle(): Promise<void>;
  /** As {@link idle}, and nothing is begun any more. */
  stop(): Promise<void>;
}

/** Looks after the clocks of all workshops in a context's store. */
export function createClockKeeper(context: WorkshopContext, timer: Timer = machineTimer): ClockKeeper {
  const { store, clock } = context;
  /** Workshops whose clock runs, by id, as last seen. */
  const watched = new Map<string, Workshop>();
  let handle: unknown = null;
  let sweepAt = 0;
  let stopped = false;
  let working: Promise<void> = Promise.resolve();

  function watch(workshop: Workshop): void {
    if (nextTurn(workshop) === null) watched.delete(workshop.id);
    else watched.set(workshop.id, workshop);
  }

  /** Sleeps until the next turn of any workshop, at least `atLeast` milliseconds. */
  function sleep(atLeast = 0): void {
    if (handle !== null) timer.clear(handle);
    handle = null;
    if (stopped) return;
    const turns = [...watched.values()].map(nextTurn).filter((at) => at !== null);
    const due = Math.min(sweepAt, ...turns);
    handle = timer.set(wake, Math.max(atLeast, Math.min(LONGEST_MS, due - clock())));
  }

  function wake(): void {
    handle = null;
    working = working.then(turn);
  }

  /** One transaction: whoever changed the clock a moment ago is not overruled by what was seen before. */
  async function advance({ meetingId, itemId }: Workshop): Promise<void> {
    const result = await store.change(meetingId, itemId, (workshop, meeting) => {
      const { cancelled, archived, phase } = stateOf(meeting);
      if (!workshop || cancelled || archived || phase === 'verified') return workshop;
      return advanced(workshop, clock());
    });
    if (!result?.after) return;
    const next = nextTurn(result.after);
    // What is still overdue is in a meeting that stands still; if it goes on, the next look at everything finds it.
    if (next !== null && next > clock()) watch(result.after);
    await context.changed(result.before, result.after);
  }

  async function turn(): Promise<void> {
    if (stopped) return;
    try {
      const now = clock();
      if (now >= sweepAt || sweepAt - now > SWEEP_MS) {
        const running = await store.running();
        // What was told of meanwhile is newer.
        for (const workshop of running)
          if ((watched.get(workshop.id)?.version ?? -1) < workshop.version) watch(workshop);
        sweepAt = now + SWEEP_MS;
      }
      for (const workshop of [...watched.values()]) {
        const due = nextTurn(workshop);
        if (due === null || due > clock() || stopped) continue;
        // What it is in the store decides anew whether it is watched.
        watched.delete(workshop.id);
        await advance(workshop);
      }
      sleep();
    } catch (error) {
      context.warn?.('workshop-clock-failed', { error: String(error) });
      // The data could not be read or written: look at everything again.
      sweepAt = 0;
      sleep(RETRY_MS);
    }
  }

  context.follow((before, after) => {
    if (after) watch(after);
    else if (before) watched.delete(before.id);
    sleep();
  });

  return {
    start() {
      working = working.then(turn);
      return working;
    },
    idle: () => working,
    async stop() {
      stopped = true;
      if (handle !== null) timer.clear(handle);
      handle = null;
      await working;
    },
  };
}
