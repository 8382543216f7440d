/**
 * Why this file exists: the three shapes of an ordinary day: many listening to few, groups at work with every cursor
 * moving, and many small meetings. What an edit that reached somebody cost the server, and how long it took.
 */
import type { Line } from '../lines.ts';
import type { DialectName } from '../load/dialects.ts';
import { Generators, type Result } from '../load/generators.ts';
import { PEER_NAMES, PEERS, start, stop } from '../peers.ts';
import { type Case, type Plan, pause } from './case.ts';

interface Shape {
  name: string;
  title: string;
  rooms: number;
  clientsPerRoom: number;
  writersPerRoom: number;
  edits: number;
  moves?: number;
  goal: { raw: number; hocuspocus: number };
  aim: { raw: number; hocuspocus: number };
}

const SHAPES: Shape[] = [
  {
    name: 'stage',
    title: 'stage 1×100',
    rooms: 1,
    clientsPerRoom: 100,
    writersPerRoom: 10,
    edits: 5,
    goal: { raw: 1.5, hocuspocus: 0.75 },
    aim: { raw: 1.25, hocuspocus: 0.65 },
  },
  {
    name: 'workshop',
    title: 'workshop 5×30',
    rooms: 5,
    clientsPerRoom: 30,
    writersPerRoom: 15,
    edits: 3,
    moves: 5,
    goal: { raw: 0.8, hocuspocus: 0.45 },
    aim: { raw: 0.65, hocuspocus: 0.35 },
  },
  {
    name: 'many',
    title: 'many 200×4',
    rooms: 200,
    clientsPerRoom: 4,
    writersPerRoom: 2,
    edits: 2,
    goal: { raw: 1.7, hocuspocus: 0.65 },
    aim: { raw: 1.3, hocuspocus: 0.5 },
  },
];

const DRAIN_MS = 2_000;
/** Above this share of its core the generator, not the server, may be what is measured. */
export const GENERATOR_BOUND = 0.9;

export interface Round extends Result {
  /** Server CPU per delivered edit or cursor, microseconds. */
  cost: number;
  /** In parts of one core. */
  serverCpu: number;
  rss: number;
}

/** One window on one server. */
async function round(name: DialectName, shape: Shape, plan: Plan): Promise<Round> {
  const running = await start(name);
  const generators = new Generators();
  try {
    await generators.join({ target: running.target, dialect: name, firstRoom: 0, ...shape });
    await generators.type({ edits: shape.edits, ...(shape.moves ? { moves: shape.moves } : {}) });
    await pause(plan.warmMs);
    const before = await running.server.ask('usage', null);
    await generators.openWindow();
    await pause(plan.windowMs);
    const result = await generators.closeWindow({ drainMs: DRAIN_MS });
    const after = await running.server.ask('usage', null);
    const used = after.cpu - before.cpu;
    return {
      ...result,
      cost: used / (result.delivered + result.movesDelivered),
      serverCpu: used / 1000 / result.ms,
      rss: after.rss,
    };
  } finally {
    await generators.end();
    await stop(running);
  }
}

function noteOf(shape: Shape, rounds: Record<DialectName, Round[]>): string {
  const all = Object.values(rounds).flat();
  const busiest = Math.max(...all.map((one) => one.generatorCpu));
  const losses = PEERS.flatMap((name) => {
    const missing = rounds[name].reduce(
      (sum, one) => sum + one.expected - one.delivered + one.movesExpected - one.movesDelivered,
      0,
    );
    const cuts = rounds[name].reduce((sum, one) => sum + one.cuts, 0);
    return missing > 0
      ? [`${PEER_NAMES[name]} did not deliver ${missing} within ${DRAIN_MS / 1000} s, ${cuts} cut`]
      : [];
  });
  return [
    losses.length === 0 ? 'everything delivered' : losses.join(', '),
    `generator at most ${(busiest * 100).toFixed(0)} %${busiest > GENERATOR_BOUND ? ', generator-bound' : ''}`,
    ...(shape.moves ? ['a cursor that a newer one of the same client overtook counts as delivered with it'] : []),
  ].join('; ');
}

function linesOf(shape: Shape, rounds: Record<DialectName, Round[]>): Line[] {
  const pick = (of: (one: Round) => number): Line['figures'] => ({
    ours: rounds.ours.map(of),
    raw: rounds.raw.map(of),
    hocuspocus: rounds.hocuspocus.map(of),
  });
  const ours = (of: (one: Round) => number): Line['figures'] => ({ ours: rounds.ours.map(of) });
  const line = { case: shape.title, unit: 'ms', better: 'less' } as const;
  return [
    {
      ...line,
      figure: `CPU per delivered ${shape.moves ? 'edit or cursor' : 'edit'}`,
      unit: 'µs',
      figures: pick((one) => one.cost),
      goal: shape.goal,
      aim: shape.aim,
      note: noteOf(shape, rounds),
    },
    { ...line, figure: 'server CPU', unit: '%', figures: pick((one) => one.serverCpu * 100) },
    { ...line, figure: 'key→others p50', figures: pick((one) => one.latency.p50) },
    { ...line, figure: 'key→others p95', figures: pick((one) => one.latency.p95) },
    { ...line, figure: 'key→others p99', figures: pick((one) => one.latency.p99), goal: { absolute: 50 } },
    ...(shape.moves ? [{ ...line, figure: 'cursor→others p99', figures: pick((one) => one.moveLatency.p99) }] : []),
    { ...line, figure: 'key→persisted p50', figures: ours((one) => one.persisted.p50) },
    { ...line, figure: 'key→persisted p95', figures: ours((one) => one.persisted.p95), goal: { absolute: 50 } },
    { ...line, figure: 'key→persisted p99', figures: ours((one) => one.persisted.p99), goal: { absolute: 150 } },
    { ...line, figure: 'RSS', unit: 'MB', figures: pick((one) => one.rss / 1_048_576) },
  ];
}

export const steadyCases: Case[] = SHAPES.map((shape) => ({
  name: shape.name,
  async run(plan, say) {
    const rounds: Record<DialectName, Round[]> = { ours: [], raw: [], hocuspocus: [] };
    for (let n = 0; n < plan.rounds; n++)
      for (const name of PEERS) {
        say(`${name}, round ${n + 1} of ${plan.rounds}`);
        rounds[name].push(await round(name, shape, plan));
      }
    return linesOf(shape, rounds);
  },
}));
