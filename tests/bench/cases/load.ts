/**
 * Why this file exists: the largest day that is promised: a hundred and twenty people in twelve groups who write at once,
 * every cursor moving, while the facilitator's wall and a projector read all of it. One server process on one core.
 */
import { Generators } from '../load/generators.ts';
import { start, stop } from '../peers.ts';
import { EACH, GROUPS } from '../servers/populate-workshop.ts';
import { type Case, pause } from './case.ts';

/** Light clients in every group's room that only read: the wall and the projector. */
const WATCHERS = 2;
const WRITERS = EACH / 2;
const KEYS = 3;
const MOVES = 5;
const GOAL_MS = 150;
const MB = 1_048_576;

export const loadCase: Case = {
  name: 'load',
  async run(plan, say) {
    const running = await start('ours');
    const generators = new Generators();
    try {
      const { workshop, url } = running.target;
      if (!workshop) throw new Error('no workshop was made');
      const { fragments, ...target } = workshop;
      const before = await running.server.ask('usage', null);
      say('everybody comes in');
      const joined = await generators.join({
        target: { url, ...target },
        dialect: 'ours',
        firstRoom: 0,
        rooms: GROUPS,
        clientsPerRoom: EACH + WATCHERS,
        writersPerRoom: WRITERS,
        watchersPerRoom: WATCHERS,
        fragments,
      });
      await generators.type({ edits: KEYS, moves: MOVES });
      await pause(plan.warmMs);
      say('they write');
      const from = await running.server.ask('usage', null);
      await generators.openWindow();
      await pause(plan.rounds * plan.windowMs);
      const result = await generators.closeWindow({ drainMs: 2_000 });
      const to = await running.server.ask('usage', null);
      const line = { case: `load ${GROUPS}×${EACH}, wall and projector`, unit: 'ms', better: 'less' } as const;
      const only = (value: number) => ({ ours: [value] });
      const missing = result.expected - result.delivered + result.movesExpected - result.movesDelivered;
      return [
        {
          ...line,
          figure: 'key→others p95',
          figures: only(result.latency.p95),
          goal: { absolute: GOAL_MS },
          note: [
            `${GROUPS * WRITERS} of ${GROUPS * EACH} write ${KEYS} keys/s, every cursor at ${MOVES} Hz, in for ${(joined.ms / 1000).toFixed(1)} s`,
            missing === 0 ? 'everything delivered' : `${missing} NOT delivered, ${result.cuts} cut`,
            `generator at most ${(result.generatorCpu * 100).toFixed(0)} %`,
          ].join('; '),
        },
        { ...line, figure: 'key→saved p95', figures: only(result.persisted.p95), goal: { absolute: GOAL_MS } },
        { ...line, figure: 'key→others p99', figures: only(result.latency.p99) },
        { ...line, figure: 'key→saved p99', figures: only(result.persisted.p99) },
        { ...line, figure: 'cursor→others p95', figures: only(result.moveLatency.p95) },
        { ...line, figure: 'server CPU', unit: '% of a core', figures: only((to.cpu - from.cpu) / 10 / result.ms) },
        { ...line, figure: 'RSS', unit: 'MB', figures: only(to.rss / MB) },
        { ...line, figure: 'of it for these people', unit: 'MB', figures: only((to.rss - before.rss) / MB) },
      ];
    } finally {
      await generators.end();
      await stop(running);
    }
  },
};
