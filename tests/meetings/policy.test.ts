/**
 * Why this file exists: who may do what, written out as a table. A change of the policy must change this page too, where
 * it can be read by somebody who knows meetings and not the code.
 */
import { describe, expect, it } from 'vitest';
import {
  agendaAccess,
  HOUSE_ACTIONS,
  itemAccess,
  MEETING_ACTIONS,
  type MeetingAction,
  type MeetingState,
  mayInHouse,
  mayInMeeting,
  mayWithVersions,
  nextPhases,
  PHASES,
  type Phase,
  ROLES,
  type Role,
  VERSION_ACTIONS,
} from '#shared/policy.ts';

const state = (change: Partial<MeetingState> = {}): MeetingState => ({
  phase: 'preparation',
  agendaOpen: false,
  guestsWrite: false,
  cancelled: false,
  archived: false,
  ...change,
});
const as = (...roles: Role[]) => ({ roles, isAdmin: false });
const NOBODY = [
  { roles: null, isAdmin: false },
  { roles: null, isAdmin: true },
];
const OFFICERS: Role[] = ['chair', 'viceChair', 'secretary', 'facilitator'];
const OTHERS: Role[] = ['member', 'presenter', 'observer', 'guest', 'screen'];

/** In which phases an officer may, while the meeting is neither cancelled nor archived. */
const OFFICERS_MAY: Record<MeetingAction, Phase[]> = {
  read: [...PHASES],
  'edit-header': ['preparation', 'ongoing', 'verification'],
  'edit-participants': ['preparation', 'ongoing', 'verification'],
  invite: ['preparation', 'ongoing', 'verification'],
  'change-phase': ['preparation', 'ongoing', 'verification'],
  'set-current-item': ['ongoing'],
  'lock-item': ['preparation', 'ongoing', 'verification'],
  'split-item': ['preparation', 'ongoing', 'verification'],
  copy: [...PHASES],
  cancel: ['preparation', 'ongoing', 'verification'],
  archive: [...PHASES],
  'run-workshop': ['preparation', 'ongoing', 'verification'],
  'join-group': ['preparation', 'ongoing', 'verification'],
  'change-summary-status': ['preparation', 'ongoing', 'verification'],
  'remove-version': ['preparation', 'ongoing', 'verification'],
  'see-guests': [...PHASES],
  'run-projector': [...PHASES],
};
/** Not for every officer. */
const CHAIRS_ONLY: MeetingAction[] = ['change-summary-status'];
const CHAIRS: Role[] = ['chair', 'viceChair'];
/** What remains in a cancelled meeting, and in an archived one. */
const WHEN_CANCELLED: MeetingAction[] = ['read', 'copy', 'cancel', 'archive', 'see-guests'];
const WHEN_ARCHIVED: MeetingAction[] = ['read', 'copy', 'archive', 'see-guests'];

describe('in a meeting', () => {
  it.each(MEETING_ACTIONS)('%s', (action) => {
    for (const phase of PHASES) {
      for (const role of CHAIRS_ONLY.includes(action) ? CHAIRS : OFFICERS) {
        const where = `${role} ${phase}`;
        expect(mayInMeeting(as(role), state({ phase }), action), where).toBe(OFFICERS_MAY[action].includes(phase));
        expect(mayInMeeting(as('observer', role), state({ phase }), action), where).toBe(
          OFFICERS_MAY[action].includes(phase),
        );
        expect(mayInMeeting(as(role), state({ phase, cancelled: true }), action), `${where} cancelled`).toBe(
          OFFICERS_MAY[action].includes(phase) && WHEN_CANCELLED.includes(action),
        );
        expect(mayInMeeting(as(role), state({ phase, archived: true }), action), `${where} archived`).toBe(
          WHEN_ARCHIVED.includes(action),
        );
      }
      for (const role of OTHERS) {
        const openAgenda =
          action === 'split-item' &&
          ['member', 'presenter'].includes(role) &&
          ['preparation', 'ongoing'].includes(phase);
        const inGroups =
          action === 'join-group' && ['member', 'presenter', 'guest'].includes(role) && phase !== 'verified';
        expect(mayInMeeting(as(role), state({ phase }), action), role).toBe(action === 'read' || inGroups);
        expect(mayInMeeting(as(role), state({ phase, agendaOpen: true }), action), role).toBe(
          action === 'read' || openAgenda || inGroups,
        );
      }
      for (const actor of NOBODY)
        expect(mayInMeeting(actor, state({ phase, agendaOpen: true }), action), 'a stranger').toBe(false);
    }
  });

  it('goes from phase to phase and never out of the last', () => {
    expect(Object.fromEntries(PHASES.map((phase) => [phase, nextPhases(phase)]))).toEqual({
      preparation: ['ongoing'],
      ongoing: ['preparation', 'verification'],
      verification: ['ongoing', 'verified'],
      verified: [],
    });
  });
});

