/**
 * Why this file exists: who may do what, written out as a table. A change of the policy must change this page too, where
 * it can be read by somebody who knows meetings and not the code.
 */
import { describe, expect, it } from 'vitest';
import {
  agendaAccess,
  groupAccess,
  HOUSE_ACTIONS,
  harvestAccess,
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
  proposalAccess,
  ROLES,
  type Role,
  summaryAccess,
  VERSION_ACTIONS,
} from '#shared/policy.ts';
import { GROUP_STATES, HARVEST_DOORS } from '#shared/workshop/workshop.ts';

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
const OTHERS: Role[] = ['member', 'presenter', 'verifier', 'observer', 'guest', 'screen'];

/** In which phases an officer may, while the meeting is neither cancelled nor archived. */
const OFFICERS_MAY = {
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
  'run-floor': ['preparation', 'ongoing', 'verification'],
  'keep-presence': ['preparation', 'ongoing', 'verification'],
  'publish-notice': ['preparation', 'ongoing', 'verification'],
  'keep-actions': ['preparation', 'ongoing', 'verification'],
  'import-document': ['preparation', 'ongoing', 'verification'],
} satisfies Partial<Record<MeetingAction, Phase[]>>;

const [PREPARE, HOLD, VERIFY, AFTER] = PHASES;
const WRITERS: Partial<Record<Role, Phase[]>> = {
  chair: [PREPARE, HOLD, VERIFY],
  viceChair: [PREPARE, HOLD, VERIFY],
  secretary: [PREPARE, HOLD, VERIFY],
  facilitator: [PREPARE, HOLD],
  member: [PREPARE, HOLD],
  presenter: [PREPARE, HOLD],
};
const only = (roles: Role[], phases: Phase[]): Partial<Record<Role, Phase[]>> =>
  Object.fromEntries(roles.map((role) => [role, phases]));
const DESK: Role[] = ['chair', 'viceChair', 'secretary'];
/** The record of a meeting: who may, and when. */
const RECORD = {
  'say-here': only([...DESK, 'facilitator', 'member', 'presenter', 'verifier', 'observer', 'guest'], [HOLD]),
  'reply-notice': only([...DESK, 'facilitator', 'member', 'presenter', 'verifier', 'observer'], [PREPARE, HOLD]),
  propose: WRITERS,
  attach: WRITERS,
  decide: only(DESK, [HOLD]),
  'reopen-decided': only(DESK, [PREPARE, HOLD, VERIFY]),
  'edit-minutes': only(DESK, [PREPARE, HOLD, VERIFY]),
  'sign-minutes': only(['chair', 'viceChair', 'verifier'], ['ongoing', VERIFY]),
  'seal-minutes': only(DESK, [VERIFY]),
  'correct-minutes': only(DESK, [AFTER]),
  'dispatch-minutes': only(DESK, [AFTER]),
  'export-minutes': only([...DESK, 'facilitator', 'member', 'presenter', 'verifier', 'observer'], [...PHASES]),
} satisfies Partial<Record<MeetingAction, Partial<Record<Role, Phase[]>>>>;
/** Not for every officer. */
const CHAIRS_ONLY: MeetingAction[] = ['change-summary-status'];
const CHAIRS: Role[] = ['chair', 'viceChair'];
/** What remains in a cancelled meeting, and in an archived one. */
const WHEN_CANCELLED: MeetingAction[] = ['read', 'copy', 'cancel', 'archive', 'see-guests'];
const WHEN_ARCHIVED: MeetingAction[] = ['read', 'copy', 'archive', 'see-guests'];

describe('the record of a meeting', () => {
  it.each(Object.keys(RECORD) as (keyof typeof RECORD)[])('%s', (action) => {
    const rows: Partial<Record<Role, Phase[]>> = RECORD[action];
    for (const role of ROLES) {
      const when = PHASES.filter((phase) => mayInMeeting(as(role), state({ phase }), action));
      expect(when, role).toEqual(rows[role] ?? []);
      for (const closed of [{ cancelled: true }, { archived: true }])
        expect(
          PHASES.filter((phase) => mayInMeeting(as(role), state({ phase, ...closed }), action)),
          `${role} ${Object.keys(closed)}`,
        ).toEqual(action === 'export-minutes' ? when : []);
    }
  });

  it('leaves no action out of these tables', () => {
    expect([...Object.keys(OFFICERS_MAY), ...Object.keys(RECORD)].sort()).toEqual([...MEETING_ACTIONS].sort());
  });

  it('keeps guests out of the proposals, also where they write in the notes', () => {
    const open = state({ phase: 'ongoing', guestsWrite: true });
    expect(cell(proposalAccess(as('guest'), open, false))).toBe('read guest');
    expect(cell(proposalAccess(as('guest', 'member'), open, false))).toBe('write');
    expect(cell(proposalAccess(as('member'), open, true))).toBe('read locked');
  });
});

