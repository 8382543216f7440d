/**
 * Why this file exists: the relay asks here who may do what in a room. The answer is the shared policy's, on facts read
 * from the tables that a change of rights has already altered when it asks the relay to decide anew.
 */
import { readItem } from '#shared/agenda.ts';
import { agendaAccess, itemAccess } from '#shared/policy.ts';
import { parseRoom, roomName } from '#shared/rooms.ts';
import type { PeopleStore } from '../people/ports.ts';
import type { Relay } from '../relay/ports.ts';
import type { RoomAccess, Sessions } from '../services.ts';
import type { MeetingStore } from './ports.ts';

export interface AccessDeps {
  meetings: MeetingStore;
  people: Pick<PeopleStore, 'get'>;
  sessions: Pick<Sessions, 'alive'>;
  relay(): Pick<Relay, 'read'>;
}

/** Who may enter which room, and as whom. */
export function createAccess(deps: AccessDeps): RoomAccess {
  return {
    async authorize(principal, name) {
      const room = parseRoom(name);
      if (!room) return 'missing';
      const itemId = room.kind === 'item' ? room.itemId : null;
      const facts = await deps.meetings.facts(room.meetingId, principal.personId, itemId);
      if (!facts) return 'missing';
      // Signed out between the door and here: the session's other sockets are already dead.
      const alive = await deps.sessions.alive([principal.sessionId]);
      const actor = { roles: alive.has(principal.sessionId) ? facts.roles : null, isAdmin: false };
      if (room.kind === 'agenda') return agendaAccess(actor, facts.state);
      const decision = itemAccess(actor, facts.state, facts.locked);
      // Strangers are refused before the agenda is looked at: they learn nothing about which items exist.
      if (decision.access === 'none') return decision;
      const agenda = roomName({ kind: 'agenda', meetingId: room.meetingId });
      const exists = await deps.relay().read(agenda, (doc) => readItem(doc, room.itemId) !== null);
      return exists ? decision : 'missing';
    },
    async principal(caller, name) {
      const person = await deps.people.get(caller.personId);
      if (!person || person.disabled) return null;
      const room = parseRoom(name);
      const organisation = room ? await deps.meetings.organisationIn(room.meetingId, person.id) : '';
      return {
        personId: person.id,
        sessionId: caller.sessionId,
        user: { id: person.id, name: person.name, colour: person.colour, organisation },
      };
    },
  };
}
