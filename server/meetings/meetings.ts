/**
 * Why this file exists: the life of a meeting: it is made, led through its phases, copied, cancelled, put away.
 */
import { readItem, readItems } from '#shared/agenda.ts';
import { readAgenda } from '#shared/agenda-tree.ts';
import { type MeetingSummary, meetingInput, meetingPatch, phaseInput } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import { nextPhases } from '#shared/policy.ts';
import { roomName, roomsOf } from '#shared/rooms.ts';
import { requireInHouse } from '../people/people.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Meetings } from '../services.ts';
import { copyAgenda } from './agenda-copy.ts';
import { createContext, type MeetingContext, type MeetingDeps } from './context.ts';
import { checkedSittings, requireTimeZone } from './header.ts';
import { endVisit, itemUseCases } from './items.ts';
import { participantUseCases } from './participants.ts';
import type { MeetingRecord, NewMeeting } from './ports.ts';
import { requireIn } from './rights.ts';
import { seedAgenda } from './templates.ts';

function herePeople(context: MeetingContext, meetingId: Id): number {
  return new Set(roomsOf(meetingId).flatMap((rooms) => [...context.relay.present(rooms)])).size;
}

async function currentItem(context: MeetingContext, meeting: MeetingRecord): Promise<MeetingSummary['currentItem']> {
  const id = meeting.currentItemId;
  if (id === null) return null;
  return context.relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) => {
    const item = readItem(doc, id);
    return item && { id, number: readAgenda(doc, meeting).byId.get(id)?.number ?? '', title: item.title };
  });
}

async function summary(context: MeetingContext, meeting: MeetingRecord, personId: Id): Promise<MeetingSummary> {
  return {
    id: meeting.id,
    title: meeting.title,
    body: meeting.body,
    phase: meeting.phase,
    cancelledAt: meeting.cancelledAt,
    archivedAt: meeting.archivedAt,
    timeZone: meeting.timeZone,
    sittings: [...meeting.sittings],
    myRoles: meeting.participants.find((p) => p.personId === personId)?.roles ?? [],
    hereNow: herePeople(context, meeting.id),
    currentItem: await currentItem(context, meeting),
  };
}

