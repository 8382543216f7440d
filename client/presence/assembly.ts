/**
 * Why this file exists: a meeting is an assembly of organisations. Who is here is shown by organisation, in the fixed order,
 * and an organisation with nobody present keeps its row.
 */
import type { Meeting, Organisation, Participant } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { PresentPerson } from '../collab/index.ts';

export interface Seat {
  participant: Participant;
  /** Their page, or `null` when they are not connected. */
  present: PresentPerson | null;
}

export interface Delegation {
  /** `null` for people without an organisation. */
  organisation: Organisation | null;
  seats: Seat[];
  here: number;
}

/** Every organisation that takes part, in its fixed order, then those without one. */
export function assemble(meeting: Meeting, present: readonly PresentPerson[]): Delegation[] {
  const pages = new Map(present.map((person) => [person.user.id, person]));
  const groups = new Map<Id | '', Seat[]>();
  for (const participant of meeting.participants) {
    const key = participant.organisationId ?? '';
    const seat = { participant, present: pages.get(participant.personId) ?? null };
    const seats = groups.get(key);
    if (seats) seats.push(seat);
    else groups.set(key, [seat]);
  }
  const result: Delegation[] = [];
  const add = (organisation: Organisation | null, seats: Seat[] | undefined) => {
    if (seats) result.push({ organisation, seats, here: seats.filter((seat) => seat.present !== null).length });
  };
  for (const organisation of [...meeting.organisations].sort((a, b) => a.position - b.position))
    add(organisation, groups.get(organisation.id));
  add(null, groups.get(''));
  return result;
}
