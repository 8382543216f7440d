/**
 * Why this file exists: what goes to the journal's thread as one message has to come out as it went in, the rare parts
 * with the rows they belong to.
 */
import { expect, test } from 'vitest';
import type { JournalRow } from '../../server/relay/ports.ts';
import { flattened, rowsOf } from '../../server/storage/flat-rows.ts';

const row = (n: number, more: Partial<JournalRow> = {}): JournalRow => ({
  room: `item:${n % 2}`,
  update: new Uint8Array(n).fill(n),
  personId: `person-${n}`,
  at: 1_790_000_000_000 + n,
  newClients: [],
  ...more,
});

test('rows are the same after the journey, empty ones and their new clients and versions included', () => {
  const checkpoint = {
    kind: 'large-deletion' as const,
    at: 5,
    personId: 'astrid',
    name: '',
    phase: '',
    state: new Uint8Array([0, 0]),
  };
  const rows = [row(3), row(0), row(7, { newClients: [1, 4_294_967_295] }), row(2, { checkpoint }), row(1)];
  const flat = flattened(rows);
  const sent = structuredClone(flat, { transfer: [flat.bytes.buffer] });
  expect(rowsOf(sent)).toEqual(rows);
  expect(rows[0]!.update).toEqual(new Uint8Array([3, 3, 3]));
});

test('no rows are no rows', () => {
  expect(rowsOf(flattened([]))).toEqual([]);
});

test('a view into a larger buffer is copied as what it shows', () => {
  const update = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
  expect(rowsOf(flattened([row(1, { update })]))[0]!.update).toEqual(new Uint8Array([1, 2]));
});
