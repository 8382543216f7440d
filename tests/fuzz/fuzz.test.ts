/**
 * Why this file exists: a thousandth of the mutation fuzz in every run of the suite, from fresh seeds that stand in the
 * message of a failure; SEED=n runs that one. The whole of it: `npm run test:fuzz`.
 */
import { expect, test } from 'vitest';
import { seeds } from '../support/random.ts';
import { fuzzFrames } from './frames.ts';
import { emptyReport } from './report.ts';
import { fuzzSockets } from './sockets.ts';
import { fuzzUpdates } from './updates.ts';

/** A message may take so long, milliseconds; the strict figure is the whole run's. */
const LONGEST_MS = 250;

test('mutated updates are refused or accepted by all documents alike', { timeout: 60_000 }, () => {
  const report = emptyReport();
  for (const seed of seeds(2)) fuzzUpdates(seed, report);
  expect(report.slowestMs, report.slowest).toBeLessThan(LONGEST_MS);
});

test('mutated frames hurt nobody else', { timeout: 60_000 }, async () => {
  const report = emptyReport();
  for (const seed of seeds(2)) await fuzzFrames(seed, report);
  expect(report.slowestMs, report.slowest).toBeLessThan(LONGEST_MS);
});

test('mutated frames over real sockets leave the server well', { timeout: 60_000 }, async () => {
  for (const seed of seeds(1)) await fuzzSockets(seed, 200);
});
