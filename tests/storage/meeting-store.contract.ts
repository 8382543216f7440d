/**
 * Why this file exists: what every keeper of meetings must do, whatever it is made of.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { MeetingStore, NewMeeting, ParticipantRecord } from '../../server/meetings/ports.ts';
import { type RegisterStores, somebody } from './people-store.contract.ts';

export interface MeetingStores extends RegisterStores {
  meetings: MeetingStore;
}

export function meetingStoreContract(name: string, make: () => Promise<MeetingStores>): void {
  describe(`meetings kept by ${name}`, () => {
    let stores: MeetingStores;
    let person: ReturnType<typeof somebody>;
    let organisationId: string;

    const participant = (personId: string, change: Partial<ParticipantRecord> = {}): ParticipantRecord => ({
      personId,
      title: 'direktör',
      organisationId,
      category: 'official',
      party: '',
      roles: ['chair', 'member'],
      absence: 'dag 2',
      capacity: 'I tjänsten',
      ...change,
    });
    const meeting = (change: Partial<NewMeeting> = {}): NewMeeting => ({
      id: newId(),
      title: 'Vårens samråd',
      body: 'Nordälvens samråd',
      registryNumber: 'S 12/26',
      timeZone: 'Europe/Stockholm',
      phase: 'preparation',
      agendaOpen: true,
      guestsWrite: false,
      cancelledAt: null,
      archivedAt: null,
      currentItemId: null,
      createdAt: 1_000,
      sittings: ['2026-05-05', '2026-05-04'].map((date) => ({
        id: newId(),
        date,
        start: '08:30',
        end: '17:00',
        venue: 'Folkets hus',
        room: 'Stora salen',
        address: 'Torget 1',
        link: 'https://exempel.se/rum',
      })),
      noticeNumbers: { i0000000000000000001: '4a' },
      participants: [participant(person.id)],
      ...change,
    });

    beforeEach(async () => {
      stores = await make();
      person = somebody();
      organisationId = newId();
      await stores.organisations.create({ id: organisationId, name: 'Älvkommun', shortName: 'ÄLV', seats: 3 });
      await stores.people.create(person);
    });
    afterEach(() => stores.close());

    it('gives back what it was given, lists in their order, with the names of the register', async () => {
      const one = meeting();
      await stores.meetings.insert(one);
      expect(await stores.meetings.get(one.id)).toEqual({
        ...one,
        version: 1,
        participants: [
          {
            ...participant(person.id),
            name: person.name,
            colour: 0,
            hasAccount: false,
            isAdmin: false,
            disabled: false,
            isGuest: false,
          },
        ],
        locks: [],
        visits: [],
      });
      expect(await stores.meetings.get(newId())).toBeNull();
    });

    it('finds the meetings of a person, newest first, and no others', async () => {
      const other = somebody();
      await stores.people.create(other);
      const [a, b, c] = [
        meeting({ createdAt: 1 }),
        meeting({ createdAt: 3 }),
        meeting({ createdAt: 2, participants: [participant(other.id)] }),
      ];
      for (const one of [a, b, c]) await stores.meetings.insert(one);
      expect((await stores.meetings.ofPerson(person.id)).map((m) => m.id)).toEqual([b.id, a.id]);
      expect((await stores.meetings.ofPerson(other.id)).map((m) => m.id)).toEqual([c.id]);
    });

    it('changes what is named, keeps the rest and raises the version', async () => {
      const one = meeting();
      await stores.meetings.insert(one);
      const item = newId();
      const result = await stores.meetings.change(one.id, (m) => ({
        title: 'Ny titel',
        currentItemId: item,
        sittings: m.sittings.slice(1),
        locks: [{ itemId: item, at: 5, by: 'Maj', reason: 'klar', decided: true }],
        visits: [
          { itemId: item, from: 1, to: 2 },
          { itemId: item, from: 3, to: null },
        ],
      }));
      expect(result?.before).toMatchObject({ title: one.title, version: 1 });
      const after = await stores.meetings.get(one.id);
      expect(after).toEqual(result?.after);
      expect(after).toMatchObject({
        title: 'Ny titel',
        body: one.body,
        version: 2,
        currentItemId: item,
        sittings: one.sittings.slice(1),
        locks: [{ itemId: item, at: 5, by: 'Maj', reason: 'klar' }],
        visits: [
          { itemId: item, from: 1, to: 2 },
          { itemId: item, from: 3, to: null },
        ],
      });
      expect(await stores.meetings.change(newId(), () => ({}))).toBeNull();
    });

    it('changes nothing when the decision throws or a part cannot be written', async () => {
      const one = meeting();
      await stores.meetings.insert(one);
      const before = await stores.meetings.get(one.id);
      await expect(
        stores.meetings.change(one.id, () => {
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      await expect(
        stores.meetings.change(one.id, () => ({ title: 'x', participants: [participant(newId())] })),
      ).rejects.toThrow();
      await expect(
        stores.meetings.change(one.id, () => ({
          visits: [
            { itemId: newId(), from: 1, to: null },
            { itemId: newId(), from: 1, to: null },
          ],
        })),
      ).rejects.toThrow();
      expect(await stores.meetings.get(one.id)).toEqual(before);
    });

    it('decides one change after the other: of thirty who saw the same version one is first', async () => {
      const one = meeting();
      await stores.meetings.insert(one);
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) =>
          stores.meetings.change(one.id, (m) => {
            if (m.version !== 1) throw new Error('late');
            return { title: `nr ${i}` };
          }),
        ),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      expect(await stores.meetings.get(one.id)).toMatchObject({ version: 2 });
    });
  });
}
