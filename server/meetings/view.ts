/**
 * Why this file exists: a stored meeting as one of its participants sees it over HTTP.
 */
import type { ItemState, Meeting, Organisation } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from './ports.ts';

function itemStates(meeting: MeetingRecord): ItemState[] {
  const states = new Map<Id, ItemState>();
  const of = (itemId: Id): ItemState => {
    const state = states.get(itemId) ?? { itemId, locked: null, visits: [] };
    states.set(itemId, state);
    return state;
  };
  for (const { itemId, at, by, reason, decided } of meeting.locks) of(itemId).locked = { at, by, reason, decided };
  for (const { itemId, from, to } of meeting.visits) of(itemId).visits.push({ from, to });
  return [...states.values()];
}

/** Everything the meeting's page needs beside the words, which are in the rooms. */
export function meetingView(
  meeting: MeetingRecord,
  organisations: Organisation[],
  personId: Id,
  imported: Meeting['imported'],
): Meeting {
  const myRoles = meeting.participants.find((p) => p.personId === personId)?.roles ?? [];
  // On the wall of a room stand names.
  const wall = myRoles.includes('screen');
  return {
    id: meeting.id,
    title: meeting.title,
    body: meeting.body,
    registryNumber: meeting.registryNumber,
    timeZone: meeting.timeZone,
    phase: meeting.phase,
    agendaOpen: meeting.agendaOpen,
    guestsWrite: meeting.guestsWrite,
    cancelledAt: meeting.cancelledAt,
    archivedAt: meeting.archivedAt,
    currentItemId: meeting.currentItemId,
    version: meeting.version,
    sittings: [...meeting.sittings],
    noticeNumbers: meeting.noticeNumbers,
    // The projector is no participant to anybody.
    participants: meeting.participants
      .filter((p) => !p.roles.includes('screen'))
      .map((p) => ({
        personId: p.personId,
        name: p.name,
        title: wall ? '' : p.title,
        organisationId: p.organisationId,
        category: p.category,
        party: wall ? '' : p.party,
        colour: p.colour,
        roles: p.roles,
        absence: wall ? '' : p.absence,
        capacity: wall ? '' : p.capacity,
        hasAccount: wall ? false : p.hasAccount,
      })),
    organisations,
    items: itemStates(meeting),
    myRoles,
    imported,
  };
}
