/**
 * Why this file exists: who may do what, in one pure place. The server enforces it on every request and every room;
 * the client asks it only to hide what would be refused.
 */
import type { Access, AccessReason } from './wire.ts';
import type { GroupState, HarvestDoor } from './workshop/workshop.ts';

export const ROLES = [
  'chair',
  'viceChair',
  'secretary',
  'facilitator',
  'member',
  'presenter',
  /** justerare: reads the minutes through and approves them, beside the chair. */
  'verifier',
  'observer',
  /** Came by the meeting's code; has no account. */
  'guest',
  /** Not a person: the projector's link. Reads what everybody may see, and nothing else. */
  'screen',
] as const;
export type Role = (typeof ROLES)[number];

/** The roles an officer gives somebody. The others come with the way one came in. */
export const GIVEN_ROLES = [
  'chair',
  'viceChair',
  'secretary',
  'facilitator',
  'member',
  'presenter',
  'verifier',
  'observer',
] as const satisfies readonly Role[];
export type GivenRole = (typeof GIVEN_ROLES)[number];

/** Who signs a protocol, in the order of signing; the vice chair when there is no chair. */
export const SIGNING_ROLES = ['chair', 'viceChair', 'secretary', 'verifier'] as const satisfies readonly GivenRole[];

/** Those of the roles that an officer gives. */
export function givenRoles(roles: readonly Role[]): GivenRole[] {
  return GIVEN_ROLES.filter((role) => roles.includes(role));
}

/** förberedelse → pågår → justering → justerat */
export const PHASES = ['preparation', 'ongoing', 'verification', 'verified'] as const;
export type Phase = (typeof PHASES)[number];

/** The roles that run a meeting. */
export const OFFICERS: readonly Role[] = ['chair', 'viceChair', 'secretary', 'facilitator'];

/** What decides: the state of the meeting as the policy sees it. */
export interface MeetingState {
  phase: Phase;
  /** Everyone may edit the agenda, not only the officers. */
  agendaOpen: boolean;
  cancelled: boolean;
  archived: boolean;
  /** Guests may write in the notes, not only in their group. */
  guestsWrite: boolean;
}

/** Who asks: `null` roles for somebody who is not a participant. */
export interface Actor {
  roles: readonly Role[] | null;
  isAdmin: boolean;
  /** Has no account: came by a meeting's code, or is a projector. Belongs to that meeting alone. */
  isGuest?: boolean;
}

export const MEETING_ACTIONS = [
  'read',
  'edit-header',
  'edit-participants',
  'invite',
  'change-phase',
  'set-current-item',
  'lock-item',
  'split-item',
  'copy',
  'cancel',
  'archive',
  'remove-version',
  'run-workshop',
  'join-group',
  'change-summary-status',
  'see-guests',
  'run-projector',
  'run-floor',
  'keep-presence',
  'say-here',
  'propose',
  'decide',
  'reopen-decided',
  'keep-actions',
  'attach',
  'publish-notice',
  'reply-notice',
  'edit-minutes',
  'sign-minutes',
  'seal-minutes',
  'correct-minutes',
  'dispatch-minutes',
  'export-minutes',
  'import-document',
] as const;
export type MeetingAction = (typeof MEETING_ACTIONS)[number];

export function isOfficer(roles: readonly Role[] | null): boolean {
  return roles?.some((role) => OFFICERS.includes(role)) ?? false;
}

function has(actor: Actor, ...wanted: Role[]): boolean {
  return actor.roles?.some((role) => wanted.includes(role)) ?? false;
}

/** Has come by the code and has no other place in the meeting. */
const onlyGuest = (actor: Actor): boolean =>
  has(actor, 'guest') && !has(actor, ...OFFICERS, 'member', 'presenter', 'verifier');

