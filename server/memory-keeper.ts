/**
 * Why this file exists: the young part of the heap is either small, and swept twenty times a second where many type, which
 * is a fifth of all that costs; or large, and then it stays so in a house that waits. So it may grow where typing lasts,
 * not because many came through the door at once; and when nobody has written for a while, what was taken is given back.
 */
import { giveMemoryBack, letYoungGrow, youngBytes } from './engine.ts';
import type { RelayStats } from './relay/stats.ts';

const LOOK_MS = 1_000;
/** So many deliveries within so many looks are more than a burst: three seconds of a busy house (pace.ts), or less of a busier one. */
const WORK = 7_500;
const LOOKS = 5;
/** What is enough: of the two halves together. */
const ENOUGH_BYTES = 16 * 1024 * 1024;
/** Looks in a row without an edit that make it quiet. */
const QUIET = 30;
/** What must have been taken since the last time for it to be worth the pause. */
const WORTH_BYTES = 16 * 1024 * 1024;

/** The engine, as far as it is asked. */
export interface Engine {
  letYoungGrow(may: boolean): void;
  youngBytes(): number;
  giveMemoryBack(): void;
  /** Resident memory, bytes. */
  rss(): number;
}

const V8: Engine = { letYoungGrow, youngBytes, giveMemoryBack, rss: () => process.memoryUsage.rss() };

/** Keeps this process' memory until `stop` is called. */
export function createMemoryKeeper(
  stats: Pick<RelayStats, 'updatesIn' | 'deliveries'>,
  engine: Engine = V8,
): { look(): void; stop(): void } {
  let { updatesIn, deliveries } = stats;
  let lately: number[] = [];
  let quiet = 0;
  let growing = false;
  /** Resident memory after it was given back last; `null` until then. */
  let least: number | null = null;
  /** Something was written since it was quiet last. */
  let written = false;

  function look(): void {
    const edited = stats.updatesIn > updatesIn;
    const work = stats.deliveries - deliveries;
    ({ updatesIn, deliveries } = stats);
    lately = [...lately, work].slice(-LOOKS);
    quiet = edited ? 0 : quiet + 1;
    written ||= edited;
    const grow = lately.reduce((sum, one) => sum + one, 0) >= WORK && engine.youngBytes() < ENOUGH_BYTES;
    if (grow !== growing) engine.letYoungGrow(grow);
    growing = grow;
    if (quiet === QUIET && written) rest();
  }

  function rest(): void {
    written = false;
    if (least !== null && engine.rss() - least < WORTH_BYTES) return;
    engine.giveMemoryBack();
    least = engine.rss();
  }

  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}