type Cell = 'write' | `read ${string}` | 'none';
const cell = ({ access, reason }: { access: string; reason: string }): Cell =>
  access === 'read' ? `read ${reason}` : access === 'write' ? 'write' : 'none';

describe('the agenda may be written', () => {
  // Columns: preparation, ongoing, verification, verified.
  const closed: Record<Role, Cell[]> = {
    chair: ['write', 'write', 'write', 'read phase'],
    viceChair: ['write', 'write', 'write', 'read phase'],
    secretary: ['write', 'write', 'write', 'read phase'],
    facilitator: ['write', 'write', 'write', 'read phase'],
    member: ['read not-open', 'read not-open', 'read phase', 'read phase'],
    presenter: ['read not-open', 'read not-open', 'read phase', 'read phase'],
    observer: ['read observer', 'read observer', 'read observer', 'read phase'],
    guest: ['read observer', 'read observer', 'read observer', 'read phase'],
    screen: ['read observer', 'read observer', 'read observer', 'read phase'],
  };
  it.each(ROLES)('by %s', (role) => {
    const row = (agendaOpen: boolean) =>
      PHASES.map((phase) => cell(agendaAccess(as(role), state({ phase, agendaOpen }))));
    expect(row(false)).toEqual(closed[role]);
    expect(row(true)).toEqual(closed[role].map((c) => (c === 'read not-open' ? 'write' : c)));
  });
});

describe('the notes may be written', () => {
  const open: Record<Role, Cell[]> = {
    chair: ['write', 'write', 'write', 'read phase'],
    viceChair: ['write', 'write', 'write', 'read phase'],
    secretary: ['write', 'write', 'write', 'read phase'],
    facilitator: ['write', 'write', 'read phase', 'read phase'],
    member: ['write', 'write', 'read phase', 'read phase'],
    presenter: ['write', 'write', 'read phase', 'read phase'],
    observer: ['read observer', 'read observer', 'read observer', 'read phase'],
    guest: ['read guest', 'read guest', 'read guest', 'read phase'],
    screen: ['read observer', 'read observer', 'read observer', 'read phase'],
  };
  it.each(ROLES)('by %s', (role) => {
    const row = (locked: boolean) => PHASES.map((phase) => cell(itemAccess(as(role), state({ phase }), locked)));
    expect(row(false)).toEqual(open[role]);
    const locked = PHASES.map((phase) =>
      phase === 'verified' ? 'read phase' : role === 'observer' || role === 'screen' ? 'read observer' : 'read locked',
    );
    expect(row(true)).toEqual(locked);
  });
});

describe('nobody writes', () => {
  it('in a cancelled or archived meeting, and strangers see nothing', () => {
    for (const phase of PHASES)
      for (const access of [
        agendaAccess,
        (actor: Parameters<typeof agendaAccess>[0], s: MeetingState) => itemAccess(actor, s, false),
      ]) {
        for (const role of ROLES) {
          expect(cell(access(as(role), state({ phase, cancelled: true, agendaOpen: true })))).toBe('read cancelled');
          expect(cell(access(as(role), state({ phase, archived: true, cancelled: true })))).toBe('read archived');
        }
        for (const actor of NOBODY)
          for (const s of [state({ phase }), state({ phase, archived: true }), state({ phase, cancelled: true })])
            expect(cell(access(actor, s))).toBe('none');
      }
  });
});

describe('versions', () => {
  it('are looked at by who reads the room, kept and gone back to by who writes in it now', () => {
    const table = (['none', 'read', 'write'] as const).map((access) =>
      VERSION_ACTIONS.filter((action) => mayWithVersions({ access }, action)),
    );
    expect(table).toEqual([[], ['look'], ['look', 'keep', 'restore']]);
  });
});

describe('in the house', () => {
  it('the registers are for administrators, meetings for everybody', () => {
    const table = HOUSE_ACTIONS.map((action) => [
      action,
      mayInHouse({ roles: null, isAdmin: false }, action),
      mayInHouse({ roles: null, isAdmin: true }, action),
    ]);
    expect(table).toEqual([
      ['manage-people', false, true],
      ['manage-organisations', false, true],
      ['make-password-link', false, true],
      ['create-meeting', true, true],
      ['list-people', true, true],
      ['see-operations', false, true],
    ]);
  });
});
