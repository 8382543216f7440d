/**
 * Why this file exists: the attacked server runs in a process of its own. This is what the tests ask it behind its
 * back, over Node's IPC channel and never over its ports: how it fares, what its rooms hold, and new people to attack.
 */
import type { Id } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';

/** Somebody signed in. */
export interface Person {
  id: Id;
  name: string;
  /** For a Cookie header. */
  cookie: string;
  sessionId: string;
}

/** A meeting with three items: `open`, `locked` (and locked), `spare`. */
export interface Place {
  id: Id;
  agenda: string;
  open: string;
  locked: string;
  items: { open: Id; locked: Id; spare: Id };
}

/** States in which a meeting with everybody in it stands ready. */
export const STATES = [
  'preparation',
  'preparation-closed',
  'ongoing',
  'verification',
  'verified',
  'cancelled',
  'archived',
] as const;
export type State = (typeof STATES)[number];

/** One person for each role; then an administrator who takes part in nothing and the owner of the other meeting. */
export const CAST = [
  'chair',
  'viceChair',
  'secretary',
  'facilitator',
  'member',
  'presenter',
  'observer',
  'admin',
  'stranger',
] as const;
export type Cast = (typeof CAST)[number];

export interface Ready {
  url: string;
  /** The database file. */
  file: string;
  people: Record<Cast, Person>;
  /** Made every meeting in {@link places}; holds the roles secretary and facilitator in them. */
  host: Person;
  places: Record<State, Place>;
  /** The stranger's own meeting. */
  foreign: Place;
  organisationId: Id;
  routes: string[];
}

export interface Vitals {
  /** What the operating system has given the process, garbage and spare room included. */
  rss: number;
  /** The part of it where new objects are made: bounded, grown in a burst and kept; nothing stays in it for long. */
  young: number;
  /** What is really in use, heap and buffers; exact only right after a collection. */
  used: number;
  /** Longest stretch in which the event loop did not turn, as CPU time of its thread, milliseconds. */
  loopCpuMs: number;
  /** The same by the clock on the wall: on a busy machine that is others' work too. */
  loopWallMs: number;
}

/** What can be asked. */
export interface Questions {
  /** Waits until everything accepted is committed and sent; a hash of the content of each room. */
  hashes(rooms: string[]): Promise<string[]>;
  /** How it fared since it was asked last. `collect` frees what can be freed first. */
  vitals(collect: boolean): Promise<Vitals>;
  newPerson(name: string, options: { isAdmin?: boolean; email?: string; password?: string }): Promise<Person>;
  /** Signs the same person in once more. */
  again(personId: Id): Promise<Person>;
  /** A meeting of its own for one case, in a state, with these people in these roles. */
  newPlace(state: State, people: [Id, GivenRole[]][]): Promise<Place>;
  /** How many people have a socket in rooms that begin so. */
  present(roomPrefix: string): Promise<number>;
  /** Begins a one-time link of each kind that can be made; returns their tokens. */
  links(): Promise<string[]>;
}

export type Ask = { [K in keyof Questions]: { n: number; ask: K; with: Parameters<Questions[K]> } }[keyof Questions];
export type Answer = { n: number; value: unknown } | { n: number; failed: string };
