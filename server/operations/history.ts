/**
 * Why this file exists: an administrator who opens the page of operations wants to see what led here, so the server keeps
 * the last ten minutes by itself: every five seconds what was counted since the last time. Nothing is done per keystroke.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { OperationsSample, OperationsView } from '#shared/api.ts';
import type { Clock } from '../relay/ports.ts';
import { quantile, type RelayStats } from '../relay/stats.ts';

export interface HistoryDeps {
  stats: RelayStats;
  /** Distinct people connected now. */
  people(): number;
  clock: Clock;
  stepMs?: number;
}

/** How many steps are kept: ten minutes. */
const KEPT = 120;
const MINUTE_MS = 60_000;
/**
 * How finely the loop's delay is watched, milliseconds; it is part of what the monitor tells and is taken off again. Each
 * look wakes the process: at 10 they took 3.5 ms of CPU a second in a quiet house, at 50 they take 0.9.
 */
const LOOP_RESOLUTION_MS = 50;

/** What is counted on and on; a step is the difference of two of these. */
interface Totals {
  updates: number;
  deliveries: number;
  bytesOut: number;
  refused: number;
  commits: number[];
  persists: number[];
}

interface Step {
  sample: OperationsSample;
  /** What it adds up from, for times longer than a step. */
  done: Totals;
  ms: number;
}

export interface History {
  readonly stepMs: number;
  samples(): OperationsSample[];
  lastMinute(): OperationsView['lastMinute'];
  stop(): void;
}

/** Begins to keep the history. */
export function createHistory(deps: HistoryDeps): History {
  const { stats, clock } = deps;
  const stepMs = deps.stepMs ?? 5_000;
  const steps: Step[] = [];
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  let last = totalsOf(stats);
  let lastAt = performance.now();

  function look(): void {
    const now = performance.now();
    const totals = totalsOf(stats);
    const done = difference(totals, last);
    const ms = now - lastAt;
    last = totals;
    lastAt = now;
    const loopDelay = Math.max(0, loop.max / 1e6 - LOOP_RESOLUTION_MS);
    loop.reset();
    steps.push({
      sample: {
        at: clock(),
        rooms: stats.rooms,
        people: deps.people(),
        connections: stats.connections,
        memory: process.memoryUsage.rss(),
        ...work(done, ms, loopDelay),
      },
      done,
      ms,
    });
    if (steps.length > KEPT) steps.shift();
  }

  const timer = setInterval(look, stepMs);
  timer.unref();

  return {
    stepMs,
    samples: () => steps.map(({ sample }) => sample),
    lastMinute() {
      const recent = steps.slice(-Math.round(MINUTE_MS / stepMs));
      const done = recent.map((step) => step.done).reduce(sum, NOTHING);
      const ms = recent.reduce((all, step) => all + step.ms, 0);
      return work(done, ms, Math.max(0, ...recent.map(({ sample }) => sample.loopDelay)));
    },
    stop() {
      clearInterval(timer);
      loop.disable();
    },
  };
}

const NOTHING: Totals = { updates: 0, deliveries: 0, bytesOut: 0, refused: 0, commits: [], persists: [] };

function totalsOf(stats: RelayStats): Totals {
  return {
    updates: stats.updatesIn,
    deliveries: stats.deliveries,
    bytesOut: stats.bytesOut,
    refused: Object.values(stats.refused).reduce((all, n) => all + n, 0),
    commits: [...stats.commitMs.counts],
    persists: [...stats.persistMs.counts],
  };
}

const combine = (a: Totals, b: Totals, by: (x: number, y: number) => number): Totals => ({
  updates: by(a.updates, b.updates),
  deliveries: by(a.deliveries, b.deliveries),
  bytesOut: by(a.bytesOut, b.bytesOut),
  refused: by(a.refused, b.refused),
  commits: b.commits.map((n, i) => by(a.commits[i] ?? 0, n)),
  persists: b.persists.map((n, i) => by(a.persists[i] ?? 0, n)),
});
const difference = (now: Totals, before: Totals): Totals => combine(now, before, (x, y) => x - y);
const sum = (a: Totals, b: Totals): Totals => combine(a, b, (x, y) => x + y);

/** Rates a second and percentiles of what was done in `ms`. */
function work(done: Totals, ms: number, loopDelay: number): OperationsView['lastMinute'] {
  const rate = (n: number): number => (ms > 0 ? round((n * 1000) / ms) : 0);
  const part = (counts: number[], share: number): number | null => {
    const value = quantile(counts, share);
    return value === null ? null : round(value);
  };
  return {
    updates: rate(done.updates),
    deliveries: rate(done.deliveries),
    bytesOut: Math.round(rate(done.bytesOut)),
    commitP50: part(done.commits, 0.5),
    commitP99: part(done.commits, 0.99),
    persistP50: part(done.persists, 0.5),
    persistP99: part(done.persists, 0.99),
    loopDelay: round(loopDelay),
    refused: done.refused,
  };
}

const round = (n: number): number => Math.round(n * 10) / 10;
