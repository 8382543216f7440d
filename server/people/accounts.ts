/**
 * Why this file exists: signing in and one's own settings. Nothing here tells whether an address has an account: the
 * answer, the work and the throttle are the same.
 */
import { accountPatch, changePasswordInput, signInInput } from '#shared/api.ts';
import { CLOSE } from '#shared/wire.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Relay } from '../relay/ports.ts';
import type { Accounts, Caller, Sessions } from '../services.ts';
import type { Gate } from './gate.ts';
import type { Passwords } from './passwords.ts';
import { personOrRefusal } from './people.ts';
import { personView } from './person-view.ts';
import type { PeopleStore, PersonRecord } from './ports.ts';
import type { Throttle } from './throttle.ts';

export interface AccountsDeps {
  store: PeopleStore;
  sessions: Sessions;
  passwords: Passwords;
  throttle: Throttle;
  gate: Gate;
  relay: Pick<Relay, 'disconnect'>;
  /** Waits milliseconds; a parameter so that tests need not. */
  wait(ms: number): Promise<void>;
}

function wrongPassword(): Refusal {
  return new Refusal('wrong-password', 'The address or the password is wrong.');
}

/** The use cases around one's own account. */
export function createAccounts(deps: AccountsDeps): Accounts {
  const { store, sessions, passwords, throttle, gate } = deps;

  /** Checks a password under the throttle; the count is looked at when the work starts, so a crowd cannot pass it. */
  async function verify(person: PersonRecord | null, key: string, password: string, address: string): Promise<void> {
    throttle.check(key, address);
    const delay = throttle.delay();
    if (delay > 0) await deps.wait(delay);
    await gate.run(async () => {
      throttle.check(key, address);
      const right = await passwords.verify(person?.password ?? null, password);
      if (!right || !person || person.disabled) {
        throttle.failed(key, address);
        throw wrongPassword();
      }
      throttle.succeeded(key, address);
    });
  }

  async function self(caller: Caller): Promise<PersonRecord> {
    const person = await store.get(caller.personId);
    if (!person) throw notFound();
    return person;
  }

  const accounts: Accounts = {
    async view(caller) {
      const person = await self(caller);
      return {
        person: personView(person, true),
        language: person.language,
        otherSessions: await sessions.others(caller),
        guestOf: person.guestOf,
      };
    },
    async signIn(input, address) {
      const { email, password } = signInInput.parse(input);
      const key = email.trim().toLowerCase();
      const person = await store.byEmail(key);
      await verify(person, key, password, address);
      if (!person) throw wrongPassword();
      return sessions.begin(person.id);
    },
    async changePassword(caller, input, address) {
      const { current, next } = changePasswordInput.parse(input);
      const person = await self(caller);
      await verify(person, `own ${person.id}`, current, address);
      const hash = await gate.run(() => passwords.hash(next));
      personOrRefusal(await store.update(person.id, { password: hash }));
      await sessions.endAll(person.id, caller.sessionId);
    },
    async update(caller, patch) {
      const change = accountPatch.parse(patch);
      const before = await self(caller);
      const after = personOrRefusal(await store.update(caller.personId, change));
      // Their sockets show others the old name: let them come again.
      if (before.name !== after.name)
        deps.relay.disconnect({ personId: caller.personId }, CLOSE.rightsChanged, 'name changed');
      return accounts.view(caller);
    },
  };
  return accounts;
}
