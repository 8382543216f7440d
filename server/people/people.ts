/**
 * Why this file exists: the register of people, which belongs to the administrators.
 */
import { personInput, personPatch } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { type HouseAction, mayInHouse } from '#shared/policy.ts';
import { CLOSE } from '#shared/wire.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller, People, Sessions } from '../services.ts';
import { personView } from './person-view.ts';
import type { NewPerson, PeopleStore, PersonRecord } from './ports.ts';

export interface PeopleDeps {
  store: PeopleStore;
  sessions: Pick<Sessions, 'endAll'>;
  relay: Pick<Relay, 'disconnect'>;
  clock: Clock;
}

/** Refuses with `forbidden` what the policy does not allow in the house. */
export function requireInHouse(caller: Caller, action: HouseAction): void {
  if (!mayInHouse({ roles: null, isAdmin: caller.isAdmin, isGuest: caller.isGuest === true }, action))
    throw new Refusal('forbidden', 'Only an administrator may do this.');
}

/** Turns what the store answers into the person or a refusal. */
export function personOrRefusal(
  result: PersonRecord | 'email-taken' | 'no-organisation' | 'last-admin' | 'missing',
): PersonRecord {
  if (typeof result === 'object') return result;
  switch (result) {
    case 'email-taken':
      throw new Refusal('email-taken', 'Somebody else has this address.', { fields: { email: 'taken' } });
    case 'no-organisation':
      throw new Refusal('bad-request', 'There is no such organisation.', { fields: { organisationId: 'missing' } });
    case 'last-admin':
      throw new Refusal('conflict', 'Somebody must remain administrator.', { fields: { isAdmin: 'last-admin' } });
    case 'missing':
      throw notFound();
  }
}

/** A new person from checked input, without an account. */
export function newPerson(input: Parameters<People['create']>[1], at: number): NewPerson {
  return {
    ...personInput.parse(input),
    id: newId(),
    isAdmin: false,
    disabled: false,
    password: null,
    language: 'sv',
    createdAt: at,
  };
}

/** The use cases of the register. */
export function createPeople(deps: PeopleDeps): People {
  return {
    async list(caller) {
      requireInHouse(caller, 'list-people');
      return (await deps.store.list()).map((person) => personView(person, caller.isAdmin));
    },
    async create(caller, input) {
      requireInHouse(caller, 'manage-people');
      return personView(personOrRefusal(await deps.store.create(newPerson(input, deps.clock()))), true);
    },
    async update(caller, personId, patch) {
      requireInHouse(caller, 'manage-people');
      const change = personPatch.parse(patch);
      const before = await deps.store.get(personId);
      // Guests belong to their meeting, not to the register.
      if (before && before.guestOf !== null) throw notFound();
      const after = personOrRefusal(await deps.store.update(personId, change));
      // Their sessions went in the same transaction; what is left to do is to close their sockets.
      if (after.disabled) await deps.sessions.endAll(personId).catch(() => {});
      // Their sockets show others the old name: let them come again.
      else if (before && before.name !== after.name)
        deps.relay.disconnect({ personId }, CLOSE.rightsChanged, 'name changed');
      return personView(after, true);
    },
  };
}
