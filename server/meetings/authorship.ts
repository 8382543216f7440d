/** Why this file exists: who wrote which part of a room, with the names people have in the register. */
import type { Authorship } from '#shared/api.ts';
import type { MeetingContext } from './context.ts';

/** Who wrote which clocks of a room, deleted ones too. */
export async function authorshipOf(
  { relay, people: register }: Pick<MeetingContext, 'relay' | 'people'>,
  room: string,
): Promise<Authorship> {
  const spans = await relay.authorship(room);
  const people: Authorship['people'] = {};
  for (const personId of new Set(spans.map((span) => span.personId))) {
    const person = await register.get(personId);
    if (person) people[personId] = { name: person.name, colour: person.colour };
  }
  return { people, spans };
}
