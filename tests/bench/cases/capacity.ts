/**
 * Why this file exists: how much a server carries, found by going up in steps until the slowest hundredth takes longer than
 * a fifth of a second; and what it does at twice that, where degrading is allowed and collapsing is not.
 */
import type { DialectName } from '../load/dialects.ts';
import { PEER_NAMES, PEERS } from '../peers.ts';
import { Bout, LIMIT_MS } from './bout.ts';
import type { Case, Plan } from './case.ts';
import { GENERATOR_BOUND } from './steady.ts';

interface Shape {
  name: string;
  title: string;
  rooms: number;
  clientsPerRoom: number;
  writersPerRoom: number;
  goal: { raw: number; hocuspocus: number };
  aim?: { raw: number; hocuspocus: number };
}

const SHAPES: Shape[] = [
  {
    name: 'capacity-room',
    title: 'capacity 1×30',
    rooms: 1,
    clientsPerRoom: 30,
    writersPerRoom: 15,
    goal: { raw: 4, hocuspocus: 2 },
  },
  {
    name: 'capacity-many',
    title: 'capacity 100×4',
    rooms: 100,
    clientsPerRoom: 4,
    writersPerRoom: 2,
    goal: { raw: 0.7, hocuspocus: 2.5 },
    aim: { raw: 0.9, hocuspocus: 4 },
  },
];

/** Edits per second, of all writers together. */
const FIRST_RATE = 2_000;
const HIGHEST_RATE = 400_000;
/** How long a server may take to get over what was too much. */
const RECOVERY_MS = 10_000;

interface Carried {
  delivered: number;
  rate: number;
  p99: number;
  generatorCpu: number;
  boundByGenerator: boolean;
  /** What was wrong with the lowest rate that was too much. */
  fault: string;
}

/** How a search goes. */
interface Manner {
  /** From one rate to the next. */
  step: number;
  /** Halvings between what was carried and what was not. */
  refinements: number;
  /** A rate is too much when it is so this many times, */
  chances: number;
  /** and the search ends at this many rates in a row that are: one stall is no limit. */
  rates: number;
  windowMs: number;
  overloadMs: number;
}

const THOROUGH: Manner = { step: 1.6, refinements: 2, chances: 2, rates: 2, windowMs: 2_500, overloadMs: 5_000 };
const QUICK: Manner = { step: 2, refinements: 1, chances: 2, rates: 1, windowMs: 1_000, overloadMs: 2_000 };

async function search(bout: Bout, { step, refinements, chances, rates }: Manner): Promise<Carried> {
  let best: Carried = { delivered: 0, rate: 0, p99: Number.NaN, generatorCpu: 0, boundByGenerator: false, fault: '' };
  let tooMuch = HIGHEST_RATE;
  /** Which of what was tried nobody got over: there is no way beyond it. */
  let collapsed = HIGHEST_RATE * step;
  const attempt = async (rate: number): Promise<boolean> => {
    for (let chance = 0; chance < chances; chance++) {
      const tried = await bout.window(rate).catch((error: unknown) => ({ fault: String(error), generatorCpu: 0 }));
      if (tried.fault === null && 'delivered' in tried) {
        const { delivered, p99, generatorCpu } = tried;
        // A lower rate that failed was a stall of the machine, and no limit.
        if (tooMuch <= rate) tooMuch = HIGHEST_RATE;
        best = { ...best, delivered, p99, generatorCpu, rate };
        return true;
      }
      tooMuch = Math.min(tooMuch, rate);
      if (rate === tooMuch)
        best = { ...best, fault: tried.fault ?? '', boundByGenerator: tried.generatorCpu > GENERATOR_BOUND };
      if (await bout.calm().catch(() => false)) continue;
      collapsed = rate;
      await bout.end();
      break;
    }
    return false;
  };
  let failures = 0;
  for (let rate = FIRST_RATE; rate < Math.min(HIGHEST_RATE, collapsed) && failures < rates; rate *= step)
    failures = (await attempt(rate)) ? 0 : failures + 1;
  for (let n = 0; n < refinements && best.rate > 0; n++) await attempt((best.rate + tooMuch) / 2);
  return best;
}

interface Overloaded {
  delivered: number;
  /** Seconds at half the rate until the slowest hundredth was quick again; infinite when it was not in time. */
  recovered: number;
}

async function overload(bout: Bout, rate: number, ms: number): Promise<Overloaded> {
  if (rate === 0) return { delivered: Number.NaN, recovered: Number.POSITIVE_INFINITY };
  try {
    await bout.window(rate);
    const { result } = await bout.window(rate * 2, ms);
    const delivered = result.arrived / (result.windowMs / 1000);
    const from = performance.now();
    let recovered = Number.POSITIVE_INFINITY;
    while (performance.now() - from < RECOVERY_MS && recovered === Number.POSITIVE_INFINITY) {
      const at = performance.now();
      if ((await bout.window(rate / 2, 500)).fault === null) recovered = (at - from) / 1000;
    }
    return { delivered, recovered: (await bout.calm()) ? recovered : Number.POSITIVE_INFINITY };
  } catch {
    return { delivered: Number.NaN, recovered: Number.POSITIVE_INFINITY };
  }
}

async function measure(name: DialectName, shape: Shape, plan: Plan): Promise<Carried & { over: Overloaded }> {
  const manner = plan.quick ? QUICK : THOROUGH;
  const bout = new Bout(name, shape, manner.windowMs);
  try {
    const carried = await search(bout, manner);
    return { ...carried, over: await overload(bout, carried.rate, manner.overloadMs) };
  } finally {
    await bout.end();
  }
}

export const capacityCases: Case[] = SHAPES.map((shape) => ({
  name: shape.name,
  async run(plan, say) {
    const found = new Map<DialectName, Awaited<ReturnType<typeof measure>>>();
    for (const name of PEERS) {
      say(name);
      found.set(name, await measure(name, shape, plan));
    }
    const pick = (of: (one: Awaited<ReturnType<typeof measure>>) => number) =>
      Object.fromEntries([...found].map(([name, one]) => [name, [of(one)]]));
    const notes = [...found].map(
      ([name, one]) =>
        `${PEER_NAMES[name]} ${Math.round(one.rate)} keys/s, p99 ${one.p99.toFixed(0)} ms, generator ${(one.generatorCpu * 100).toFixed(0)} %${
          one.boundByGenerator ? ' (generator-bound: at least this)' : ''
        }, above it ${one.fault}`,
    );
    const line = { case: shape.title, better: 'more', unit: '/s' } as const;
    return [
      {
        ...line,
        figure: 'delivered edits, p99 ≤ 200 ms',
        figures: pick((one) => one.delivered),
        goal: shape.goal,
        ...(shape.aim ? { aim: shape.aim } : {}),
        note: notes.join('; '),
      },
      { ...line, figure: 'delivered at twice that', figures: pick((one) => one.over.delivered) },
      {
        ...line,
        figure: 'recovered after',
        better: 'less',
        unit: 's',
        figures: pick((one) => one.over.recovered),
        goal: { absolute: RECOVERY_MS / 1000 },
        note: `at half the rate: p99 ≤ ${LIMIT_MS} ms again, and in the end everybody had everything`,
      },
    ];
  },
}));
