/**
 * Why this file exists: who may do what in a workshop, written out so that somebody who knows meetings and not the code
 * can read it and object. It must not be made from the policy that it checks.
 */

/**
 * The columns of the tables below. `scribe` is a member named to write the summary and sits in no group; `mine` and
 * `guest` sit in group one, which the tables are about; `other` and `guest2` sit in group two; `presenter` and `observer`
 * sit in none; `screen` is the projector; `admin` runs the installation and takes no part; `stranger` has an account.
 */
export const CAST = [
  'chair',
  'viceChair',
  'secretary',
  'facilitator',
  'scribe',
  'mine',
  'other',
  'presenter',
  'observer',
  'guest',
  'guest2',
  'screen',
  'admin',
  'stranger',
] as const;
export type Cast = (typeof CAST)[number];

/** The states a meeting can be in. In the last three nothing of it changes any more. */
export const STATES = ['preparation', 'ongoing', 'verification', 'verified', 'cancelled', 'archived'] as const;
export type State = (typeof STATES)[number];
export const isLive = (state: State): boolean => ['preparation', 'ongoing', 'verification'].includes(state);

/** A row while the meeting lives, and one when it is verified, cancelled or archived. */
interface Rows {
  live: string;
  sealed: string;
}

/**
 * The doors of the rooms. w: writes; r: reads; -: hears what anybody hears who asks for a room that does not exist;
 * x: hears that they do not take part, of whatever they ask for.
 */
