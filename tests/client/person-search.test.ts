/** Why this file exists: whoever one has in mind is found by what one remembers of them. */
import { expect, test } from 'vitest';
import type { Organisation, Person } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { searchPeople } from '../../client/meeting/setup/person-search.ts';

const almvik: Organisation = { id: newId(), name: 'Almviks kommun', shortName: 'ALM', seats: 2, position: 0 };

function person(name: string, more: Partial<Person> = {}): Person {
  return {
    id: newId(),
    name,
    title: '',
    organisationId: null,
    category: 'official',
    party: '',
    colour: 0,
    email: null,
    isAdmin: false,
    disabled: false,
    hasAccount: false,
    ...more,
  };
}

const REGISTER = [
  person('Örjan Wiktorin', { title: 'trafikplanerare' }),
  person('Ylva Ekdahl', { title: 'kommunalråd', organisationId: almvik.id, party: 'C' }),
  person('Anna-Lena Ek', { title: 'strateg', organisationId: almvik.id }),
];

const found = (query: string) => searchPeople(REGISTER, [almvik], query).map(({ person: { name } }) => name);

test('an empty field shows everybody, in the order of the Swedish alphabet', () => {
  expect(found(' ')).toEqual(['Anna-Lena Ek', 'Ylva Ekdahl', 'Örjan Wiktorin']);
});

test('names, titles, organisations and short names are searched from the beginning of their words', () => {
  expect(found('ek')).toEqual(['Anna-Lena Ek', 'Ylva Ekdahl']);
  expect(found('ÖRJ')).toEqual(['Örjan Wiktorin']);
  expect(found('alm')).toEqual(['Anna-Lena Ek', 'Ylva Ekdahl']);
  expect(found('trafik')).toEqual(['Örjan Wiktorin']);
  expect(found('ekdahl, kommunalråd')).toEqual(['Ylva Ekdahl']);
  expect(found('lena')).toEqual(['Anna-Lena Ek']);
  expect(found('anna-l')).toEqual(['Anna-Lena Ek']);
  expect(found('dahl')).toEqual([]);
});

test('what tells people apart stands beside the name', () => {
  expect(searchPeople(REGISTER, [almvik], 'ylva')[0]?.about).toBe('kommunalråd, Almviks kommun');
  expect(searchPeople(REGISTER, [], 'ylva')[0]?.about).toBe('kommunalråd');
});

test('a long register is cut, the first letters first', () => {
  expect(searchPeople(REGISTER, [], '', 2).map(({ person: { name } }) => name)).toEqual([
    'Anna-Lena Ek',
    'Ylva Ekdahl',
  ]);
});
