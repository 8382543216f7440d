/** Why this file exists: what the use cases of workshops share, apart from what they do. */
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn } from '../meetings/rights.ts';
import type { PeopleStore } from '../people/ports.ts';
import { Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import type { WorkshopContext } from './context.ts';
import type { WorkshopLiveStore } from './ports.ts';
import { createSeeding, type Seeding } from './seeding.ts';
import { workshopView } from './view.ts';

export interface WorkshopCases extends WorkshopContext {
  live: WorkshopLiveStore;
  people: PeopleStore;
  seeding: Seeding;
  /** The workshop as the caller sees it; the answer of every change. */
  answer(caller: Caller, meeting: MeetingRecord, workshop: Workshop): Promise<WorkshopView>;
}

/** The use cases' shared parts, over a context. */
export function createCases(context: WorkshopContext, live: WorkshopLiveStore, people: PeopleStore): WorkshopCases {
  return {
    ...context,
    live,
    people,
    seeding: createSeeding(context),
    async answer(caller, meeting, workshop) {
      const [hands, messages] = await Promise.all([live.hands(workshop.id), live.messages(workshop.id)]);
      const me = participantIn(meeting, caller.personId);
      return workshopView(workshop, meeting, me, { hands, messages, now: context.clock() });
    },
  };
}

/** Whether somebody takes part in the meeting as a person. */
export function isHere(meeting: Pick<MeetingRecord, 'participants'>): (personId: Id) => boolean {
  const people = meeting.participants.filter(({ roles }) => !roles.includes('screen'));
  const known = new Set(people.map(({ personId }) => personId));
  return (personId) => known.has(personId);
}

/** Throws unless all of these take part in the meeting as people. */
export function requireParticipants(meeting: MeetingRecord, people: readonly Id[], field: string): void {
  if (people.every(isHere(meeting))) return;
  throw new Refusal('conflict', 'Somebody does not take part in the meeting.', {
    fields: { [field]: 'not-participant' },
  });
}
