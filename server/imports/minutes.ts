/**
 * Why this file exists: a protocol's JSON becomes a meeting: header and days, agenda and notes as everybody may go on writing
 * them; what was decided, who was there and who signed stays beside it as a record (shared/imports/record.ts). Only who
 * imports takes part at first: names in a file give nobody rights.
 */
import type { ZodError } from 'zod';
import { addItem, patchItem } from '#shared/agenda.ts';
import { mayHold } from '#shared/agenda-tree.ts';
import type { Sitting } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { MinutesDocument, MinutesItem } from '#shared/minutes/document.ts';
import { minutesFromJson } from '#shared/minutes/schema.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { requireTimeZone } from '../meetings/header.ts';
import type { MeetingRecord, MeetingStore, NewMeeting } from '../meetings/ports.ts';
import { type ComposeDeps, compose } from '../minutes/compose.ts';
import type { MinutesStore } from '../minutes/ports.ts';
import { requireInHouse } from '../people/people.ts';
import type { PeopleStore } from '../people/ports.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Meetings, MinutesImport } from '../services.ts';
import type { ImportedStore } from './ports.ts';
import { writeBlocks } from './write-blocks.ts';

/** The largest file, bytes: some hundred items with long texts. */
export const MAX_MINUTES_BYTES = 4 * 1024 * 1024;
const MOST_ITEMS = 1_000;
const MOST_SITTINGS = 31;

export interface MinutesImportDeps {
  store: ImportedStore;
  meetings: Pick<MeetingStore, 'insert'>;
  show: Meetings['get'];
  settings: Pick<MinutesStore, 'change'>;
  people: Pick<PeopleStore, 'get'>;
  relay: Pick<Relay, 'edit'>;
  compose: ComposeDeps;
  clock: Clock;
}

/** The use case. Refuses with `bad-request` what is not exactly a protocol's file. */
export function createMinutesImport(deps: MinutesImportDeps): MinutesImport {
  const { relay, clock } = deps;
  return {
    require: (caller) => requireInHouse(caller, 'create-meeting'),
    async take(caller, bytes) {
      requireInHouse(caller, 'create-meeting');
      const file = documentOf(bytes);
      requireTimeZone(file.meeting.timeZone);
      const creator = await deps.people.get(caller.personId);
      if (!creator) throw notFound();
      const document = underOurIds(file);
      const meetingId = document.meeting.id;
      const meeting: NewMeeting = {
        id: meetingId,
        title: line(document.header.title, 200) || line(document.header.body, 200) || '–',
        body: line(document.header.body, 120),
        registryNumber: line(document.header.registryNumber, 60),
        timeZone: document.meeting.timeZone,
        phase: 'preparation',
        agendaOpen: false,
        guestsWrite: false,
        cancelledAt: null,
        archivedAt: null,
        currentItemId: null,
        createdAt: clock(),
        sittings: sittingsOf(document),
        // What has been called, decided and cited under a number keeps it.
        noticeNumbers: Object.fromEntries(
          document.items.flatMap(({ id, number }) => (number === '' ? [] : [[id, number]])),
        ),
        participants: [
          {
            personId: creator.id,
            title: creator.title,
            organisationId: creator.organisationId,
            category: creator.category,
            party: creator.party,
            roles: ['secretary'],
            absence: '',
            capacity: '',
          },
        ],
      };
      // The words first, the meeting last: one that can be opened is never half made.
      for (const { id, blocks } of document.items)
        if (blocks.length > 0)
          await relay.edit(roomName({ kind: 'item', meetingId, itemId: id }), creator.id, (doc) =>
            writeBlocks(doc.getXmlFragment(NOTES_FRAGMENT), blocks),
          );
      if (document.items.length > 0)
        await relay.edit(roomName({ kind: 'agenda', meetingId }), creator.id, (doc) =>
          doc.transact(() => {
            for (const { item, parent } of nested(document.items)) {
              addItem(doc, {
                id: item.id,
                title: item.title.slice(0, 300),
                kind: item.kind,
                parent,
                sitting: item.sittingId,
                presenters: item.presenters.map(({ name }) => ({ text: name.slice(0, 200) })),
              });
              if (item.nothingToReport) patchItem(doc, item.id, { outcome: 'nothing-to-report' });
            }
          }),
        );
      const fresh: MeetingRecord = { ...meeting, version: 0, participants: [], locks: [], visits: [] };
      const { full } = await compose(deps.compose, { meeting: fresh, language: document.language }, document.style);
      await deps.store.insert(meetingId, { document, base: full, at: clock(), by: creator.name });
      await deps.meetings.insert(meeting);
      await deps.settings.change(meetingId, (setting) => ({ ...setting, style: document.style }));
      return deps.show(caller, meetingId);
    },
  };
}

const line = (text: string, most: number): string => text.replace(/\s+/g, ' ').trim().slice(0, most);

function documentOf(bytes: Uint8Array): MinutesDocument {
  const wrong = (fault: string) =>
    new Refusal('bad-request', 'The file is not a protocol.', { fields: { file: fault } });
  let document: MinutesDocument;
  try {
    document = minutesFromJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const [issue] = (error as Partial<ZodError>).issues ?? [];
    // A version of tomorrow is worth another word than a photograph.
    throw wrong(issue?.path[0] === 'version' ? 'version' : 'not-minutes');
  }
  if (document.items.length > MOST_ITEMS || document.header.sittings.length > MOST_SITTINGS) throw wrong('too-many');
  return document;
}

/** The same document under ids of its own: the meeting it came from may be in this very house. */
function underOurIds(file: MinutesDocument): MinutesDocument {
  const days = new Map(file.header.sittings.map(({ id }) => [id, newId()]));
  return {
    ...file,
    meeting: { ...file.meeting, id: newId() },
    header: {
      ...file.header,
      sittings: file.header.sittings.map((one) => ({ ...one, id: days.get(one.id) ?? newId() })),
    },
    items: file.items.map((item) => ({ ...item, id: newId(), sittingId: days.get(item.sittingId) ?? '' })),
  };
}

function sittingsOf({ header }: MinutesDocument): Sitting[] {
  return header.sittings.map(({ id, date, start, end, place }) => ({
    id,
    date,
    start,
    // A day that ends where it begins is none the house can show; its words stand in the record.
    end: end > start ? end : '23:59',
    venue: line(place || header.place, 120),
    room: '',
    address: '',
    link: '',
  }));
}

/** Which item each stands in, by its level and what the agenda lets stand where. */
function nested(items: readonly MinutesItem[]): { item: MinutesItem; parent: Id | '' }[] {
  const above: MinutesItem[] = [];
  return items.map((item, n) => {
    above.length = Math.min(above.length, item.level);
    const deeper = (items[n + 1]?.level ?? 0) > item.level;
    while (above.length > 0) {
      const holder = above.at(-1) as MinutesItem;
      const holderKind = above.at(-2)?.kind ?? null;
      if (mayHold({ kind: holder.kind, holderKind }, item.kind, deeper)) break;
      above.pop();
    }
    const parent = above.at(-1)?.id ?? '';
    above.push(item);
    return { item, parent };
  });
}
