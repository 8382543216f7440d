/**
 * Why this file exists: who is here, as one entry per person. The server stamps `user` on every awareness state; the
 * rest is what that person's page says about itself, so it is read as untrusted input.
 */
import type { RoomClient } from './room-client.ts';

/** What a page says about itself; others see it. */
export interface OwnPresence {
  /** The item the person is in; '' for none. */
  itemId?: string;
  typing?: boolean;
  /** The page is not visible. */
  hidden?: boolean;
}

export interface PresentPerson {
  /** The client that speaks for the person: the one that types, else a visible one, else any. */
  clientId: number;
  /** `guest`: takes part without an account, as the server says. */
  user: { id: string; name: string; colour: number; organisation: string; guest?: true };
  itemId: string;
  typing: boolean;
  hidden: boolean;
  /** One of this person's pages is this very page. */
  self: boolean;
  /** Number of pages the person has open. */
  pages: number;
}

/** Sets what this page says about itself; only fields that change are sent. */
export function setPresence(client: RoomClient, presence: OwnPresence): void {
  const { awareness } = client;
  const state = awareness.getLocalState();
  if (state === null) return;
  const next = { ...state, ...presence };
  if (Object.entries(presence).some(([key, value]) => state[key] !== value)) awareness.setLocalState(next);
}

/** Everybody present, one entry per person, in the order of their names. */
export function presentPeople(
  states: ReadonlyMap<number, Record<string, unknown>>,
  ownClient: number,
): PresentPerson[] {
  const people = new Map<string, PresentPerson>();
  for (const [clientId, state] of states) {
    const user = readUser(state.user);
    if (user === null) continue;
    const entry: PresentPerson = {
      clientId,
      user,
      itemId: typeof state.itemId === 'string' ? state.itemId : '',
      typing: state.typing === true,
      hidden: state.hidden === true,
      self: clientId === ownClient,
      pages: 1,
    };
    const known = people.get(user.id);
    if (!known) people.set(user.id, entry);
    else {
      const better = rank(entry) > rank(known) || (rank(entry) === rank(known) && entry.clientId < known.clientId);
      people.set(user.id, { ...(better ? entry : known), self: entry.self || known.self, pages: known.pages + 1 });
    }
  }
  return [...people.values()].sort((a, b) => a.user.name.localeCompare(b.user.name, 'sv') || a.clientId - b.clientId);
}

function rank(entry: PresentPerson): number {
  return (entry.typing ? 4 : 0) + (entry.hidden ? 0 : 2) + (entry.itemId === '' ? 0 : 1);
}

/** Reads a stamped user; `null` for a state without one (its owner's own copy before the server has stamped it). */
export function readUser(value: unknown): PresentPerson['user'] | null {
  if (value === null || typeof value !== 'object') return null;
  const { id, name, colour, organisation, guest } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof name !== 'string') return null;
  return {
    id,
    name: name.slice(0, 120),
    colour: typeof colour === 'number' && Number.isInteger(colour) && colour >= 0 && colour <= 11 ? colour : 8,
    organisation: typeof organisation === 'string' ? organisation.slice(0, 120) : '',
    ...(guest === true ? { guest } : {}),
  };
}
