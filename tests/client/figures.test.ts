/** Why this file exists: a wrong unit on the page of operations is worse than none. */
import { describe, expect, test } from 'vitest';
import { figuresIn } from '../../client/operations/figures.ts';
import { REASONS } from '../../client/operations/tables.tsx';
import type { AsideReason, RefusedReason } from '../../server/relay/admission.ts';

const plain = (text: string) => text.replace(/\u00a0|\u202f/g, ' ');
const sv = figuresIn('sv');
const en = figuresIn('en');

describe('figures', () => {
  test('times: milliseconds, then seconds; a dash for nothing', () => {
    expect([null, 0, 0.5, 12.4, 999, 1_000, 1_440].map((ms) => plain(sv.took(ms)))).toEqual([
      '–',
      '0 ms',
      '0,5 ms',
      '12 ms',
      '999 ms',
      '1 s',
      '1,4 s',
    ]);
    expect(plain(en.took(1_440))).toBe('1.4 secs');
  });

  test('sizes: the unit one reads at a glance', () => {
    expect([900, 5 * 1024 ** 2, 233 * 1024 ** 2, 1.5 * 1024 ** 3].map((n) => plain(sv.bytes(n)))).toEqual([
      '1 kB',
      '5 MB',
      '233 MB',
      '1,5 GB',
    ]);
  });

  test('lasting: the two largest parts', () => {
    const day = 86_400_000;
    expect(
      [0, 17_000, 60_000, 3_720_000, day + 1, 3 * day + 4 * 3_600_000 + 59_000].map((ms) => plain(sv.lasting(ms))),
    ).toEqual(['0 s', '17 s', '1 min', '1 tim 2 min', '1 d', '3 d 4 tim']);
  });

  test('large numbers have no decimals, small ones one', () => {
    expect([0, 5.94, 99.5, 1_234.6].map((n) => plain(sv.number(n)))).toEqual(['0', '5,9', '99,5', '1 235']);
  });
});

test('every reason the relay refuses for has its words', () => {
  // A reason added there is missing here until somebody has written its words.
  const told: Record<Exclude<RefusedReason, 'access'> | Exclude<AsideReason, 'deletes-ahead'>, true> = {
    owner: true,
    count: true,
    subdocument: true,
    key: true,
    depth: true,
    content: true,
    full: true,
    order: true,
    gap: true,
  };
  for (const reason of Object.keys(told)) expect(REASONS).toContain(reason);
});
