/** Why this file exists: every address a person can meet is made in one place. */
import { type Id, isId } from '#shared/ids.ts';

export const paths = {
  home: '/',
  signIn: '/logga-in',
  link: '/lank',
  settings: '/installningar',
  people: '/personer',
  operations: '/drift',
  newMeeting: (template: string) => `/nytt/${template}`,
  meeting: (id: Id) => `/m/${id}`,
  item: (id: Id, itemId: Id) => `/m/${id}/p/${itemId}`,
  /** Of an item's text, or of the agenda with `null`. */
  versions: (id: Id, itemId: Id | null) => (itemId === null ? `/m/${id}/versioner` : `/m/${id}/p/${itemId}/versioner`),
  /** Prompts, groups and who is in them. */
  groups: (id: Id, itemId: Id) => `/m/${id}/p/${itemId}/grupper`,
  /** Clock, hands, messages and the wall. */
  lead: (id: Id, itemId: Id) => `/m/${id}/p/${itemId}/leda`,
  /** Where a group of an item's workshop writes. */
  group: (id: Id, itemId: Id, groupId: Id) => `/m/${id}/p/${itemId}/grupp/${groupId}`,
  harvest: (id: Id, itemId: Id) => `/m/${id}/p/${itemId}/skord`,
  summary: (id: Id, itemId: Id) => `/m/${id}/p/${itemId}/sammanfattning`,
  /** Who was there. */
  attendance: (id: Id) => `/m/${id}/narvaro`,
  /** The protocol as it will be printed. */
  minutes: (id: Id) => `/m/${id}/protokoll`,
  /** Points from a Word file. */
  imports: (id: Id) => `/m/${id}/importera`,
  /** The notice: what it says, whom it calls, who answered. */
  notice: (id: Id) => `/m/${id}/kallelse`,
  /** What the personal link in a notice's mail opens; its token stands in the fragment. */
  answer: '/svar',
  /** The wall of the room. */
  projector: (id: Id) => `/m/${id}/storbild`,
  /** What a projector's link opens; its token stands in the fragment. */
  projectorLink: '/storbild',
  setup: (id: Id) => `/m/${id}/installningar`,
  /** The guests' own page, which is a program of its own: never a link of the router. */
  join: '/g',
};

/** Whether a path is what a projector shows, which nobody sits in front of. */
export const isWall = (path: string): boolean => path.endsWith(paths.projectorLink);

/** Where signing in leads back to. */
export function signInPath(from: string): string {
  // On a wall nobody signs in: its link was replaced.
  if (isWall(from)) return paths.projectorLink;
  return from === paths.home ? paths.signIn : `${paths.signIn}?returnTo=${encodeURIComponent(from)}`;
}

/** A path of our own, or home: `//elsewhere`, `\elsewhere` and `https:elsewhere` lead nowhere else. */
export function ownPath(value: string | null): string {
  if (!value || !/^\/(?![/\\])[\w\-./~%:]*$/.test(value) || value.startsWith(paths.signIn)) return paths.home;
  return value;
}

/** Narrows a route parameter. */
export const idOrNull = (value: string | undefined): Id | null => (isId(value) ? value : null);
