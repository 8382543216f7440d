/** Why this file exists: what the guests' use cases share: what they need, and what is told to whom after a change. */
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { CLOSE } from '#shared/wire.ts';
import type { OrganisationStore, PeopleStore } from '../people/ports.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Accounts, Sessions } from '../services.ts';
import type { WorkshopStore } from '../workshops/ports.ts';
import type { CodeGate } from './code-gate.ts';
import { decideAnew } from './decide-anew.ts';
import { createNotices } from './notices.ts';
import type { GuestStore } from './ports.ts';

export interface GuestDeps {
  store: GuestStore;
  people: Pick<PeopleStore, 'get'>;
  organisations: Pick<OrganisationStore, 'list'>;
  workshops: Pick<WorkshopStore, 'get'>;
  sessions: Pick<Sessions, 'begin' | 'end'>;
  accounts: Pick<Accounts, 'signIn'>;
  gate: CodeGate;
  relay: Relay;
  clock: Clock;
  /** The public origin; links are made from it and never from a request. */
  origin(): string;
  /** Somebody has just come into a meeting: whoever places latecomers does. */
  arrived?(meetingId: Id, personId: Id): Promise<void>;
}

export interface GuestContext extends GuestDeps {
  /** Tells those who look at a meeting that its guests are others than before. */
  tell(meetingId: Id): void;
  /** Somebody has come in; resolves when they have been placed. */
  entered(meetingId: Id, personId: Id): Promise<void>;
  /** A guest has become somebody of the register: the guest's sockets go, the person's rights are the new ones. */
  claimed(meetingId: Id, guestId: Id, personId: Id): Promise<void>;
}

/** What is told to who looks at a meeting when its guests have changed. */
export const GUESTS_TOPIC = 'guests';

/** The shared parts of the guests' use cases. */
export function createGuestContext(deps: GuestDeps): GuestContext {
  const { relay } = deps;
  const tell = createNotices((meetingId) => relay.notice(roomName({ kind: 'agenda', meetingId }), GUESTS_TOPIC));
  return {
    ...deps,
    tell,
    async entered(meetingId, personId) {
      await deps.arrived?.(meetingId, personId);
    },
    async claimed(meetingId, guestId, personId) {
      relay.disconnect({ personId: guestId }, CLOSE.notSignedIn, 'claimed by an account');
      await decideAnew(relay, meetingId, personId);
      tell(meetingId);
    },
  };
}