/** Whether `actor` may take `action` in a meeting in `state`. Non-participants may nothing, administrators included. */
export function mayInMeeting(actor: Actor, state: MeetingState, action: MeetingAction): boolean {
  if (actor.roles === null) return false;
  const live = !state.cancelled && !state.archived;
  switch (action) {
    case 'read':
    case 'copy':
      return action === 'read' || isOfficer(actor.roles);
    case 'edit-header':
    case 'edit-participants':
    case 'invite':
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'change-phase':
      // Leaving "justerat" again would unlock a sealed record: nobody may.
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'set-current-item':
      return live && state.phase === 'ongoing' && isOfficer(actor.roles);
    case 'lock-item':
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'split-item':
      return live && agendaAccess(actor, state).access === 'write';
    case 'cancel':
      return !state.archived && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'archive':
    // The code and who waits: how guests come in is for those who run the meeting.
    case 'see-guests':
      return isOfficer(actor.roles);
    case 'run-workshop':
      // The harvest goes on after the meeting; what is verified is closed.
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'join-group':
      return live && state.phase !== 'verified' && has(actor, ...OFFICERS, 'member', 'presenter', 'guest');
    case 'change-summary-status':
      return live && state.phase !== 'verified' && has(actor, 'chair', 'viceChair');
    case 'run-projector':
      // What was verified is still shown to those who sit there.
      return live && isOfficer(actor.roles);
    case 'run-floor':
      // Its rules are set before the meeting, and who still has the floor when it is over is ended afterwards.
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'keep-presence':
    case 'publish-notice':
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'reply-notice':
      // Until it is over people say whether they come; guests and screens are not called.
      return (
        live &&
        (state.phase === 'preparation' || state.phase === 'ongoing') &&
        has(actor, ...OFFICERS, 'member', 'presenter', 'verifier', 'observer')
      );
    case 'say-here':
      return (
        live &&
        state.phase === 'ongoing' &&
        has(actor, ...OFFICERS, 'member', 'presenter', 'verifier', 'observer', 'guest')
      );
    case 'propose':
      return live && itemAccess(actor, state, false).access === 'write' && !onlyGuest(actor);
    case 'decide':
      return live && state.phase === 'ongoing' && has(actor, 'chair', 'viceChair', 'secretary');
    case 'reopen-decided':
    case 'edit-minutes':
      return live && state.phase !== 'verified' && has(actor, 'chair', 'viceChair', 'secretary');
    case 'keep-actions':
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
    case 'attach':
      return live && itemAccess(actor, state, false).access === 'write' && !onlyGuest(actor);
    case 'sign-minutes':
      // What was approved in the evening of the first day is known by its content, so it may begin before the meeting ends.
      return (
        live &&
        (state.phase === 'ongoing' || state.phase === 'verification') &&
        has(actor, 'chair', 'viceChair', 'verifier')
      );
    case 'seal-minutes':
      return live && state.phase === 'verification' && has(actor, 'chair', 'viceChair', 'secretary');
    case 'correct-minutes':
    case 'dispatch-minutes':
      // A correction stands beside what is sealed and alters nothing of it.
      return live && state.phase === 'verified' && has(actor, 'chair', 'viceChair', 'secretary');
    case 'export-minutes':
      return has(actor, ...OFFICERS, 'member', 'presenter', 'verifier', 'observer');
    case 'import-document':
      return live && isOfficer(actor.roles) && agendaAccess(actor, state).access === 'write';
    case 'remove-version':
      // What led to a verified record is part of it.
      return live && state.phase !== 'verified' && isOfficer(actor.roles);
  }
}

/** The phases an officer may move a meeting to from `phase`, in order. Back one step is allowed until it is verified. */
export function nextPhases(phase: Phase): readonly Phase[] {
  switch (phase) {
    case 'preparation':
      return ['ongoing'];
    case 'ongoing':
      return ['preparation', 'verification'];
    case 'verification':
      return ['ongoing', 'verified'];
    case 'verified':
      return [];
  }
}

export interface AccessDecision {
  access: Access;
  reason: AccessReason;
}