describe('in a meeting', () => {
  it.each(Object.keys(OFFICERS_MAY) as (keyof typeof OFFICERS_MAY)[])('%s', (action) => {
    const phases: readonly Phase[] = OFFICERS_MAY[action];
    for (const phase of PHASES) {
      for (const role of CHAIRS_ONLY.includes(action) ? CHAIRS : OFFICERS) {
        const where = `${role} ${phase}`;
        expect(mayInMeeting(as(role), state({ phase }), action), where).toBe(phases.includes(phase));
        expect(mayInMeeting(as('observer', role), state({ phase }), action), where).toBe(phases.includes(phase));
        expect(mayInMeeting(as(role), state({ phase, cancelled: true }), action), `${where} cancelled`).toBe(
          phases.includes(phase) && WHEN_CANCELLED.includes(action),
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
    verifier: ['read observer', 'read observer', 'read observer', 'read phase'],
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
    verifier: ['read observer', 'read observer', 'read observer', 'read phase'],
    observer: ['read observer', 'read observer', 'read observer', 'read phase'],
    guest: ['read guest', 'read guest', 'read guest', 'read phase'],
    screen: ['read observer', 'read observer', 'read observer', 'read phase'],
  };
  it.each(ROLES)('by %s', (role) => {
    const row = (locked: boolean) => PHASES.map((phase) => cell(itemAccess(as(role), state({ phase }), locked)));
    expect(row(false)).toEqual(open[role]);
    const locked = PHASES.map((phase) =>
      phase === 'verified'
        ? 'read phase'
        : ['observer', 'screen', 'verifier'].includes(role)
          ? 'read observer'
          : 'read locked',
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

describe("a workshop's rooms", () => {
  /** Nothing of it exists for them. */
  const missing = 'missing';
  const told = (decision: { access: string; reason: string } | null) => (decision === null ? missing : cell(decision));
  const phases = (of: (phase: Phase) => { access: string; reason: string } | null) =>
    PHASES.map((phase) => told(of(phase)));
  /** In the first three phases, and when the record is verified. */
  const until = (live: string, after = 'read phase') => [live, live, live, after];
  const gone = until(missing, missing);
  const OFFICIAL: Role[] = ['chair', 'viceChair', 'secretary', 'facilitator'];
  const WITHOUT_OFFICE: Role[] = ['member', 'presenter', 'verifier', 'observer', 'guest'];

  describe.each(GROUP_STATES)('a group that is %s', (group) => {
    const closed = group === 'closed';
    it.each(ROLES)('for %s', (role) => {
      const row = (mine: boolean, opened: boolean) =>
        phases((phase) => groupAccess(as(role), state({ phase }), { state: group, mine, opened }));
      if (OFFICIAL.includes(role)) {
        // Who runs the meeting drops in anywhere, and prepares before it begins.
        for (const mine of [true, false])
          for (const opened of [true, false])
            expect(row(mine, opened)).toEqual(until(closed ? 'read round-closed' : 'write'));
        return;
      }
      if (role === 'screen') {
        expect(row(false, false)).toEqual(until(closed ? 'read round-closed' : 'read observer'));
        return;
      }
      expect(row(false, false)).toEqual(gone);
      expect(row(false, true)).toEqual(until(closed ? 'read round-closed' : 'read other-group'));
      const own = closed ? 'read round-closed' : group === 'planned' ? 'read not-started' : 'write';
      for (const opened of [true, false]) expect(row(true, opened)).toEqual(until(own));
    });
  });

  describe.each(HARVEST_DOORS)('the harvest, open for %s', (door) => {
    it.each(ROLES)('for %s', (role) => {
      const row = phases((phase) => harvestAccess(as(role), state({ phase }), door));
      if (OFFICIAL.includes(role)) expect(row).toEqual(until('write'));
      else if (role === 'screen') expect(row).toEqual(until('read observer'));
      else if (door === 'officers') expect(row).toEqual(gone);
      else if (role === 'observer') expect(row).toEqual(until('read observer'));
      else expect(row).toEqual(until(door === 'write' ? 'write' : 'read not-open'));
    });
  });

  describe.each([
    { final: false, scribe: false, comments: false },
    { final: false, scribe: true, comments: false },
    { final: false, scribe: false, comments: true },
    { final: true, scribe: false, comments: false },
    { final: true, scribe: true, comments: true },
  ])('the summary, when final: $final, scribe: $scribe, comments: $comments', (facts) => {
    it.each(ROLES)('for %s', (role) => {
      const row = phases((phase) => summaryAccess(as(role), state({ phase }), facts));
      if (facts.final) expect(row).toEqual(until('read final'));
      else if (facts.scribe || role === 'chair' || role === 'viceChair') expect(row).toEqual(until('write'));
      else if (WITHOUT_OFFICE.includes(role) && !facts.comments) expect(row).toEqual(gone);
      else expect(row).toEqual(until('read not-scribe'));
    });
  });

  it('are read only in a cancelled or archived meeting, still hidden where they were, and never for strangers', () => {
    const facts = { state: 'open', mine: true, opened: false } as const;
    const summary = { final: false, scribe: true, comments: true };
    for (const phase of PHASES)
      for (const [change, reason] of [
        [{ cancelled: true }, 'read cancelled'],
        [{ archived: true, cancelled: true }, 'read archived'],
      ] as const) {
        const now = state({ phase, ...change });
        for (const role of ROLES) {
          expect(told(groupAccess(as(role), now, facts))).toBe(reason);
          expect(told(harvestAccess(as(role), now, 'write'))).toBe(reason);
          expect(told(summaryAccess(as(role), now, summary))).toBe(reason);
        }
        expect(told(groupAccess(as('member'), now, { ...facts, mine: false }))).toBe(missing);
        for (const actor of NOBODY) {
          expect(told(groupAccess(actor, now, facts))).toBe('none');
          expect(told(harvestAccess(actor, now, 'write'))).toBe('none');
          expect(told(summaryAccess(actor, now, summary))).toBe('none');
        }
      }
  });
});
