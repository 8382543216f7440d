/** Why this file exists: one person is one entry, however many pages, and what a page claims is untrusted. */
import { expect, test } from 'vitest';
import { presentPeople } from '../../client/collab/presence.ts';

const user = (id: string, name = id) => ({ id, name, colour: 2, organisation: 'ALM' });

test('pages of one person become one entry; the one that types speaks', () => {
  const states = new Map<number, Record<string, unknown>>([
    [7, { user: user('b', 'Bodil'), itemId: 'x', hidden: true }],
    [8, { user: user('b', 'Bodil'), itemId: 'y', typing: true }],
    [9, { user: user('a', 'Åke'), itemId: '' }],
  ]);
  const people = presentPeople(states, 7);
  expect(people.map((person) => person.user.name)).toEqual(['Bodil', 'Åke']);
  expect(people[0]).toMatchObject({ clientId: 8, itemId: 'y', typing: true, self: true, pages: 2 });
});

test('states without a stamped user are nobody; wrong values become harmless', () => {
  const states = new Map<number, Record<string, unknown>>([
    [1, {}],
    [2, { user: { id: 5, name: 'x' } }],
    [3, { user: { id: 'c', name: 'Cia', colour: 99, organisation: [] }, itemId: {}, typing: 'yes' }],
  ]);
  expect(presentPeople(states, 1)).toEqual([
    {
      clientId: 3,
      user: { id: 'c', name: 'Cia', colour: 8, organisation: '' },
      itemId: '',
      typing: false,
      hidden: false,
      self: false,
      pages: 1,
    },
  ]);
});
