/**
 * Why this file exists: a commit puts many updates into few rows, and rows are who wrote what, when, and what was kept
 * before it. What must not share a row does not.
 */
import { expect, test } from 'vitest';
import { type Accepted, batched } from '../../server/relay/batch.ts';
import type { CheckpointDraft } from '../../server/relay/ports.ts';
import { readUpdate } from '../../server/relay/update-reader.ts';
import { Typist } from './world.ts';

const ROOMS = [{ name: 'item:one' }, { name: 'item:two' }] as const;
type One = Accepted<{ name: string }, string>;

const typist = new Typist(7);
const accepted = (more: Partial<One> = {}): One => {
  const update = more.update ?? typist.type('x');
  return {
    room: ROOMS[0],
    author: 'tab 1',
    update,
    inspected: readUpdate(update),
    personId: 'astrid',
    at: 60_000,
    newClients: [],
    checkpoint: null,
    ...more,
  };
};
const counts = (...items: One[]) =>
  batched(items).rooms.flatMap(({ contributions }) => contributions.map(({ count }) => count));

test('JRN-4 one row per connection and room, with the client ids of all of it', () => {
  const other = new Typist(8);
  const [theirs, elsewhere] = [other.type('y'), new Typist(9).type('z')];
  const batch = batched([
    accepted({ newClients: [7] }),
    accepted({ author: 'tab 2', personId: 'bo', update: theirs, inspected: readUpdate(theirs), newClients: [8] }),
    accepted(),
    accepted({ room: ROOMS[1], update: elsewhere, inspected: readUpdate(elsewhere), newClients: [9] }),
  ]);
  expect(batch.rows.map(({ room, personId, newClients }) => [room, personId, newClients])).toEqual([
    ['item:one', 'astrid', [7]],
    ['item:one', 'bo', [8]],
    ['item:two', 'astrid', [9]],
  ]);
  expect(batch.rooms.map(({ contributions }) => contributions.length)).toEqual([2, 1]);
});

test('JRN-4 another person, another minute, and what was kept before an update each begin a row', () => {
  expect(counts(accepted(), accepted(), accepted())).toEqual([3]);
  expect(counts(accepted({ author: null }), accepted({ author: null, personId: 'bo' }))).toEqual([1, 1]);
  expect(counts(accepted({ at: 119_999 }), accepted({ at: 120_000 }), accepted({ at: 120_001 }))).toEqual([1, 2]);
  const kept: CheckpointDraft = {
    kind: 'large-deletion',
    at: 60_000,
    personId: 'astrid',
    name: '',
    phase: '',
    state: new Uint8Array([0, 0]),
  };
  const { rows } = batched([accepted(), accepted({ checkpoint: kept }), accepted()]);
  expect(rows.map(({ checkpoint }) => checkpoint)).toEqual([undefined, kept]);
});