/** The use cases of meetings. */
export function createMeetings(deps: MeetingDeps): Meetings {
  const context = createContext(deps);
  const { store, relay, clock } = context;

  const stored = async (id: Id): Promise<MeetingRecord> => {
    const meeting = await store.get(id);
    if (!meeting) throw notFound();
    return meeting;
  };

  return {
    ...participantUseCases(context),
    ...itemUseCases(context),

    async mine(caller) {
      const meetings = await store.ofPerson(caller.personId);
      return Promise.all(meetings.map((meeting) => summary(context, meeting, caller.personId)));
    },
    async get(caller, meetingId) {
      return context.view(await context.read(caller, meetingId), caller.personId);
    },
    async create(caller, raw) {
      requireInHouse(caller, 'create-meeting');
      const input = meetingInput.parse(raw);
      requireTimeZone(input.timeZone);
      const sittings = checkedSittings(input.sittings);
      const creator = await context.people.get(caller.personId);
      if (!creator) throw notFound();
      const meeting: NewMeeting = {
        id: newId(),
        title: input.title,
        body: input.body,
        registryNumber: input.registryNumber,
        timeZone: input.timeZone,
        phase: 'preparation',
        // A formal meeting's agenda belongs to those who call it; the others are made together.
        agendaOpen: input.template !== 'session',
        guestsWrite: false,
        cancelledAt: null,
        archivedAt: null,
        currentItemId: null,
        createdAt: clock(),
        sittings,
        noticeNumbers: {},
        participants: [
          {
            personId: creator.id,
            title: creator.title,
            organisationId: creator.organisationId,
            category: creator.category,
            party: creator.party,
            roles: ['secretary', 'facilitator'],
            absence: '',
            capacity: '',
          },
        ],
      };
      // The words first: a meeting that can be opened is never half made.
      const ids = sittings.map((sitting) => sitting.id);
      if (input.template !== 'blank')
        await relay.edit(roomName({ kind: 'agenda', meetingId: meeting.id }), creator.id, (doc) =>
          seedAgenda(doc, input.template, input.language, ids),
        );
      await store.insert(meeting);
      return context.view(await stored(meeting.id), caller.personId);
    },
    async update(caller, meetingId, raw) {
      const patch = meetingPatch.parse(raw);
      if (patch.timeZone !== undefined) requireTimeZone(patch.timeZone);
      const { sittings, ...rest } = patch;
      const change = sittings === undefined ? rest : { ...rest, sittings: checkedSittings(sittings) };
      const affected = patch.agendaOpen === undefined && patch.guestsWrite === undefined ? 'nobody' : 'everybody';
      const { after } = await context.change(caller, meetingId, 'edit-header', affected, () => change);
      return context.view(after, caller.personId);
    },
    async changePhase(caller, meetingId, raw) {
      const { phase, version } = phaseInput.parse(raw);
      if (phase === 'verified') {
        requireIn(await context.read(caller, meetingId), caller.personId, 'change-phase');
        if (await deps.signing?.(meetingId))
          throw new Refusal('not-allowed-now', 'The protocol is being signed: it is verified by sealing it.', {
            fields: { phase: 'signing' },
          });
      }
      const { before, after } = await context.change(caller, meetingId, 'change-phase', 'everybody', (meeting) => {
        if (meeting.version !== version)
          throw new Refusal('conflict', 'Somebody has changed the meeting meanwhile; reload and try again.');
        if (!nextPhases(meeting.phase).includes(phase))
          throw new Refusal('not-allowed-now', 'The meeting cannot go from its phase to this one.');
        // Time runs only while the meeting does.
        return { phase, currentItemId: null, visits: endVisit(meeting.visits, clock()) };
      });
      // Now that the old phase's rights are gone, its texts are final.
      await context.keeper.phaseEnded(meetingId, before.phase, caller.personId);
      return context.view(after, caller.personId);
    },
    async copy(caller, meetingId, title) {
      const source = await context.read(caller, meetingId);
      requireIn(source, caller.personId, 'copy');
      const days = new Map(source.sittings.map((sitting) => [sitting.id, newId()]));
      const meeting: NewMeeting = {
        ...source,
        id: newId(),
        title: title ?? source.title,
        registryNumber: '',
        phase: 'preparation',
        cancelledAt: null,
        archivedAt: null,
        currentItemId: null,
        createdAt: clock(),
        noticeNumbers: {},
        sittings: source.sittings.map((sitting) => ({ ...sitting, id: days.get(sitting.id) ?? newId() })),
        // What somebody could not attend belonged to the old days.
        // Guests and the projector came to that meeting alone.
        participants: source.participants
          .filter((p) => !p.roles.includes('guest') && !p.roles.includes('screen'))
          .map((p) => ({ ...p, absence: '' })),
      };
      const items = await relay.read(roomName({ kind: 'agenda', meetingId }), readItems);
      if (items.length > 0)
        await relay.edit(roomName({ kind: 'agenda', meetingId: meeting.id }), caller.personId, (doc) =>
          copyAgenda(doc, items, days),
        );
      await store.insert(meeting);
      return context.view(await stored(meeting.id), caller.personId);
    },
    async setCancelled(caller, meetingId, cancelled) {
      const { after } = await context.change(caller, meetingId, 'cancel', 'everybody', (meeting) =>
        cancelled
          ? {
              cancelledAt: meeting.cancelledAt ?? clock(),
              currentItemId: null,
              visits: endVisit(meeting.visits, clock()),
            }
          : { cancelledAt: null },
      );
      return context.view(after, caller.personId);
    },
    async setArchived(caller, meetingId, archived) {
      const { after } = await context.change(caller, meetingId, 'archive', 'everybody', (meeting) =>
        archived
          ? {
              archivedAt: meeting.archivedAt ?? clock(),
              currentItemId: null,
              visits: endVisit(meeting.visits, clock()),
            }
          : { archivedAt: null },
      );
      return context.view(after, caller.personId);
    },
  };
}

/** What invitation links need to know of meetings. */
export function createInvitations(store: Pick<MeetingDeps, 'store'>['store']) {
  return {
    async requireInvitable(caller: { personId: Id }, meetingId: Id, personId: Id): Promise<void> {
      const meeting = await store.get(meetingId);
      if (!meeting) throw notFound();
      requireIn(meeting, caller.personId, 'invite');
      if (!meeting.participants.some((p) => p.personId === personId)) throw notFound();
    },
    async title(meetingId: Id): Promise<string | null> {
      return (await store.get(meetingId))?.title ?? null;
    },
  };
}
