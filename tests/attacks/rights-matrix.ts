/**
 * Why this file exists: who may read and write in which room of a meeting in which state, written out as a table of its
 * own: it must not be made from the policy that it checks.
 */
import type { Cast, State } from './protocol.ts';

/** The columns of the tables below. */
const COLUMNS: readonly Cast[] = [
  'chair',
  'viceChair',
  'secretary',
  'facilitator',
  'member',
  'presenter',
  'observer',
  'admin',
  'stranger',
];

export type Room = 'agenda' | 'open' | 'locked';

/** w: may write, r: may read, -: is not let in. */
const TABLE: Record<Room, Record<State, string>> = {
  // The plan of the meeting. Open to members as long as the officers say so and the minutes are not being verified.
  agenda: {
    preparation: 'w w w w w w r - -',
    'preparation-closed': 'w w w w r r r - -',
    ongoing: 'w w w w w w r - -',
    verification: 'w w w w r r r - -',
    verified: 'r r r r r r r - -',
    cancelled: 'r r r r r r r - -',
    archived: 'r r r r r r r - -',
  },
  // The notes of an item. While the minutes are verified they belong to those who sign them.
  open: {
    preparation: 'w w w w w w r - -',
    'preparation-closed': 'w w w w w w r - -',
    ongoing: 'w w w w w w r - -',
    verification: 'w w w r r r r - -',
    verified: 'r r r r r r r - -',
    cancelled: 'r r r r r r r - -',
    archived: 'r r r r r r r - -',
  },
  // The notes of an item that somebody has locked.
  locked: {
    preparation: 'r r r r r r r - -',
    'preparation-closed': 'r r r r r r r - -',
    ongoing: 'r r r r r r r - -',
    verification: 'r r r r r r r - -',
    verified: 'r r r r r r r - -',
    cancelled: 'r r r r r r r - -',
    archived: 'r r r r r r r - -',
  },
};

export interface Cell {
  room: Room;
  state: State;
  who: Cast;
  may: 'write' | 'read' | 'none';
}

/** Every cell of the tables. */
export const cells: readonly Cell[] = Object.entries(TABLE).flatMap(([room, states]) =>
  Object.entries(states).flatMap(([state, row]) =>
    row.split(' ').map((letter, n) => ({
      room: room as Room,
      state: state as State,
      who: COLUMNS[n] as Cast,
      may: letter === 'w' ? 'write' : letter === 'r' ? 'read' : 'none',
    })),
  ),
) as readonly Cell[];

const OFFICERS: readonly Cast[] = ['chair', 'viceChair', 'secretary', 'facilitator'];
/** The minutes are theirs while they are verified. */
const SIGNERS: readonly Cast[] = ['chair', 'viceChair', 'secretary'];
const WRITERS: readonly Cast[] = [...OFFICERS, 'member', 'presenter'];

type Allowed = Partial<Record<State, readonly Cast[]>>;
const officersIn = (...states: State[]): Allowed => Object.fromEntries(states.map((state) => [state, OFFICERS]));
const UNSEALED = officersIn('preparation', 'preparation-closed', 'ongoing', 'verification');
const WHENEVER = { ...UNSEALED, ...officersIn('verified', 'cancelled', 'archived') };

/** What HTTP changes of a meeting: in which states, and by whom. Nobody else, and in no other state. */
export const ACTIONS = {
  'change the title': UNSEALED,
  'open the agenda to everybody': UNSEALED,
  'go to the next phase': UNSEALED,
  'go back a phase': officersIn('ongoing', 'verification'),
  'add somebody': UNSEALED,
  'make somebody chair': UNSEALED,
  'remove somebody': UNSEALED,
  'invite somebody': UNSEALED,
  'choose the current item': officersIn('ongoing'),
  'lock an item': UNSEALED,
  'unlock an item': UNSEALED,
  // Splitting writes in the agenda: members may where they may write in it.
  'split an item': { ...UNSEALED, preparation: WRITERS, ongoing: WRITERS },
  cancel: { ...UNSEALED, ...officersIn('cancelled') },
  'take back a cancellation': { ...UNSEALED, ...officersIn('cancelled') },
  archive: WHENEVER,
  'take out of the archive': WHENEVER,
  copy: WHENEVER,
  // Keeping a version and going back to one are for those who may write in the room now.
  'keep a version of the agenda': { ...UNSEALED, preparation: WRITERS, ongoing: WRITERS },
  'keep a version of an item': {
    preparation: WRITERS,
    'preparation-closed': WRITERS,
    ongoing: WRITERS,
    verification: SIGNERS,
  },
  'keep a version of a locked item': {},
} satisfies Record<string, Allowed>;

export type Action = keyof typeof ACTIONS;

/** Whether the table lets them. */
export function mayAct(action: Action, state: State, who: Cast): boolean {
  const allowed: Allowed = ACTIONS[action];
  return allowed[state]?.includes(who) ?? false;
}
