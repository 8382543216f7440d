/** Why this file exists: who wrote which part of a room, with the names people have in the register. */
import type { Authorship } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { PeopleStore, PersonRecord } from '../people/ports.ts';
import type { MeetingContext } from './context.ts';

/** Who an id stands for now: a guest who was claimed is the account that did. `null` when the register has forgotten. */
export async function writerOf(register: Pick<PeopleStore, 'get'>, personId: Id): Promise<PersonRecord | null> {
  const person = await register.get(personId);
  return person && person.claimedBy !== null ? register.get(person.claimedBy) : person;
}

/** Who wrote which clocks of a room, deleted ones too. */
export async function authorshipOf(
  { relay, people: register }: Pick<MeetingContext, 'relay' | 'people'>,
  room: string,
): Promise<Authorship> {
  const spans = await relay.authorship(room);
  const people: Authorship['people'] = {};
  // What was written by a guest who is an account by now was written by that account.
  const became = new Map<Id, Id>();
  for (const writer of new Set(spans.map((span) => span.personId))) {
    const person = await writerOf(register, writer);
    if (!person) continue;
    became.set(writer, person.id);
    people[person.id] = { name: person.name, colour: person.colour };
  }
  return { people, spans: spans.map((span) => ({ ...span, personId: became.get(span.personId) ?? span.personId })) };
}
