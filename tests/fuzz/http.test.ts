/**
 * A thousandth of the HTTP fuzz of `npm run test:fuzz`. SEED=… draws the same requests again.
 */
import { expect, it } from 'vitest';
import { seeds } from '../support/random.ts';
import { fuzzHttp } from './http.ts';

it('a hundred requests made from the API’s own document, broken, are answered without a 500', async () => {
  for (const seed of seeds(1)) {
    const { requests, wrong, kept } = await fuzzHttp(seed, 100, 250);
    expect(wrong).toEqual([]);
    expect(requests).toBe(100);
    expect(kept).toBeLessThan(64 * 1024 * 1024);
  }
}, 60_000);