export const DOORS = {
  //                                chair     faci      mine      obs       guest2    admin
  //                                  vice      scribe    other     guest     screen    stranger
  //                                    secr                pres
  // Group one, as long as the groups are each for themselves.
  'group planned': {
    live: /*                       */ 'w w w w - r - - - r - r x x',
    sealed: /*                     */ 'r r r r - r - - - r - r x x',
  },
  'group open': {
    live: /*                       */ 'w w w w - w - - - w - r x x',
    sealed: /*                     */ 'r r r r - r - - - r - r x x',
  },
  'group ending': {
    live: /*                       */ 'w w w w - w - - - w - r x x',
    sealed: /*                     */ 'r r r r - r - - - r - r x x',
  },
  'group closed': {
    live: /*                       */ 'r r r r - r - - - r - r x x',
    sealed: /*                     */ 'r r r r - r - - - r - r x x',
  },
  // Group one when the facilitator has opened all groups to all: they read, and still nobody writes in another's.
  'opened group planned': {
    live: /*                       */ 'w w w w r r r r r r r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  'opened group open': {
    live: /*                       */ 'w w w w r w r r r w r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  'opened group ending': {
    live: /*                       */ 'w w w w r w r r r w r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  'opened group closed': {
    live: /*                       */ 'r r r r r r r r r r r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  // The harvest is the officers', is shown to all, or is sorted by all who do not only look on.
  'harvest of officers': {
    live: /*                       */ 'w w w w - - - - - - - r x x',
    sealed: /*                     */ 'r r r r - - - - - - - r x x',
  },
  'harvest to read': {
    live: /*                       */ 'w w w w r r r r r r r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  'harvest to sort': {
    live: /*                       */ 'w w w w w w w w r w w r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  // The summary is written by the chairs and the scribes; the others read it when they may comment, or when it is final.
  'summary draft': {
    live: /*                       */ 'w w r r w - - - - - - r x x',
    sealed: /*                     */ 'r r r r r - - - - - - r x x',
  },
  'summary with comments': {
    live: /*                       */ 'w w r r w r r r r r r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
  'summary final': {
    live: /*                       */ 'r r r r r r r r r r r r x x',
    sealed: /*                     */ 'r r r r r r r r r r r r x x',
  },
} as const satisfies Record<string, Rows>;
export type Door = keyof typeof DOORS;

/**
 * What is asked for over HTTP. y: done; n: forbidden, their role never may; l: not now, the state forbids it;
 * -: as something that does not exist, word for word. A screen asks for the little that it shows and for nothing else.
 */
export const ACTS = {
  //                                chair     faci      mine      obs       guest2    admin
  //                                  vice      scribe    other     guest     screen    stranger
  //                                    secr                pres
  'look at the workshop': {
    live: /*                       */ 'y y y y y y y y y y y y - -',
    sealed: /*                     */ 'y y y y y y y y y y y y - -',
  },
  'change the workshop': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l n n n n n n n n - -',
  },
  'extend the time': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l n n n n n n n n - -',
  },
  'move somebody': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l l l l l n l l n - -',
  },
  'leave or choose a group where one may': {
    live: /*                       */ 'y y y y y y y y n y y n - -',
    sealed: /*                     */ 'l l l l l l l l n l l n - -',
  },
  // To the others there is no group one.
  'raise the hand of group one': {
    live: /*                       */ 'n n n n - y - - n y - n - -',
    sealed: /*                     */ 'l l l l l l l l n l l n - -',
  },
  'lower a hand': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l n n n n n n n n - -',
  },
  'send a message to the groups': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l n n n n n n n n - -',
  },
  'see who wrote in group one': {
    live: /*                       */ 'y y y y - y - - - y - n - -',
    sealed: /*                     */ 'y y y y - y - - - y - n - -',
  },
  'see who wrote in group one, opened': {
    live: /*                       */ 'y y y y y y y y y y y n - -',
    sealed: /*                     */ 'y y y y y y y y y y y n - -',
  },
  'see the votes': {
    live: /*                       */ 'y y y y y y y y y y y y - -',
    sealed: /*                     */ 'y y y y y y y y y y y y - -',
  },
  'open a vote': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l n n n n n n n n - -',
  },
  'vote where guests do not': {
    live: /*                       */ 'y y y y y y y y n n n n - -',
    sealed: /*                     */ 'l l l l l l l l n n n n - -',
  },
  'vote where guests do': {
    live: /*                       */ 'y y y y y y y y n y y n - -',
    sealed: /*                     */ 'l l l l l l l l n l l n - -',
  },
  'close a vote': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'l l l l n n n n n n n n - -',
  },
  'read the draft': {
    live: /*                       */ 'y y y y y - - - - - - n - -',
    sealed: /*                     */ 'y y y y y - - - - - - n - -',
  },
  'read the draft that takes comments': {
    live: /*                       */ 'y y y y y y y y y y y n - -',
    sealed: /*                     */ 'y y y y y y y y y y y n - -',
  },
  'comment on the draft': {
    live: /*                       */ 'y y y y y - - - - - - n - -',
    sealed: /*                     */ 'l l l l l - - - - - - n - -',
  },
  'comment on the draft that takes comments': {
    live: /*                       */ 'y y y y y y y y y y y n - -',
    sealed: /*                     */ 'l l l l l l l l l l l n - -',
  },
  // Begun by `other`.
  'say that a comment is dealt with': {
    live: /*                       */ 'y y y y y n y n n n n n - -',
    sealed: /*                     */ 'l l l l l l l l l l l n - -',
  },
  'make the summary final': {
    live: /*                       */ 'y y n n n n n n n n n n - -',
    sealed: /*                     */ 'l l n n n n n n n n n n - -',
  },
  'open the summary again': {
    live: /*                       */ 'y y n n n n n n n n n n - -',
    sealed: /*                     */ 'l l n n n n n n n n n n - -',
  },
  'comment on what is final': {
    live: /*                       */ 'l l l l l l l l l l l n - -',
    sealed: /*                     */ 'l l l l l l l l l l l n - -',
  },
  'read a revision': {
    live: /*                       */ 'y y y y y y y y y y y n - -',
    sealed: /*                     */ 'y y y y y y y y y y y n - -',
  },
  'see the code and who waits': {
    live: /*                       */ 'y y y y n n n n n n n n - -',
    sealed: /*                     */ 'y y y y n n n n n n n n - -',
  },
} as const satisfies Record<string, Rows>;
export type Act = keyof typeof ACTS;

/** The row of a table in a state of the meeting, by who it is. */
export function row(rows: Rows, state: State): Record<Cast, string> {
  const letters = (isLive(state) ? rows.live : rows.sealed).split(' ');
  if (letters.length !== CAST.length) throw new Error('a row of the table is not whole');
  return Object.fromEntries(CAST.map((who, n) => [who, letters[n]])) as Record<Cast, string>;
}
