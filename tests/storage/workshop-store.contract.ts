/**
 * Why this file exists: what every keeper of workshops must do, whatever it is made of: one change at a time, whole or not
 * at all, and what is said in groups beside it.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import { withClock } from '#shared/workshop/clock.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import { place } from '#shared/workshop/placing.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { WorkshopLiveStore, WorkshopStore } from '../../server/workshops/ports.ts';
import type { MeetingStores } from './meeting-store.contract.ts';
import { somebody } from './people-store.contract.ts';

export interface WorkshopStores extends MeetingStores {
  workshops: WorkshopStore;
  live: WorkshopLiveStore;
}

export function workshopStoreContract(name: string, make: () => Promise<WorkshopStores>): void {
  describe(`workshops kept by ${name}`, () => {
    let stores: WorkshopStores;
    let personId: string;
    let meetingId: string;
    const itemId = newId();

    const fresh = (): Workshop =>
      newWorkshop({
        meetingId,
        itemId,
        prompts: [{ heading: 'Vad behövs?', help: '', minutes: 0 }],
        groups: 2,
        minutes: 10,
        language: 'sv',
        scribes: [personId],
      });
    const change = (decide: (workshop: Workshop | null) => Workshop | null) =>
      stores.workshops.change(meetingId, itemId, decide);

    beforeEach(async () => {
      stores = await make();
      const person = somebody();
      personId = person.id;
      await stores.people.create(person);
      meetingId = newId();
      await stores.meetings.insert({
        id: meetingId,
        title: 'Vårens samråd',
        body: '',
        registryNumber: '',
        timeZone: 'Europe/Stockholm',
        phase: 'ongoing',
        agendaOpen: true,
        guestsWrite: false,
        cancelledAt: null,
        archivedAt: null,
        currentItemId: null,
        createdAt: 1_000,
        sittings: [],
        noticeNumbers: {},
        participants: [
          {
            personId,
            title: '',
            organisationId: null,
            category: 'official',
            party: '',
            roles: ['chair'],
            absence: '',
            capacity: '',
          },
        ],
      });
    });
    afterEach(() => stores.close());

    it('keeps the whole of it and counts its changes', async () => {
      expect(await stores.workshops.get(meetingId, itemId)).toBeNull();
      const made = fresh();
      const { before, after, meeting } = (await change(() => made)) ?? {};
      expect([before, after, meeting?.id]).toEqual([null, { ...made, version: 1 }, meetingId]);
      const placed = await change((w) => w && place(w, w.currentRoundId, personId, w.rounds[0]?.groups[0]?.id ?? null));
      expect(placed?.after?.version).toBe(2);
      expect(placed?.before).toEqual(after);
      expect(await stores.workshops.get(meetingId, itemId)).toEqual(placed?.after);
      expect(await stores.workshops.ofMeeting(meetingId)).toEqual([placed?.after]);
      expect(await stores.workshops.change(newId(), itemId, () => made)).toBeNull();
    });

    it('changes nothing when the answer is what it was, nor when there is none', async () => {
      await change(() => fresh());
      const same = await change((w) => w);
      expect([same?.after?.version, same?.after]).toEqual([1, same?.before]);
      const wrong = change(() => {
        throw new Error('no');
      });
      await expect(wrong).rejects.toThrow('no');
      const strangers = change((w) => w && place(w, w.currentRoundId, newId(), w.rounds[0]?.groups[0]?.id ?? null));
      await expect(strangers).rejects.toThrow();
      expect((await stores.workshops.get(meetingId, itemId))?.version).toBe(1);
    });

    it('loses none of the changes that are asked for at once', async () => {
      await change(() => fresh());
      const titles = Array.from({ length: 20 }, (_, i) => `Runda ${i}`);
      await Promise.all(
        titles.map((title) =>
          change(
            (w) => w && { ...w, rounds: w.rounds.map((round) => ({ ...round, title: `${round.title}|${title}` })) },
          ),
        ),
      );
      const kept = await stores.workshops.get(meetingId, itemId);
      expect(kept?.version).toBe(21);
      expect(kept?.rounds[0]?.title.split('|').toSorted()).toEqual(['', ...titles].toSorted());
    });

    it('knows those whose clock runs, in meetings that go on', async () => {
      await change(() => fresh());
      expect(await stores.workshops.running()).toEqual([]);
      const started = await change((w) => w && withClock(w, w.currentRoundId, { do: 'start' }, 5_000));
      expect(await stores.workshops.running()).toEqual([started?.after]);
      await stores.meetings.change(meetingId, () => ({ cancelledAt: 6_000 }));
      expect(await stores.workshops.running()).toEqual([]);
      await stores.meetings.change(meetingId, () => ({ cancelledAt: null }));
      await change((w) => w && withClock(w, w.currentRoundId, { do: 'close' }, 7_000));
      expect(await stores.workshops.running()).toEqual([]);
    });

    it('keeps one hand a group and the newest messages, and forgets them with the workshop', async () => {
      const made = (await change(() => fresh()))?.after;
      const id = made?.id ?? '';
      const [one = '', two = ''] = made?.rounds[0]?.groups.map((group) => group.id) ?? [];
      const hand = (groupId: string, at: number) => ({ groupId, personId, at, note: `kl ${at}` });
      expect(await stores.live.raise(id, hand(two, 10))).toBe(true);
      expect(await stores.live.raise(id, hand(one, 20))).toBe(true);
      expect(await stores.live.raise(id, hand(two, 30))).toBe(false);
      expect(await stores.live.hands(id)).toEqual([hand(two, 10), hand(one, 20)]);
      expect(await stores.live.lower(id, two)).toBe(true);
      expect(await stores.live.lower(id, two)).toBe(false);
      const messages = Array.from({ length: 7 }, (_, i) => ({
        id: newId(),
        groupId: i % 2 === 0 ? null : one,
        text: `Nummer ${i}`,
        at: 100,
        personId,
      }));
      for (const message of messages) await stores.live.say(id, message, 5);
      expect(await stores.live.messages(id)).toEqual(messages.slice(2));
      // Every change writes the groups' rows anew: what is said stays.
      await change((w) => w && { ...w, opened: true });
      expect(await stores.live.hands(id)).toHaveLength(1);
      expect((await change(() => null))?.after).toBeNull();
      expect([await stores.live.hands(id), await stores.live.messages(id)]).toEqual([[], []]);
      expect(await stores.workshops.get(meetingId, itemId)).toBeNull();
    });
  });
}
