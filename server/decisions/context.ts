/**
 * Why this file exists: the use cases of decisions see the meeting, the item and the caller in the same way, and tell those
 * who look at an item in the same way.
 */
import { hasItem } from '#shared/agenda.ts';
import { type Agenda, readAgenda } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { MeetingRecord, MeetingStore } from '../meetings/ports.ts';
import { participantIn } from '../meetings/rights.ts';
import type { OrganisationStore } from '../people/ports.ts';
import { notFound } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller } from '../services.ts';
import type { ActionStore, DecisionStore, ItemRecord } from './ports.ts';

export interface DecisionDeps {
  store: DecisionStore;
  actions: ActionStore;
  meetings: Pick<MeetingStore, 'get'>;
  organisations: Pick<OrganisationStore, 'list'>;
  relay: Relay;
  clock: Clock;
}

/** What is told to who looks at the meeting when an item's decisions, or what is to be done under it, have changed. */
export const decisionsTopic = (itemId: Id): string => `decisions:${itemId}`;

/** The shared parts of the use cases of decisions. */
export function createDecisionContext(deps: DecisionDeps) {
  const { store, relay } = deps;
  return {
    ...deps,

    /** `not-found` for everybody who does not take part, and for an item that is not in the agenda. */
    async enter(caller: Caller, meetingId: Id, itemId: Id): Promise<ItemRecord> {
      const found = await store.item(meetingId, itemId);
      if (!found) throw notFound();
      participantIn(found.meeting, caller.personId);
      if (!(await relay.read(roomName({ kind: 'agenda', meetingId }), (doc) => hasItem(doc, itemId)))) throw notFound();
      return found;
    },

    /** The agenda as it is now. */
    agenda: (meeting: MeetingRecord): Promise<Agenda> =>
      relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) => readAgenda(doc, meeting)),

    /** The day it is where the meeting is, YYYY-MM-DD. */
    dateAt: (at: number, timeZone: string): string =>
      new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at),

    /** Whether the item is locked decides both rooms. */
    async reauthorize(meetingId: Id, itemId: Id): Promise<void> {
      await Promise.all(
        (['item', 'proposal'] as const).map((kind) =>
          relay.reauthorize({ room: roomName({ kind, meetingId, itemId }) }),
        ),
      );
    },

    /** Tells those who look at the meeting to ask again. */
    notice(meetingId: Id, itemId: Id): void {
      const agenda = roomName({ kind: 'agenda', meetingId });
      relay.notice(agenda, decisionsTopic(itemId));
      // Whether the item is locked is the meeting's.
      relay.notice(agenda, 'meeting');
    },
  };
}

export type DecisionContext = ReturnType<typeof createDecisionContext>;
