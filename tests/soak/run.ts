/**
 * Why this file exists: `npm run test:soak`. Faults at random moments (tests/faults/random-run.ts), two hundred times, or
 * for as long as one says. Each run's seed is printed with what was done in it; a failed one can be played again.
 *
 *   npm run test:soak                 200 runs
 *   npm run test:soak -- --runs 1000  as many as one says
 *   npm run test:soak -- --minutes 60 for an hour
 *   SEED=17 npm run test:soak         that run, ten times: what the machine does between the lots is its own
 *
 * Without a seed and an hour it goes on with the moments of a workshop (moments.ts).
 */
import { parseArgs } from 'node:util';
import { RandomRuns } from '../faults/random-run.ts';
import { playMoments } from './moments.ts';

/** After so many runs on one folder of data a new one is begun. */
const RUNS_PER_FOLDER = 25;

const { values } = parseArgs({ options: { runs: { type: 'string' }, minutes: { type: 'string' } } });
const wanted = process.env.SEED ? Number(process.env.SEED) : null;
if (wanted !== null && !Number.isInteger(wanted)) throw new Error(`SEED is not a whole number: ${process.env.SEED}`);
const minutes = values.minutes === undefined ? null : Number(values.minutes);
const most = values.runs !== undefined ? Number(values.runs) : wanted !== null ? 10 : minutes !== null ? Infinity : 200;
const until = minutes === null ? Infinity : performance.now() + minutes * 60_000;

let runs: RandomRuns | null = null;
let passed = 0;
const failed: number[] = [];
for (let n = 0; n < most && performance.now() < until; n++) {
  if (n % RUNS_PER_FOLDER === 0) {
    await runs?.close();
    runs = await RandomRuns.open();
  }
  const seed = wanted ?? Math.floor(Math.random() * 2 ** 31);
  const from = performance.now();
  try {
    const said = await runs!.run(seed);
    passed += 1;
    console.log(`${n + 1}  seed ${seed}  ${Math.round(performance.now() - from)} ms  ${said.join(' · ')}`);
  } catch (error) {
    failed.push(seed);
    console.error(`${n + 1}  FAILED  ${error instanceof Error ? error.message : String(error)}`);
  }
}
await runs?.close();
console.log(`\n${passed} passed, ${failed.length} failed${failed.length > 0 ? `: SEED=${failed.join(' SEED=')}` : ''}`);
const moments = wanted !== null || minutes !== null || (await playMoments());
process.exitCode = failed.length > 0 || !moments ? 1 : 0;
