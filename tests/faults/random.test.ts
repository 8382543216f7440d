/**
 * Why this file exists: twenty-six runs of random-run.ts with fresh seeds. `SEED=17 npm run test:unit -- tests/faults/random`
 * plays one again; `npm run test:soak` plays two hundred, or as many as an hour holds.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { seeds } from '../support/random.ts';
import { RandomRuns } from './random-run.ts';

const used = seeds(26);
let runs: RandomRuns;
beforeAll(async () => {
  runs = await RandomRuns.open();
}, 60_000);
afterAll(() => runs?.close());

describe(`faults at random moments (seeds ${used.join(' ')})`, () => {
  it.each(used)('lose nothing, double nothing, say nothing untrue: seed %i', { timeout: 90_000 }, async (seed) => {
    await runs.run(seed);
  });
});