const WRITE: AccessDecision = { access: 'write', reason: '' };
const read = (reason: AccessReason): AccessDecision => ({ access: 'read', reason });
/** What somebody hears who does not take part. */
export const NONE: AccessDecision = { access: 'none', reason: 'not-participant' };

function closedState(state: MeetingState): AccessDecision | null {
  if (state.archived) return read('archived');
  if (state.cancelled) return read('cancelled');
  if (state.phase === 'verified') return read('phase');
  return null;
}

/** Access to the room `agenda:<meeting>`. */
export function agendaAccess(actor: Actor, state: MeetingState): AccessDecision {
  if (actor.roles === null) return NONE;
  const closed = closedState(state);
  if (closed) return closed;
  if (isOfficer(actor.roles)) return WRITE;
  if (has(actor, 'member', 'presenter')) {
    if (state.phase === 'verification') return read('phase');
    return state.agendaOpen ? WRITE : read('not-open');
  }
  return read('observer');
}

/** Access to a room `item:<meeting>:<item>`; `locked` when the item alone is locked. */
export function itemAccess(actor: Actor, state: MeetingState, locked: boolean): AccessDecision {
  if (actor.roles === null) return NONE;
  const closed = closedState(state);
  if (closed) return closed;
  if (!has(actor, ...OFFICERS, 'member', 'presenter', 'guest')) return read('observer');
  if (locked) return read('locked');
  if (has(actor, 'guest') && !has(actor, ...OFFICERS, 'member', 'presenter') && !state.guestsWrite)
    return read('guest');
  if (state.phase === 'verification') return has(actor, 'chair', 'viceChair', 'secretary') ? WRITE : read('phase');
  return WRITE;
}

/** What decides about a group's room. */
export interface GroupFacts {
  state: GroupState;
  /** The asker is one of its members. */
  mine: boolean;
  /** Everybody may read what all groups write. */
  opened: boolean;
}

/**
 * Access to a room `group:<meeting>:<group>`, or `null` for somebody to whom this group is as one that does not exist:
 * the others' groups until the facilitator opens them. Who runs the meeting drops in on any group and may write there.
 */
export function groupAccess(actor: Actor, state: MeetingState, group: GroupFacts): AccessDecision | null {
  if (actor.roles === null) return NONE;
  const officer = isOfficer(actor.roles);
  // The projector shows the wall when the facilitator does; it has no other way to be asked.
  if (!officer && !group.mine && !group.opened && !has(actor, 'screen')) return null;
  const closed = closedState(state);
  if (closed) return closed;
  if (group.state === 'closed') return read('round-closed');
  if (has(actor, 'screen')) return read('observer');
  if (officer) return WRITE;
  if (!group.mine) return read('other-group');
  return group.state === 'planned' ? read('not-started') : WRITE;
}

/** Access to a room `harvest:<meeting>:<item>`, or `null` for somebody for whom it does not exist yet. */
export function harvestAccess(actor: Actor, state: MeetingState, door: HarvestDoor): AccessDecision | null {
  if (actor.roles === null) return NONE;
  const officer = isOfficer(actor.roles);
  const screen = has(actor, 'screen');
  if (!officer && !screen && door === 'officers') return null;
  const closed = closedState(state);
  if (closed) return closed;
  if (officer) return WRITE;
  if (screen || has(actor, 'observer')) return read('observer');
  return door === 'write' ? WRITE : read('not-open');
}

/** Whether somebody is one whose ballot counts in a workshop; guests when the vote is theirs too. Who looks on is not. */
export function votesInMeeting(roles: readonly Role[] | null, guests: boolean): boolean {
  const actor = { roles, isAdmin: false };
  if (has(actor, 'screen')) return false;
  return has(actor, ...OFFICERS, 'member', 'presenter') || (guests && has(actor, 'guest'));
}

/** Whether somebody may cast a ballot now. */
export function mayVote(actor: Actor, state: MeetingState, guests: boolean): boolean {
  return closedState(state) === null && votesInMeeting(actor.roles, guests);
}

