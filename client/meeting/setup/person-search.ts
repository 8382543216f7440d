/** Why this file exists: a register is searched the way one remembers people: some letters of the name, the title or the organisation. */
import type { Organisation, Person } from '#shared/api.ts';

export interface FoundPerson {
  person: Person;
  /** "kommunstyrelsens ordförande, Almvik": what tells two of the same name apart. */
  about: string;
}

function folded(text: string): string {
  return text.toLocaleLowerCase('sv');
}

/** Those in whom every word of `query` begins some word, by name; at most `limit`. An empty query finds all. */
export function searchPeople(
  people: readonly Person[],
  organisations: readonly Organisation[],
  query: string,
  limit = 50,
): FoundPerson[] {
  const words = folded(query)
    .split(/[\s,-]+/)
    .filter(Boolean);
  const names = new Map(organisations.map(({ id, name, shortName }) => [id, { name, shortName }]));
  return people
    .map((person) => {
      const organisation = person.organisationId ? names.get(person.organisationId) : undefined;
      const about = [person.title, organisation?.name].filter(Boolean).join(', ');
      const heard = folded(`${person.name} ${about} ${organisation?.shortName ?? ''} ${person.party}`).split(/[\s,-]+/);
      return { person, about, heard };
    })
    .filter(({ heard }) => words.every((word) => heard.some((part) => part.startsWith(word))))
    .sort((a, b) => a.person.name.localeCompare(b.person.name, 'sv'))
    .slice(0, limit)
    .map(({ person, about }) => ({ person, about }));
}
