/**
 * Why this file exists: the relay asks here who may do what in a room. The answer is the shared policy's, on facts read
 * from the tables that a change of rights has already altered when it asks the relay to decide anew. Everything is read
 * at once, so a decision is never older than the moment it holds from.
 */
import { hasItem } from '#shared/agenda.ts';
import {
  agendaAccess,
  groupAccess,
  harvestAccess,
  itemAccess,
  NONE,
  proposalAccess,
  summaryAccess,
} from '#shared/policy.ts';
import { parseRoom, roomName } from '#shared/rooms.ts';
import { ABSOLUTE_MS } from '../people/sessions.ts';
import type { Relay } from '../relay/ports.ts';
import type { RoomAccess } from '../services.ts';
import type { AccessReader } from './ports.ts';

export interface AccessDeps {
  facts: AccessReader;
  relay(): Pick<Relay, 'read' | 'readNow'>;
}

/** Who may enter which room, and as whom. */
export function createAccess(deps: AccessDeps): RoomAccess {
  return {
    authorize(principal, name) {
      const room = parseRoom(name);
      if (!room) return 'missing';
      const itemId = room.kind === 'item' || room.kind === 'proposal' ? room.itemId : null;
      const now = Date.now();
      const { personId, sessionId } = principal;
      const facts = deps.facts.access(room.meetingId, itemId, {
        personId,
        sessionId,
        now,
        begunAfter: now - ABSOLUTE_MS,
      });
      if (!facts) return 'missing';
      // Signed out between the door and here: the session's other sockets are already dead.
      const actor = { roles: facts.signedIn ? facts.roles : null, isAdmin: false };
      // Strangers hear the same of everything in a meeting, whether it exists or not.
      if (actor.roles === null) return NONE;
      switch (room.kind) {
        case 'agenda':
          return agendaAccess(actor, facts.state);
        case 'group': {
          const group = deps.facts.group(room.meetingId, room.groupId, personId);
          return (group && groupAccess(actor, facts.state, group)) ?? 'missing';
        }
        case 'harvest': {
          const workshop = deps.facts.workshop(room.meetingId, room.itemId, personId);
          return (workshop && harvestAccess(actor, facts.state, workshop.harvest)) ?? 'missing';
        }
        case 'summary': {
          const workshop = deps.facts.workshop(room.meetingId, room.itemId, personId);
          return (workshop && summaryAccess(actor, facts.state, workshop.summary)) ?? 'missing';
        }
      }
      const decide = room.kind === 'proposal' ? proposalAccess : itemAccess;
      const decision = decide(actor, facts.state, facts.locked);
      const agenda = roomName({ kind: 'agenda', meetingId: room.meetingId });
      const known = deps.relay().readNow(agenda, (doc) => hasItem(doc, room.itemId));
      if (known) return known.value ? decision : 'missing';
      // The agenda has to be loaded first. Rights that change meanwhile make the relay ask once more.
      return deps
        .relay()
        .read(agenda, (doc) => hasItem(doc, room.itemId))
        .then((exists) => (exists ? decision : 'missing'));
    },
    principal(caller, name) {
      const room = parseRoom(name);
      const person = deps.facts.person(caller.personId, room?.meetingId ?? '');
      if (!person || person.disabled) return null;
      const { name: shown, colour, organisation, guest, screen } = person;
      return {
        personId: caller.personId,
        sessionId: caller.sessionId,
        user: { id: caller.personId, name: shown, colour, organisation, ...(guest ? { guest } : {}) },
        ...(screen ? { unseen: true } : {}),
      };
    },
  };
}
