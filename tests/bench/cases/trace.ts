/**
 * Why this file exists: a document with a past: 260,000 operations typed through by one with three readers, then twenty
 * who come late at once, then the first who comes after the server was started again.
 */
import { join } from 'node:path';
import type { DialectName } from '../load/dialects.ts';
import { Generators } from '../load/generators.ts';
import type { TraceMade } from '../load/questions.ts';
import { newFolder, PEERS, type Running, start, stop } from '../peers.ts';
import { timesOf } from '../stats.ts';
import { type Case, type Plan, pause } from './case.ts';
import { blockWhileCompacting } from './compaction.ts';
import { FAST_LIMITS } from './fast-limits.ts';

const OPERATIONS = 260_000;
const SEED = 7;
const READERS = 3;
const LATE = 20;
const WAVES = 3;
const COLD_STARTS = 3;
const PLAY_MS = 180_000;
const WAVE_MS = 90_000;
/** Hocuspocus stores two seconds after the last key; ours has stored already. */
const STORED_MS = 4_000;

interface Played {
  perSecond: number;
  generatorCpu: number;
  rss: number;
  first: number;
  late: number[];
  bytes: number;
  cold: number[];
  /** How long compaction held the loop, and how long it was held without one; ours only. */
  block: { held: number; idle: number; seen: number } | null;
}

/** Starts the server anew on its folder and opens the room as the first one, when others have been opened before. */
async function coldOpen(before: Running, room: string): Promise<{ took: number; running: Running }> {
  await stop(before, { folder: true });
  const running = await start(before.name, { limits: FAST_LIMITS, folder: before.folder });
  const generators = new Generators();
  try {
    const ask = { target: running.target, dialect: running.name, clients: 1 };
    for (const other of running.target.rooms.slice(1, 6))
      await generators.first.ask('wave', { ...ask, room: other }, WAVE_MS);
    const { took } = await generators.first.ask('wave', { ...ask, room }, WAVE_MS);
    return { took: Math.max(...took), running };
  } finally {
    await generators.end();
  }
}

async function measure(name: DialectName, file: string, plan: Plan): Promise<Played> {
  let running = await start(name, { limits: FAST_LIMITS });
  const generators = new Generators();
  try {
    const { target, server } = running;
    const room = target.rooms[0] ?? '';
    const load = generators.first;
    const played = await load.ask('playTrace', { target, dialect: name, room, file, readers: READERS }, PLAY_MS);
    const result: Played = {
      perSecond: played.operations / (played.ms / 1000),
      generatorCpu: played.generatorCpu,
      rss: (await server.ask('usage', null)).rss,
      first: Number.NaN,
      late: [],
      bytes: Number.NaN,
      cold: [],
      block: null,
    };
    if (name === 'raw') return result;
    const first = await load.ask('wave', { target, dialect: name, room, clients: 1 }, WAVE_MS);
    result.first = Math.max(...first.took);
    for (let n = 0; n < WAVES; n++) {
      const wave = await load.ask('wave', { target, dialect: name, room, clients: LATE }, WAVE_MS);
      result.late.push(...wave.took);
      result.bytes = wave.bytes;
    }
    if (name === 'ours') result.block = await blockWhileCompacting(running, room);
    else await pause(STORED_MS);
    for (let n = 0; n < (plan.quick ? 1 : COLD_STARTS); n++) {
      const opened = await coldOpen(running, room);
      running = opened.running;
      result.cold.push(opened.took);
    }
    return result;
  } finally {
    await generators.end();
    await stop(running);
  }
}

export const traceCase: Case = {
  name: 'trace',
  async run(plan, say) {
    const file = join(newFolder(), 'trace');
    const operations = plan.quick ? OPERATIONS / 5 : OPERATIONS;
    say('typing the history once');
    const maker = new Generators();
    const made: TraceMade = await maker.first.ask('makeTrace', { file, operations, seed: SEED }, PLAY_MS);
    await maker.end();
    const found: Partial<Record<DialectName, Played>> = {};
    for (const name of PEERS) {
      say(name);
      found[name] = await measure(name, file, plan);
    }
    const pick = (of: (one: Played) => number | undefined) =>
      Object.fromEntries(
        Object.entries(found).flatMap(([name, one]) => {
          const value = of(one);
          return value === undefined || Number.isNaN(value) ? [] : [[name, [value]]];
        }),
      );
    const block = found.ours?.block;
    const line = { case: `trace ${operations / 1000}k`, better: 'less', unit: 'ms' } as const;
    return [
      {
        ...line,
        figure: 'operations per second',
        better: 'more',
        unit: '/s',
        figures: pick((one) => one.perSecond),
        goal: { hocuspocus: 3 },
        note: `${made.characters} characters in the end, ${made.compactedBytes} bytes without what was deleted; generator at most ${Math.round(
          100 * Math.max(...Object.values(found).map((one) => one.generatorCpu)),
        )} %`,
      },
      { ...line, figure: 'RSS behind it', unit: 'MB', figures: pick((one) => one.rss / 1_048_576) },
      { ...line, figure: 'first late joiner', figures: pick((one) => one.first) },
      {
        ...line,
        figure: '20 at once p99',
        figures: pick((one) => timesOf(one.late).p99),
        goal: { hocuspocus: 0.25 },
      },
      { ...line, figure: '20 at once p50', figures: pick((one) => timesOf(one.late).p50) },
      {
        ...line,
        figure: "joiner's bytes to compacted",
        unit: '×',
        figures: pick((one) => one.bytes / made.compactedBytes),
        goal: { absolute: 1.3 },
      },
      {
        ...line,
        figure: 'cold open after a restart',
        figures: pick((one) => timesOf(one.cold).p50),
        goal: { absolute: 150 },
        note: 'connection included, when small rooms have been opened before',
      },
      {
        ...line,
        figure: 'loop held while compacting',
        figures: { ours: [block?.held ?? Number.NaN] },
        goal: { absolute: 20 },
        note: block
          ? `${block.seen === 0 ? 'NO compaction was seen' : `${block.seen} compactions`}; the longest without one ${block.idle.toFixed(1)} ms`
          : '',
      },
    ];
  },
};
