/**
 * Why this file exists: the house as a whole: five hundred connections, everybody back after a restart, a thousand times
 * opened and left, and one person alone in the quiet.
 */
import { Generators } from '../load/generators.ts';
import { start, stop } from '../peers.ts';
import type { Usage } from '../servers/questions.ts';
import { type Case, pause } from './case.ts';

const MB = 1_048_576;
/** Longer than an empty room stays open. */
const LET_GO_MS = 40_000;

/** 500 connections, 150 of them typing and moving a cursor. */
export const fiveHundredCase: Case = {
  name: '500',
  async run(plan) {
    const running = await start('ours');
    const generators = new Generators();
    try {
      const shape = { firstRoom: 0, rooms: 25, clientsPerRoom: 20, writersPerRoom: 6 };
      await generators.join({ target: running.target, dialect: 'ours', ...shape });
      await generators.type({ edits: 3, moves: 5, writersMoveOnly: true });
      await pause(plan.warmMs);
      const before = await running.server.ask('usage', null);
      await generators.openWindow();
      await pause(plan.windowMs);
      const result = await generators.closeWindow({ drainMs: 2_000 });
      const after = await running.server.ask('usage', null);
      const line = { case: '500, 150 typing', better: 'less' } as const;
      const missing = result.expected - result.delivered + result.movesExpected - result.movesDelivered;
      return [
        {
          ...line,
          figure: 'server CPU',
          unit: '%',
          figures: { ours: [(after.cpu - before.cpu) / 10 / result.ms] },
          goal: { absolute: 100 },
          note: `25 rooms of 20, six in each writing 3 edits/s with a cursor at 5 Hz; ${missing === 0 ? 'everything delivered' : `${missing} NOT delivered`}`,
        },
        { ...line, figure: 'key→others p99', unit: 'ms', figures: { ours: [result.latency.p99] } },
        { ...line, figure: 'key→persisted p99', unit: 'ms', figures: { ours: [result.persisted.p99] } },
      ];
    } finally {
      await generators.end();
      await stop(running);
    }
  },
};

/** 100 clients who type while the server is stopped and started again. */
export const restartCase: Case = {
  name: 'restart',
  async run() {
    let running = await start('ours');
    const generators = new Generators();
    try {
      const shape = { firstRoom: 0, rooms: 4, clientsPerRoom: 25, writersPerRoom: 5 };
      await generators.join({ target: running.target, dialect: 'ours', ...shape, returns: true });
      await generators.type({ edits: 2 });
      await pause(3_000);
      const port = Number(new URL(running.target.url).port);
      const from = performance.now();
      await stop(running, { folder: true });
      const stopped = performance.now();
      running = await start('ours', { folder: running.folder, port });
      const serving = performance.now();
      await pause(500);
      await generators.stopTyping();
      const back = await generators.complete(30_000);
      const done = performance.now();
      const { cpu } = await running.server.ask('usage', null);
      return [
        {
          case: 'restart under 100',
          figure: 'all in step again',
          unit: 's',
          better: 'less',
          figures: { ours: [back === null ? Number.POSITIVE_INFINITY : (done - from) / 1000] },
          goal: { absolute: 10 },
          note: `from the beginning of the stop: ${((stopped - from) / 1000).toFixed(1)} s stopping, ${((serving - stopped) / 1000).toFixed(1)} s starting, then ${((done - serving) / 1000).toFixed(1)} s until everybody had every edit, those of the meantime too; the new server used ${(cpu / 1e6).toFixed(1)} s of CPU in all`,
        },
      ];
    } finally {
      await generators.end();
      await stop(running);
    }
  },
};

/** Rooms opened, typed in and left a thousand times. */
export const cyclesCase: Case = {
  name: 'cycles',
  async run(_plan, say) {
    const running = await start('ours', { gc: true });
    const generators = new Generators();
    try {
      const rooms = running.target.rooms.length;
      const cycle = async (clients: number): Promise<Usage> => {
        const order = { target: running.target, dialect: 'ours', rooms, atOnce: 10, ms: 60_000, keys: 3 } as const;
        await generators.first.ask('churn', { ...order, clients }, 90_000);
        for (const until = performance.now() + LET_GO_MS; performance.now() < until; await pause(500))
          if ((await running.server.ask('counts', null)).rooms === 0) break;
        // What was let go last is still being compacted.
        await pause(2_000);
        return running.server.ask('settled', null, 60_000);
      };
      say('warming up');
      const before = await cycle(1_000);
      say('1,000 cycles');
      const after = await cycle(1_000);
      const { rooms: open } = await running.server.ask('counts', null);
      return [
        {
          case: '1,000 open and close',
          figure: 'memory grown',
          unit: 'MB',
          better: 'less',
          figures: { ours: [(after.rss - before.rss) / MB] },
          goal: { absolute: 10 },
          note: `${open} rooms left open; of it V8's heap ${((after.heap - before.heap) / MB).toFixed(1)} MB, outside it ${(
            (after.external - before.external) / MB
          ).toFixed(
            1,
          )} MB; resident memory, after 1,000 such cycles and after 1,000 more, each when all rooms are let go`,
        },
      ];
    } finally {
      await generators.end();
      await stop(running);
    }
  },
};

/** One person types, nobody else is there; beside what the disk takes by itself. */
export const quietCase: Case = {
  name: 'quiet',
  async run(plan) {
    const running = await start('ours');
    const generators = new Generators();
    try {
      const order = { folder: running.folder, times: plan.quick ? 60 : 150 };
      const shape = { firstRoom: 0, rooms: 1, clientsPerRoom: 1, writersPerRoom: 1 };
      await generators.join({ target: running.target, dialect: 'ours', ...shape });
      await generators.type({ edits: 8 });
      await pause(plan.warmMs);
      const before = await running.server.ask('counts', null);
      await generators.openWindow();
      await pause(plan.windowMs);
      const { persisted } = await generators.closeWindow({ drainMs: 2_000 });
      const after = await running.server.ask('counts', null);
      const commit = (after.commitMs - before.commitMs) / (after.commits - before.commits);
      const bare = await generators.first.ask('bareSync', order, 60_000);
      const line = { case: 'quiet house', unit: 'ms', better: 'less' } as const;
      return [
        { ...line, figure: 'key→persisted p50', figures: { ours: [persisted.p50] } },
        { ...line, figure: 'key→persisted p95', figures: { ours: [persisted.p95] } },
        { ...line, figure: 'bare fdatasync p50', figures: { ours: [bare.p50] } },
        { ...line, figure: 'the commit itself, mean', figures: { ours: [commit] } },
        {
          ...line,
          figure: 'added to the commit, mean',
          figures: { ours: [persisted.mean - commit] },
          goal: { absolute: 2 },
          note: 'the way there and back, two processes and a thread; a timer would show as its length',
        },
      ];
    } finally {
      await generators.end();
      await stop(running);
    }
  },
};
