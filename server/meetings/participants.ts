/**
 * Why this file exists: who takes part in a meeting and as what. Title, organisation, category and party are copied
 * from the register when somebody is added, because they change over the years and the record must not.
 */
import type { z } from 'zod';
import { participantInput, participantPatch } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { ROLES, type Role } from '#shared/policy.ts';
import { CLOSE } from '#shared/wire.ts';
import { newPerson, personOrRefusal } from '../people/people.ts';
import type { PersonRecord } from '../people/ports.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Meetings } from '../services.ts';
import type { MeetingContext } from './context.ts';
import type { MeetingRecord, ParticipantView } from './ports.ts';
import { participantIn, requireIn, requireOfficerLeft } from './rights.ts';

/** Each role once, in the policy's order. */
function ordered(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

function alreadyHere(): Refusal {
  return new Refusal('conflict', 'This person already takes part.', { fields: { personId: 'taken' } });
}

type Input = z.output<typeof participantInput>;

async function personFor(context: MeetingContext, input: Input): Promise<PersonRecord> {
  if ((input.personId === undefined) === (input.person === undefined))
    throw new Refusal('bad-request', 'Name one person: one of the register or a new one.', {
      fields: { personId: 'required' },
    });
  if (input.person !== undefined) {
    return personOrRefusal(await context.people.create(newPerson(input.person, context.clock())));
  }
  const person = input.personId === undefined ? null : await context.people.get(input.personId);
  // A guest came to one meeting, by its code; nobody is taken along to another.
  if (!person || person.guestOf !== null)
    throw new Refusal('bad-request', 'There is no such person.', { fields: { personId: 'missing' } });
  return person;
}

/** Somebody of the list. A projector is on it for its rights' sake and is nobody: it comes and goes with its link. */
function listed(meeting: MeetingRecord, personId: Id): ParticipantView {
  const participant = participantIn(meeting, personId);
  if (participant.roles.includes('screen')) throw notFound();
  return participant;
}

/** The use cases of the list of participants. */
export function participantUseCases(
  context: MeetingContext,
): Pick<Meetings, 'addParticipant' | 'updateParticipant' | 'removeParticipant'> {
  return {
    async addParticipant(caller, meetingId, raw) {
      const input = participantInput.parse(raw);
      // Asked before somebody new is put into the register, and again when it is written.
      requireIn(await context.read(caller, meetingId), caller.personId, 'edit-participants');
      const person = await personFor(context, input);
      const { after } = await context.change(
        caller,
        meetingId,
        'edit-participants',
        { personId: person.id },
        (meeting) => {
          if (meeting.participants.some((p) => p.personId === person.id)) throw alreadyHere();
          const { title, organisationId, category, party } = person;
          return {
            participants: [
              ...meeting.participants,
              {
                personId: person.id,
                title,
                organisationId,
                category,
                party,
                roles: ordered(input.roles),
                absence: input.absence,
                capacity: input.capacity,
              },
            ],
          };
        },
      );
      await context.placeLatecomer?.(meetingId, person.id);
      return context.view(after, caller.personId);
    },
    async updateParticipant(caller, meetingId, personId, raw) {
      const patch = participantPatch.parse(raw);
      requireIn(await context.read(caller, meetingId), caller.personId, 'edit-participants');
      await context.requireOrganisation(patch.organisationId);
      const { before, after } = await context.change(
        caller,
        meetingId,
        'edit-participants',
        { personId },
        (meeting) => {
          // Who came by a code is who they say; a role is given to the account that claims them.
          if (listed(meeting, personId).isGuest && patch.roles !== undefined)
            throw new Refusal('conflict', 'A guest has no other role.', { fields: { roles: 'guest' } });
          const participants = meeting.participants.map((p) =>
            p.personId === personId ? { ...p, ...patch, roles: patch.roles ? ordered(patch.roles) : p.roles } : p,
          );
          requireOfficerLeft(participants);
          return { participants };
        },
      );
      // Their sockets show others the old organisation: let them come again.
      const organisation = (meeting: typeof before) => participantIn(meeting, personId).organisationId;
      if (organisation(before) !== organisation(after))
        context.relay.disconnect({ personId }, CLOSE.rightsChanged, 'organisation changed');
      return context.view(after, caller.personId);
    },
    async removeParticipant(caller, meetingId, personId) {
      const { after } = await context.change(caller, meetingId, 'edit-participants', { personId }, (meeting) => {
        listed(meeting, personId);
        const participants = meeting.participants.filter((p) => p.personId !== personId);
        requireOfficerLeft(participants);
        return { participants };
      });
      return context.view(after, caller.personId);
    },
  };
}
