/**
 * Why this file exists: `npm run test:fuzz`. A million mutated updates through the reader and the room's checks, a million
 * mutated frames on connections of a relay in this process and a part of them through real sockets, a hundred thousand
 * requests made from the API's own document. No crash, no hang,
 * no message over 50 ms, nothing kept: asserted here; the normal suite runs a thousandth of it (fuzz.test.ts).
 *
 *   npm run test:fuzz                     all of it
 *   npm run test:fuzz -- --updates 50000 --frames 0 --sockets 0 --http 0
 *   SEED=17 npm run test:fuzz             that seed alone, of each part
 */
import { parseArgs } from 'node:util';
import { FRAMES_PER_SEED, fuzzFrames } from './frames.ts';
import { fuzzHttp } from './http.ts';
import { emptyReport, type FuzzReport, heldBytes } from './report.ts';
import { fuzzSockets } from './sockets.ts';
import { fuzzUpdates, UPDATES_PER_SEED } from './updates.ts';

const LONGEST_MS = 50;
const KEPT_BYTES = 64 * 1024 * 1024;
/** Requests to one server before the next one is started: lists grow with what is made. */
const REQUESTS_PER_SEED = 5_000;

const { values } = parseArgs({
  options: {
    updates: { type: 'string', default: '1000000' },
    frames: { type: 'string', default: '1000000' },
    sockets: { type: 'string', default: '20000' },
    http: { type: 'string', default: '100000' },
  },
});
const wanted = process.env.SEED ? Number(process.env.SEED) : null;
if (wanted !== null && !Number.isInteger(wanted)) throw new Error(`SEED is not a whole number: ${process.env.SEED}`);
const failures: string[] = [];

/** Runs `seeds` seeds of one part and checks what it measured. */
async function part(
  name: string,
  seeds: number,
  run: (seed: number, report: FuzzReport) => FuzzReport | Promise<FuzzReport>,
): Promise<void> {
  if (seeds === 0) return;
  const first = wanted ?? Math.floor(Math.random() * 2 ** 31);
  const many = wanted === null ? seeds : 1;
  console.log(`${name}: seeds ${first} to ${first + many - 1}`);
  const report = emptyReport();
  const began = performance.now();
  let before: number | null = null;
  for (let n = 0; n < many; n++) {
    try {
      await run(first + n, report);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      console.error(failures.at(-1));
    }
    // What the first ones leave are caches and compiled code.
    if (n === Math.min(20, many - 1)) before = heldBytes();
    if (n % 100 === 99) console.log(`${name}: ${report.count} in ${Math.round((performance.now() - began) / 1_000)} s`);
  }
  const kept = before === null ? 0 : heldBytes() - before;
  console.log(`${name}: ${report.count} sent in ${Math.round((performance.now() - began) / 1_000)} s`);
  for (const [outcome, count] of Object.entries(report.outcomes).sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(count).padStart(8)}  ${outcome}`);
  console.log(`  dearest message ${report.slowestMs.toFixed(1)} ms, memory kept ${(kept / 2 ** 20).toFixed(1)} MB`);
  if (report.slowestMs > LONGEST_MS) failures.push(`${name}: ${report.slowestMs} ms for ${report.slowest}`);
  if (kept > KEPT_BYTES) failures.push(`${name}: ${kept} bytes were kept`);
}

await part('updates', Math.ceil(Number(values.updates) / UPDATES_PER_SEED), fuzzUpdates);
await part('frames', Math.ceil(Number(values.frames) / FRAMES_PER_SEED), fuzzFrames);
if (Number(values.sockets) > 0) {
  const seed = wanted ?? Math.floor(Math.random() * 2 ** 31);
  console.log(`sockets: seed ${seed}`);
  try {
    console.log(await fuzzSockets(seed, Number(values.sockets)));
  } catch (error) {
    failures.push(`sockets: SEED=${seed}: ${String(error)}`);
  }
}
for (let done = 0, seed = wanted ?? Math.floor(Math.random() * 2 ** 31); done < Number(values.http); seed++) {
  const many = Math.min(REQUESTS_PER_SEED, Number(values.http) - done);
  const { statuses, worstLoopMs, kept, wrong } = await fuzzHttp(seed, many, LONGEST_MS);
  done += wanted === null ? many : Number(values.http);
  const told = Object.entries(statuses).map(([status, times]) => `${status}×${times}`);
  console.log(`http: seed ${seed}, ${many} requests, ${told.join(' ')}, longest work ${worstLoopMs.toFixed(1)} ms`);
  failures.push(...wrong.map((line) => `http: ${line}`));
  if (kept > KEPT_BYTES) failures.push(`http: SEED=${seed}: ${kept} bytes were kept`);
}
for (const failure of failures) console.error(`FAILED  ${failure}`);
console.log(failures.length === 0 ? 'all well' : `${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
