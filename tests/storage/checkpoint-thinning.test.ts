/** Why this file exists: which versions go, in the cases a store's contract cannot reach cheaply. */
import { expect, test } from 'vitest';
import { type ThinnedEntry, thinned } from '../../server/storage/checkpoint-thinning.ts';

const MIB = 1024 * 1024;
const entry = (id: string, kind: ThinnedEntry['kind'], bytes = 10): ThinnedEntry => ({ id, kind, bytes });

test('CHECK-7 large ones go before their number is reached, but the newest stays whatever its size', () => {
  const list = [
    entry('huge', 'large-deletion', 40 * MIB),
    entry('small', 'large-deletion'),
    entry('named', 'named', 40 * MIB),
    entry('phase', 'phase'),
  ];
  expect(thinned(list)).toEqual(['small']);
  expect(thinned([entry('a', 'before-restore', 9 * MIB), entry('b', 'large-deletion', 9 * MIB)])).toEqual(['b']);
});

test('CHECK-7 a hundred deletions take nothing from what the phases left', () => {
  const many = Array.from({ length: 100 }, (_, n) => entry(`d${n}`, 'large-deletion'));
  const phases = Array.from({ length: 25 }, (_, n) => entry(`p${n}`, 'phase'));
  const going = thinned([...many, ...phases]);
  expect(going.filter((id) => id.startsWith('d'))).toHaveLength(70);
  expect(going.filter((id) => id.startsWith('p'))).toEqual(['p20', 'p21', 'p22', 'p23', 'p24']);
});
