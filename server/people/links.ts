/**
 * Why this file exists: a one-time link lets somebody choose a password: the first administrator, an invited person,
 * somebody who forgot. Its token stands in the URL's fragment, which no server and no log ever sees.
 */
import { type LinkView, linkUseInput } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock } from '../relay/ports.ts';
import type { Caller, Links, MadeLink, Sessions } from '../services.ts';
import type { Gate } from './gate.ts';
import type { Passwords } from './passwords.ts';
import { requireInHouse } from './people.ts';
import type { LinkEffect, LinkKind, LinkRecord, LinkStore, PeopleStore, PersonRecord } from './ports.ts';
import { hashToken, newToken } from './tokens.ts';

const HOUR = 3600_000;
const LIFETIME: Record<LinkKind, number> = {
  'first-admin': 24 * HOUR,
  invitation: 14 * 24 * HOUR,
  password: 24 * HOUR,
};

export interface LinksDeps {
  store: LinkStore;
  people: PeopleStore;
  sessions: Pick<Sessions, 'begin' | 'endAll'>;
  passwords: Passwords;
  gate: Gate;
  clock: Clock;
  /** The public origin; links are made from it and never from a request. */
  origin(): string;
  meetings: {
    /** Refuses unless the caller may invite this participant of this meeting. */
    requireInvitable(caller: Caller, meetingId: Id, personId: Id): Promise<void>;
    title(meetingId: Id): Promise<string | null>;
  };
}

function linkUsed(): Refusal {
  return new Refusal('link-used', 'This link has been used or is too old.');
}

function required(field: 'name' | 'email'): Refusal {
  return new Refusal('bad-request', `${field} is needed.`, { fields: { [field]: 'required' } });
}

/** The use cases of one-time links. */
export function createLinks(deps: LinksDeps): Links {
  const { store, people, clock } = deps;

  async function make(kind: LinkKind, personId: Id | null, meetingId: Id | null): Promise<MadeLink> {
    const token = newToken();
    const now = clock();
    const expiresAt = now + LIFETIME[kind];
    const link: LinkRecord = {
      tokenHash: hashToken(token),
      kind,
      personId,
      meetingId,
      expiresAt,
      createdAt: now,
      usedAt: null,
    };
    await store.put(link, kind !== 'invitation');
    return { url: `${deps.origin()}/lank#${token}`, expiresAt };
  }

  async function invitable(personId: Id): Promise<PersonRecord> {
    const person = await people.get(personId);
    if (!person) throw notFound();
    if (person.disabled) throw new Refusal('conflict', 'This person may not sign in.');
    // A password would make an account out of what whoever had the code said of themselves.
    if (person.guestOf !== null) throw new Refusal('conflict', 'A guest is claimed by an account, not made into one.');
    // An invitation sets a password: with an account in place it would take the account over.
    if (person.password !== null) throw new Refusal('conflict', 'This person already has an account.');
    return person;
  }

  /** The link and its person, while the link can still be used. */
  async function usable(token: string): Promise<{ link: LinkRecord; person: PersonRecord | null }> {
    const link = await store.get(hashToken(token));
    if (!link) throw notFound();
    const person = link.personId === null ? null : await people.get(link.personId);
    if (link.usedAt !== null || link.expiresAt <= clock()) throw linkUsed();
    if (link.kind === 'first-admin') {
      if (await people.hasAdministrator()) throw linkUsed();
    } else if (!person || person.disabled || (link.kind === 'invitation' && person.password !== null)) throw linkUsed();
    return { link, person };
  }

  return {
    async firstAdministrator() {
      return (await people.hasAdministrator()) ? null : make('first-admin', null, null);
    },
    async invite(caller, personId) {
      requireInHouse(caller, 'manage-people');
      await invitable(personId);
      return make('invitation', personId, null);
    },
    async password(caller, personId) {
      requireInHouse(caller, 'make-password-link');
      const person = await people.get(personId);
      if (!person || person.guestOf !== null) throw notFound();
      if (person.disabled) throw new Refusal('conflict', 'This person may not sign in.');
      return make('password', personId, null);
    },
    async inviteToMeeting(caller, meetingId, personId) {
      await deps.meetings.requireInvitable(caller, meetingId, personId);
      const person = await invitable(personId);
      // Whoever holds the link becomes the person: an officer must not be able to become an administrator.
      if (person.isAdmin && !caller.isAdmin)
        throw new Refusal('forbidden', 'Only an administrator may invite an administrator.');
      return make('invitation', personId, meetingId);
    },
    async open(token): Promise<LinkView> {
      const { link, person } = await usable(token);
      const title = link.meetingId === null ? null : await deps.meetings.title(link.meetingId);
      return {
        kind: link.kind,
        name: person?.name ?? '',
        email: person?.email ?? null,
        meeting: link.meetingId !== null && title !== null ? { id: link.meetingId, title } : null,
        expiresAt: link.expiresAt,
      };
    },
    async use(input) {
      const { token, password, name, email } = linkUseInput.parse(input);
      const { link, person } = await usable(token);
      if (link.kind === 'first-admin' && name === undefined) throw required('name');
      if ((person === null || person.email === null) && email === undefined) throw required('email');
      const hash = await deps.gate.run(() => deps.passwords.hash(password));
      const effect: LinkEffect =
        person === null
          ? {
              create: {
                id: newId(),
                name: name ?? '',
                title: '',
                organisationId: null,
                category: 'official',
                party: '',
                email: email ?? null,
                isAdmin: true,
                disabled: false,
                password: hash,
                language: 'sv',
                createdAt: clock(),
              },
            }
          : {
              personId: person.id,
              password: hash,
              email: person.email === null ? (email ?? null) : null,
              name: link.kind === 'invitation' ? (name ?? null) : null,
              onlyWithoutAccount: link.kind === 'invitation',
            };
      const result = await store.use(hashToken(token), clock(), effect);
      if (result === 'used') throw linkUsed();
      if (result === 'email-taken')
        throw new Refusal('email-taken', 'Somebody else has this address.', { fields: { email: 'taken' } });
      // Whoever knew the old password was out in the same moment; what is left to do is to close their sockets.
      await deps.sessions.endAll(result.personId).catch(() => {});
      // The link is spent: a disk that stumbles here must not leave its owner outside.
      return deps.sessions.begin(result.personId).catch(() => deps.sessions.begin(result.personId));
    },
  };
}
