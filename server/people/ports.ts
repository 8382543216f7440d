/**
 * Why this file exists: what the registers, sessions and links need kept, said without saying where. Each port has one
 * contract suite (tests/storage/*.contract.ts) that every implementation must pass.
 */
import type { Category, Language, LINK_KINDS, Organisation } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';

export interface PersonRecord {
  id: Id;
  name: string;
  title: string;
  organisationId: Id | null;
  category: Category;
  party: string;
  /** 0–11, dealt in order when the person is made. */
  colour: number;
  /** Lower case. */
  email: string | null;
  isAdmin: boolean;
  disabled: boolean;
  /** See passwords.ts; `null` until one is chosen. */
  password: string | null;
  language: Language;
  createdAt: number;
  /** The meeting a guest belongs to; `null` for people of the house. */
  guestOf: Id | null;
  /** The person of the house a guest turned out to be: what the guest wrote bears their name. */
  claimedBy: Id | null;
}

/** Guests are not made here: see server/guests. */
export type NewPerson = Omit<PersonRecord, 'colour' | 'guestOf' | 'claimedBy'>;
export type PersonChange = Partial<Omit<PersonRecord, 'id' | 'colour' | 'createdAt' | 'guestOf' | 'claimedBy'>>;

export interface PeopleStore {
  /** Those of the house; guests are no part of the register. */
  list(): Promise<PersonRecord[]>;
  get(id: Id): Promise<PersonRecord | null>;
  byEmail(email: string): Promise<PersonRecord | null>;
  hasAdministrator(): Promise<boolean>;
  /** Deals the colour. `no-organisation` when it names one that is not there. */
  create(person: NewPerson): Promise<PersonRecord | 'email-taken' | 'no-organisation'>;
  /** `last-admin` when afterwards nobody who may sign in would be administrator; nothing is changed then. */
  update(
    id: Id,
    change: PersonChange,
  ): Promise<PersonRecord | 'email-taken' | 'no-organisation' | 'last-admin' | 'missing'>;
}

export interface OrganisationStore {
  /** In the fixed order. */
  list(): Promise<Organisation[]>;
  /** Comes last. Short names are one regardless of case. */
  create(organisation: Omit<Organisation, 'position'>): Promise<Organisation | 'name-taken'>;
  update(
    id: Id,
    change: Partial<Omit<Organisation, 'id' | 'position'>>,
  ): Promise<Organisation | 'name-taken' | 'missing'>;
  /** All or nothing: `false` when `ids` are not exactly all organisations, each once. */
  reorder(ids: Id[]): Promise<boolean>;
}

export interface StoredSession<A = SessionAttributes> {
  id: string;
  userId: string;
  expiresAt: Date;
  attributes: A;
}

export interface SessionAttributes {
  created_at: number;
}

export interface SessionUserAttributes {
  is_admin: number;
  disabled: number;
  /** The meeting a guest belongs to. */
  guest_of: string | null;
  /** It is a projector. */
  is_screen: number;
}

/** The seven functions are those lucia asks of an adapter, in its words; @lucia-auth/adapter-test is their contract. */
export interface SessionStore<A = SessionAttributes, U = SessionUserAttributes> {
  getSessionAndUser(sessionId: string): Promise<[StoredSession<A> | null, { id: string; attributes: U } | null]>;
  getUserSessions(userId: string): Promise<StoredSession<A>[]>;
  setSession(session: StoredSession<A>): Promise<void>;
  updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void>;
  deleteSession(sessionId: string): Promise<void>;
  deleteUserSessions(userId: string): Promise<void>;
  deleteExpiredSessions(): Promise<void>;
}

/** A session with its person. Whether it still holds is judged by sessions.ts. */
export interface SessionFacts {
  personId: Id;
  isAdmin: boolean;
  isGuest: boolean;
  isScreen: boolean;
  /** The person may not sign in. */
  disabled: boolean;
  expiresAt: number;
  createdAt: number;
}

/** Sessions read at once, for the many sockets; only what is committed is seen. */
export interface SessionReader {
  session(id: string): SessionFacts | null;
  /** Those of the sessions that exist, expire after `now` and began after `begunAfter`. */
  unexpired(ids: readonly string[], now: number, begunAfter: number): Set<string>;
}

export type LinkKind = (typeof LINK_KINDS)[number];

export interface LinkRecord {
  /** SHA-256 of the token, hexadecimal: a stolen database opens no door. */
  tokenHash: string;
  kind: LinkKind;
  /** `null` for the first administrator, who does not exist yet. */
  personId: Id | null;
  meetingId: Id | null;
  expiresAt: number;
  createdAt: number;
  usedAt: number | null;
}

/** What using a link does, in the same transaction that uses it up. */
export type LinkEffect =
  | { create: NewPerson }
  | { personId: Id; password: string; email: string | null; name: string | null; onlyWithoutAccount: boolean };

export interface LinkStore {
  /** With `replace`, unused links of the same kind for the same person die. */
  put(link: LinkRecord, replace: boolean): Promise<void>;
  get(tokenHash: string): Promise<LinkRecord | null>;
  /**
   * Uses the link up and takes effect, once, however many try at the same moment; the person's other links die with it.
   * `used` when it was used, has expired or no longer applies (an administrator exists, the person has an account).
   * On anything but an id nothing is changed.
   */
  use(tokenHash: string, now: number, effect: LinkEffect): Promise<{ personId: Id } | 'used' | 'email-taken'>;
}
