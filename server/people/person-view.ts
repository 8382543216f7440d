/**
 * Why this file exists: a person as others may see them. The stored record holds a password's hash and an address; this
 * is the one place where it becomes something that leaves the server.
 */
import type { Person } from '#shared/api.ts';
import type { PersonRecord } from './ports.ts';

/** `withEmail` for administrators and for the person themselves. */
export function personView(person: PersonRecord, withEmail: boolean): Person {
  return {
    id: person.id,
    name: person.name,
    title: person.title,
    organisationId: person.organisationId,
    category: person.category,
    party: person.party,
    colour: person.colour,
    email: withEmail ? person.email : null,
    isAdmin: person.isAdmin,
    disabled: person.disabled,
    hasAccount: person.password !== null,
  };
}
