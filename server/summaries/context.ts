/**
 * Why this file exists: the use cases of shared summaries see the meeting, the workshop, the caller and the caller's
 * right in the same way, and read the text that is being written in the same way.
 */
import * as Y from 'yjs';
import { readItem } from '#shared/agenda.ts';
import type { Id } from '#shared/ids.ts';
import { type AccessDecision, type Actor, type SummaryFacts, summaryAccess } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { readSections, type Section, type Source, type SummaryDocument, sourcesIn } from '#shared/summary/document.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import { stateOf } from '../meetings/rights.ts';
import type { PeopleStore } from '../people/ports.ts';
import { notFound } from '../refusal.ts';
import type { Relay } from '../relay/ports.ts';
import type { Caller } from '../services.ts';
import type { WorkshopContext } from '../workshops/context.ts';
import type { SummaryStore } from './ports.ts';
import { mayReadGroup, sourcesOf } from './sources.ts';

export interface SummaryDeps {
  store: SummaryStore;
  workshops: WorkshopContext;
  people: Pick<PeopleStore, 'get'>;
  /** What a summary says where it points at an attachment of its meeting; by default nothing. */
  attachmentLabels?(meetingId: Id): Promise<(attachmentId: Id | '') => string>;
}

/** Who asks about which summary, and what they may. */
export interface Reader {
  meeting: MeetingRecord;
  workshop: Workshop;
  me: ParticipantView;
  actor: Actor;
  facts: SummaryFacts;
  /** To the text that is being written; `null` for somebody to whom it does not exist. */
  right: AccessDecision | null;
}

/** A summary's room at one moment. */
export interface RoomState {
  /** The whole document, an update (Yjs V1). */
  state: Uint8Array;
  /** client id → how many clocks of it are here. */
  vector: Map<number, number>;
  sections: Section[];
}

/** What is told to who looks at the meeting when a summary or its comments have changed: ask again for that one. */
export const summaryTopic = (itemId: Id): string => `summary:${itemId}`;

/** As a participant of a meeting with a workshop; for use within a transaction too. */
export function readerOf(meeting: MeetingRecord, workshop: Workshop, me: ParticipantView): Reader {
  const { summary } = workshop;
  const actor: Actor = { roles: me.roles, isAdmin: false };
  const facts = {
    final: summary.status === 'final',
    scribe: summary.scribes.includes(me.personId),
    comments: summary.comments,
  };
  return { meeting, workshop, me, actor, facts, right: summaryAccess(actor, stateOf(meeting), facts) };
}

/** The shared parts of the summaries' use cases. */
export function createSummaryContext(deps: SummaryDeps) {
  const { relay } = deps.workshops;
  const sources = {
    relay,
    nameOf: async (personId: Id) => (await deps.people.get(personId))?.name ?? null,
  };

  return {
    ...deps,
    relay,
    clock: deps.workshops.clock,

    /** `not-found` for everybody who does not take part, and where there is no workshop. */
    async enter(caller: Caller, meetingId: Id, itemId: Id): Promise<Reader> {
      const { meeting, workshop, me } = await deps.workshops.read(caller, meetingId, itemId);
      return readerOf(meeting, workshop, me);
    },

    /** As {@link enter}, for what only those may know who read the text as it is being written. */
    async enterRoom(caller: Caller, meetingId: Id, itemId: Id): Promise<Reader> {
      const reader = await this.enter(caller, meetingId, itemId);
      if (reader.right === null || reader.right.access === 'none') throw notFound();
      return reader;
    },

    /** The room with everything that has been accepted in it, and nothing that has not. */
    async roomState(workshop: Workshop): Promise<RoomState> {
      const { meetingId, itemId, prompts } = workshop;
      const attachment = (await deps.attachmentLabels?.(meetingId)) ?? (() => '');
      const references = { mention: (_: Id | '', label: string) => `@${label}`, attachment };
      return readRoom(relay, roomName({ kind: 'summary', meetingId, itemId }), (doc) =>
        readSections(doc, prompts, references),
      );
    },

    /** What the blocks of a text came from, as it is now. */
    sources: (workshop: Workshop, sections: readonly Section[]): Promise<Source[]> =>
      sourcesOf(sources, workshop, sourcesIn(sections)),

    /** The contributions as this reader may see them: of groups that are closed to them, only that there is one. */
    shown: ({ meeting, workshop, me }: Reader, all: readonly Source[]) =>
      all.map((source) => {
        const mayRead = mayReadGroup(meeting, workshop, me, source.groupId);
        return mayRead ? { ...source, mayRead } : { ...source, mayRead, text: '', authors: [] };
      }),

    async about({
      meeting,
      workshop,
    }: Pick<Reader, 'meeting' | 'workshop'>): Promise<Pick<SummaryDocument, 'meeting' | 'item'>> {
      const agenda = roomName({ kind: 'agenda', meetingId: meeting.id });
      const item = await relay.read(agenda, (doc) => readItem(doc, workshop.itemId));
      const { id, title, body, timeZone } = meeting;
      return { meeting: { id, title, body, timeZone }, item: { id: workshop.itemId, title: item?.title ?? '' } };
    },

    /** Tells those who look at the meeting to ask again. */
    notice(meetingId: Id, itemId: Id): void {
      relay.notice(roomName({ kind: 'agenda', meetingId }), summaryTopic(itemId));
    },
  };
}

export type SummaryContext = ReturnType<typeof createSummaryContext>;

function readRoom(relay: Pick<Relay, 'read'>, room: string, sections: (doc: Y.Doc) => Section[]): Promise<RoomState> {
  return relay.read(room, (doc) => {
    const state = Y.encodeStateAsUpdate(doc);
    return { state, vector: Y.decodeStateVector(Y.encodeStateVector(doc)), sections: sections(doc) };
  });
}
