/**
 * Why this file exists: what every keeper of people, organisations and links must do, whatever it is made of.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { LinkRecord, LinkStore, NewPerson, OrganisationStore, PeopleStore } from '../../server/people/ports.ts';

export interface RegisterStores {
  people: PeopleStore;
  organisations: OrganisationStore;
  links: LinkStore;
  close(): Promise<void>;
}

export function somebody(change: Partial<NewPerson> = {}): NewPerson {
  return {
    id: newId(),
    name: 'Maj Lind',
    title: 'kommundirektör',
    organisationId: null,
    category: 'official',
    party: '',
    email: null,
    isAdmin: false,
    disabled: false,
    password: null,
    language: 'sv',
    createdAt: 1_000,
    ...change,
  };
}

function link(change: Partial<LinkRecord> = {}): LinkRecord {
  return {
    tokenHash: newId(),
    kind: 'password',
    personId: null,
    meetingId: null,
    expiresAt: 5_000,
    createdAt: 1_000,
    usedAt: null,
    ...change,
  };
}

export function registerStoreContract(name: string, make: () => Promise<RegisterStores>): void {
  describe(`registers kept by ${name}`, () => {
    let stores: RegisterStores;
    beforeEach(async () => {
      stores = await make();
    });
    afterEach(() => stores.close());

    it('gives back what it was given, and deals colours in order, twelve and then again', async () => {
      const person = somebody({ email: 'maj@exempel.se', party: 'C', category: 'elected' });
      const made = await stores.people.create(person);
      expect(made).toEqual({ ...person, colour: 0, guestOf: null, claimedBy: null });
      expect(await stores.people.get(person.id)).toEqual(made);
      expect(await stores.people.byEmail('maj@exempel.se')).toEqual(made);
      const colours: unknown[] = [];
      for (let i = 0; i < 12; i += 1) {
        const next = await stores.people.create(somebody());
        colours.push(typeof next === 'object' && next.colour);
      }
      expect(colours).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0]);
    });

    it('allows one name twice and one address once', async () => {
      const first = somebody({ email: 'a@exempel.se' });
      await stores.people.create(first);
      expect(await stores.people.create(somebody({ email: 'a@exempel.se' }))).toBe('email-taken');
      const second = somebody({ email: 'b@exempel.se' });
      expect(await stores.people.create(second)).toMatchObject({ name: first.name });
      expect(await stores.people.update(second.id, { email: 'a@exempel.se' })).toBe('email-taken');
      expect(await stores.people.update(second.id, { email: 'b@exempel.se', name: 'Ny' })).toMatchObject({
        name: 'Ny',
      });
      expect(await stores.people.list()).toHaveLength(2);
    });

    it('refuses an organisation that is not there', async () => {
      expect(await stores.people.create(somebody({ organisationId: newId() }))).toBe('no-organisation');
      const person = somebody();
      await stores.people.create(person);
      expect(await stores.people.update(person.id, { organisationId: newId() })).toBe('no-organisation');
      expect(await stores.people.update(newId(), { name: 'x' })).toBe('missing');
    });

    it('keeps the last administrator who may sign in', async () => {
      const admin = somebody({ isAdmin: true });
      await stores.people.create(admin);
      expect(await stores.people.update(admin.id, { isAdmin: false })).toBe('last-admin');
      expect(await stores.people.update(admin.id, { disabled: true })).toBe('last-admin');
      expect(await stores.people.get(admin.id)).toMatchObject({ isAdmin: true, disabled: false });
      const other = somebody({ isAdmin: true });
      await stores.people.create(other);
      expect(await stores.people.update(admin.id, { isAdmin: false })).toMatchObject({ isAdmin: false });
      expect(await stores.people.hasAdministrator()).toBe(true);
    });

    it('keeps organisations in one order and short names apart regardless of case', async () => {
      const ids = [newId(), newId(), newId()] as const;
      for (const [i, id] of ids.entries())
        await stores.organisations.create({ id, name: `Kommun ${i}`, shortName: `K${i}`, seats: i });
      expect(await stores.organisations.create({ id: newId(), name: 'x', shortName: 'k1', seats: 0 })).toBe(
        'name-taken',
      );
      expect(await stores.organisations.update(ids[0], { shortName: 'k2' })).toBe('name-taken');
      expect(await stores.organisations.update(ids[1], { shortName: 'k1' })).toMatchObject({ shortName: 'k1' });
      expect(await stores.organisations.update(newId(), { name: 'x' })).toBe('missing');
      const order = [ids[2], ids[0], ids[1]];
      expect(await stores.organisations.reorder(order)).toBe(true);
      expect((await stores.organisations.list()).map((o) => [o.id, o.position])).toEqual(order.map((id, i) => [id, i]));
      for (const wrong of [[ids[0]], [ids[0], ids[0], ids[1]], [...order, newId()], [ids[0], ids[1], newId()]])
        expect(await stores.organisations.reorder(wrong)).toBe(false);
      expect((await stores.organisations.list()).map((o) => o.id)).toEqual(order);
    });

    describe('one-time links', () => {
      const effect = (personId: string) => ({
        personId,
        password: 'hash',
        email: null,
        name: null,
        onlyWithoutAccount: false,
      });

      it('work once, even when twenty try at the same moment', async () => {
        const person = somebody();
        await stores.people.create(person);
        const one = link({ personId: person.id });
        await stores.links.put(one, false);
        expect(await stores.links.get(one.tokenHash)).toEqual(one);
        const results = await Promise.all(
          Array.from({ length: 20 }, () => stores.links.use(one.tokenHash, 2_000, effect(person.id))),
        );
        expect(results.filter((result) => typeof result === 'object')).toEqual([{ personId: person.id }]);
        expect(results.filter((result) => result === 'used')).toHaveLength(19);
        expect(await stores.people.get(person.id)).toMatchObject({ password: 'hash' });
      });

      it('do not work when unknown, too old or replaced, and the others of a person die with the one used', async () => {
        const person = somebody();
        await stores.people.create(person);
        const [old, first, second, other] = [
          link({ personId: person.id, expiresAt: 2_000, kind: 'invitation' }),
          link({ personId: person.id }),
          link({ personId: person.id }),
          link({ personId: person.id, kind: 'invitation' }),
        ];
        await stores.links.put(old, false);
        await stores.links.put(first, true);
        await stores.links.put(second, true);
        await stores.links.put(other, false);
        expect(await stores.links.use('nothing', 2_000, effect(person.id))).toBe('used');
        expect(await stores.links.use(old.tokenHash, 2_000, effect(person.id))).toBe('used');
        expect(await stores.links.get(first.tokenHash)).toBeNull();
        expect(await stores.links.use(second.tokenHash, 2_000, effect(person.id))).toEqual({ personId: person.id });
        expect(await stores.links.use(other.tokenHash, 2_000, effect(person.id))).toBe('used');
      });

      it('stay unused when what they should do cannot be done', async () => {
        await stores.people.create(somebody({ email: 'a@exempel.se' }));
        const person = somebody();
        await stores.people.create(person);
        const one = link({ personId: person.id, kind: 'invitation' });
        await stores.links.put(one, false);
        const wrong = { ...effect(person.id), email: 'a@exempel.se', onlyWithoutAccount: true };
        expect(await stores.links.use(one.tokenHash, 2_000, wrong)).toBe('email-taken');
        expect(await stores.people.get(person.id)).toMatchObject({ password: null, email: null });
        const right = { ...wrong, email: 'b@exempel.se', name: 'Bo' };
        expect(await stores.links.use(one.tokenHash, 2_000, right)).toEqual({ personId: person.id });
        expect(await stores.people.get(person.id)).toMatchObject({
          password: 'hash',
          email: 'b@exempel.se',
          name: 'Bo',
        });
      });

      it('never take an account over by invitation, and make one first administrator only', async () => {
        const person = somebody({ password: 'own' });
        await stores.people.create(person);
        const invitation = link({ personId: person.id, kind: 'invitation' });
        await stores.links.put(invitation, false);
        expect(
          await stores.links.use(invitation.tokenHash, 2_000, { ...effect(person.id), onlyWithoutAccount: true }),
        ).toBe('used');
        const [a, b] = [link({ kind: 'first-admin' }), link({ kind: 'first-admin' })];
        await stores.links.put(a, false);
        await stores.links.put(b, false);
        const admin = () => ({ create: somebody({ isAdmin: true, password: 'hash' }) });
        const results = await Promise.all([
          stores.links.use(a.tokenHash, 2_000, admin()),
          stores.links.use(b.tokenHash, 2_000, admin()),
        ]);
        expect(results.filter((result) => result === 'used')).toHaveLength(1);
        expect((await stores.people.list()).filter((p) => p.isAdmin)).toHaveLength(1);
      });
    });
  });
}