/** Whether somebody is one who speaks in the meeting: who takes part, and guests where its rule lets them. */
export function speaksInMeeting(roles: readonly Role[] | null, guests: boolean): boolean {
  const actor = { roles, isAdmin: false };
  return has(actor, ...OFFICERS, 'member', 'presenter') || (guests && has(actor, 'guest'));
}

/** Whether somebody may ask for the floor now. */
export function mayAskForFloor(actor: Actor, state: MeetingState, guests: boolean): boolean {
  return closedState(state) === null && state.phase === 'ongoing' && speaksInMeeting(actor.roles, guests);
}

/** What decides about an item's shared summary. */
export interface SummaryFacts {
  final: boolean;
  /** The asker is a named scribe. */
  scribe: boolean;
  /** Participants may read and comment before it is final. */
  comments: boolean;
}

/** Access to a room `summary:<meeting>:<item>`, or `null` for somebody for whom it does not exist yet. */
export function summaryAccess(actor: Actor, state: MeetingState, summary: SummaryFacts): AccessDecision | null {
  if (actor.roles === null) return NONE;
  const writer = summary.scribe || has(actor, 'chair', 'viceChair');
  if (!writer && !isOfficer(actor.roles) && !summary.comments && !summary.final && !has(actor, 'screen')) return null;
  const closed = closedState(state);
  if (closed) return closed;
  if (summary.final) return read('final');
  return writer ? WRITE : read('not-scribe');
}

/**
 * Whether somebody may comment on a summary: everybody who reads it while it is being written and nothing is closed. The
 * projector is nobody.
 */
export function mayCommentSummary(actor: Actor, state: MeetingState, summary: SummaryFacts): boolean {
  if (summary.final || closedState(state) || has(actor, 'screen')) return false;
  const right = summaryAccess(actor, state, summary);
  return right !== null && right.access !== 'none';
}

/** Whether somebody who may comment may also say that a comment is dealt with: who began it, who writes, who runs it. */
export function mayResolveComment(actor: Actor, state: MeetingState, summary: SummaryFacts, own: boolean): boolean {
  if (!mayCommentSummary(actor, state, summary)) return false;
  return own || isOfficer(actor.roles) || summaryAccess(actor, state, summary)?.access === 'write';
}

/**
 * Access to a room `proposal:<meeting>:<item>`: as the item's notes, but not for guests; `decided` when what the item
 * decided is frozen.
 */
export function proposalAccess(actor: Actor, state: MeetingState, decided: boolean): AccessDecision {
  const notes = itemAccess(actor, state, decided);
  return notes.access === 'write' && onlyGuest(actor) ? read('guest') : notes;
}

export const VERSION_ACTIONS = ['look', 'keep', 'restore'] as const;
export type VersionAction = (typeof VERSION_ACTIONS)[number];

/**
 * What one may do with a room's versions follows from what one may do in the room now: who reads it may look back and
 * compare, who writes in it may keep versions and go back to one.
 */
export function mayWithVersions({ access }: Pick<AccessDecision, 'access'>, action: VersionAction): boolean {
  return access === 'write' || (action === 'look' && access === 'read');
}

/** What concerns the whole installation: people, organisations, password links. */
export const HOUSE_ACTIONS = [
  'manage-people',
  'manage-organisations',
  'make-password-link',
  'create-meeting',
  'list-people',
  'see-operations',
] as const;
export type HouseAction = (typeof HOUSE_ACTIONS)[number];

/** Anyone with an account may create a meeting and pick people for it; the registers belong to administrators. */
export function mayInHouse(actor: Actor, action: HouseAction): boolean {
  switch (action) {
    case 'create-meeting':
    case 'list-people':
      return actor.isGuest !== true;
    case 'manage-people':
    case 'manage-organisations':
    case 'make-password-link':
    case 'see-operations':
      return actor.isAdmin;
  }
}
