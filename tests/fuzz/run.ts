/**
 * Why this file exists: `npm run test:fuzz`. Everything the suite tries a thousandth of, whole. Arguments choose parts:
 * `npm run test:fuzz -- http`. COUNT=… and SEED=… run less, and the same again.
 */
import { fuzzHttp } from './http.ts';

const MIB = 1024 * 1024;
/** Requests to one server before the next one is started: lists grow with what is made. */
const PER_SERVER = 5_000;

/** A part runs from a seed and says what was wrong. */
type Part = (seed: number, count: number) => Promise<string[]>;

async function http(seed: number, count: number): Promise<string[]> {
  const wrong: string[] = [];
  for (let done = 0, n = 0; done < count; done += PER_SERVER, n++) {
    const result = await fuzzHttp(seed + n, Math.min(PER_SERVER, count - done), 50);
    wrong.push(...result.wrong);
    if (result.kept > 64 * MIB) wrong.push(`SEED=${seed + n}: ${Math.round(result.kept / MIB)} MiB are kept`);
    const statuses = Object.entries(result.statuses).map(([status, times]) => `${status}×${times}`);
    console.log(
      `http SEED=${seed + n}: ${result.requests} requests, ${statuses.join(' ')}, ` +
        `longest work ${result.worstLoopMs.toFixed(1)} ms, kept ${(result.kept / MIB).toFixed(1)} MiB`,
    );
  }
  return wrong;
}

const PARTS: Record<string, { run: Part; count: number }> = {
  http: { run: http, count: 100_000 },
};

const chosen = process.argv.slice(2);
const wrong: string[] = [];
for (const [name, { run, count }] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const from = performance.now();
  const found = await run(seed, Number(process.env.COUNT ?? count));
  wrong.push(...found);
  console.log(`${name}: ${found.length} wrong in ${Math.round((performance.now() - from) / 1000)} s`);
}
for (const line of wrong.slice(0, 50)) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
