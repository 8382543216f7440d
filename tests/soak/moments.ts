/**
 * Why this file exists: typing in the moment a summary becomes final, and being killed in the middle of a workshop, are
 * matters of luck. The suite tries its luck two hundred times and a few; here it is tried a thousand times, and twenty.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Which tests, and how often. */
const MOMENTS: readonly [file: string, runs: number][] = [
  ['tests/summaries/one-cut.test.ts', 1_000],
  ['tests/process/workshop-kill.test.ts', 20],
];

/** Plays them with seeds of their own, which are printed; whether all went well. */
export async function playMoments(): Promise<boolean> {
  let well = true;
  for (const [file, runs] of MOMENTS) {
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
    const child = spawn(process.execPath, [vitest, 'run', '--project', 'unit', file], {
      stdio: 'inherit',
      env: { ...process.env, RUNS: String(runs) },
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    well &&= code === 0;
  }
  return well;
}
