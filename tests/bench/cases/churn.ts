/**
 * Why this file exists: connect, get in step, leave, twenty at a time over twenty rooms, as fast as it goes. This is the
 * door: who somebody is, what they may do, the room's content.
 */
import type { DialectName } from '../load/dialects.ts';
import { Generators } from '../load/generators.ts';
import { PEERS, start, stop } from '../peers.ts';
import { type Case, type Plan, pause } from './case.ts';
import { GENERATOR_BOUND } from './steady.ts';

const ROOMS = 20;
const AT_ONCE = 20;
/** What is in a room before: some words of one person. */
const TYPED = { edits: 20, ms: 1_500 };

interface Round {
  perSecond: number;
  p50: number;
  p99: number;
  /** Server CPU per client, microseconds. */
  cost: number;
  generatorCpu: number;
}

async function round(name: DialectName, plan: Plan): Promise<Round> {
  const running = await start(name);
  const generators = new Generators();
  try {
    const { target, server } = running;
    const shape = { firstRoom: 0, rooms: ROOMS, clientsPerRoom: 1, writersPerRoom: 1 };
    await generators.join({ target, dialect: name, ...shape });
    await generators.type({ edits: TYPED.edits });
    await pause(TYPED.ms);
    await generators.leave();
    const order = { target, dialect: name, rooms: ROOMS, atOnce: AT_ONCE };
    await generators.first.ask('churn', { ...order, ms: plan.warmMs }, 60_000);
    const before = await server.ask('usage', null);
    const result = await generators.first.ask('churn', { ...order, ms: plan.quick ? 2_000 : 5_000 }, 60_000);
    const after = await server.ask('usage', null);
    return {
      perSecond: result.clients / (result.ms / 1000),
      p50: result.times.p50,
      p99: result.times.p99,
      cost: (after.cpu - before.cpu) / result.clients,
      generatorCpu: result.generatorCpu,
    };
  } finally {
    await generators.end();
    await stop(running);
  }
}

export const churnCase: Case = {
  name: 'churn',
  async run(plan, say) {
    const rounds: Record<DialectName, Round[]> = { ours: [], raw: [], hocuspocus: [] };
    for (let n = 0; n < plan.rounds; n++)
      for (const name of PEERS) {
        say(`${name}, round ${n + 1} of ${plan.rounds}`);
        rounds[name].push(await round(name, plan));
      }
    const pick = (of: (one: Round) => number) => ({
      ours: rounds.ours.map(of),
      raw: rounds.raw.map(of),
      hocuspocus: rounds.hocuspocus.map(of),
    });
    const busiest = Math.max(...Object.values(rounds).flatMap((all) => all.map((one) => one.generatorCpu)));
    const line = { case: 'churn 20 at a time', better: 'less' } as const;
    return [
      {
        ...line,
        figure: 'handshakes per second',
        unit: '/s',
        better: 'more',
        figures: pick((one) => one.perSecond),
        goal: { raw: 0.5, hocuspocus: 2 },
        note: `raw has nothing to get: its clients leave as soon as they are connected; generator at most ${(busiest * 100).toFixed(0)} %${
          busiest > GENERATOR_BOUND ? ', generator-bound: what is faster than this shows as equal' : ''
        }`,
      },
      { ...line, figure: 'server CPU per handshake', unit: 'µs', figures: pick((one) => one.cost) },
      { ...line, figure: 'until in step p50', unit: 'ms', figures: pick((one) => one.p50) },
      { ...line, figure: 'until in step p99', unit: 'ms', figures: pick((one) => one.p99) },
    ];
  },
};
