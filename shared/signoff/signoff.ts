/**
 * Why this file exists: the rules of approving a protocol, as functions of plain values. An approval is given to what a
 * part said, known by its hash: when the part says something else, the approval is still there and no longer counts.
 */
import type { Id } from '../ids.ts';
import type { PartId } from './parts.ts';
import type { Signer } from './signers.ts';

/** By whom an approval is vouched for: this workspace's own account, or a service outside. */
export interface SignatureProof {
  service: string;
  /** What the service calls it; '' for our own. */
  reference: string;
}

export interface Approval {
  part: PartId;
  personId: Id;
  /** SHA-256 of what was approved. */
  hash: string;
  at: number;
  /** Given at the meeting, to an item that was to be in force at once (omedelbar justering). */
  immediate: boolean;
  proof: SignatureProof;
}

export const SUGGESTION_STATES = ['open', 'accepted', 'answered', 'retracted'] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];

/** A change that a signer wants. Without a block it is words about the part, which the secretary answers. */
export interface Suggestion {
  id: Id;
  part: PartId;
  personId: Id;
  at: number;
  /** The paragraph of the item's notes; '' for none. */
  block: string;
  /** What the paragraph said, and what it should. */
  before: string;
  after: string;
  /** Why, or what it is about. */
  reason: string;
  state: SuggestionState;
  /** What the one who closed it said, and who and when; '' and `null` while it is open. */
  answer: string;
  closedBy: Id | null;
  closedAt: number | null;
}

/** All that is kept of one protocol's sign-off until it is sealed. */
export interface SignOff {
  approvals: Approval[];
  suggestions: Suggestion[];
  /** Items to be approved at the meeting itself. */
  now: Id[];
}

export const NO_SIGN_OFF: SignOff = { approvals: [], suggestions: [], now: [] };
/** More than these nobody reads; the oldest protocol has some hundred items. */
export const MAX_SUGGESTIONS = 500;

/** The approval stands in place of the one this person gave the part before. */
export function approved(signOff: SignOff, approval: Approval): SignOff {
  return { ...withdrawn(signOff, approval), approvals: [...withdrawn(signOff, approval).approvals, approval] };
}

/** Without this person's approval of the part. */
export function withdrawn(signOff: SignOff, { part, personId }: Pick<Approval, 'part' | 'personId'>): SignOff {
  return {
    ...signOff,
    approvals: signOff.approvals.filter((one) => one.part !== part || one.personId !== personId),
  };
}

/** With a suggestion that was open closed; `null` when there is none such that is open. */
export function closed(
  signOff: SignOff,
  id: Id,
  how: { state: Exclude<SuggestionState, 'open'>; answer: string; by: Id; at: number },
): SignOff | null {
  const found = signOff.suggestions.find((one) => one.id === id && one.state === 'open');
  if (!found) return null;
  const done: Suggestion = { ...found, state: how.state, answer: how.answer, closedBy: how.by, closedAt: how.at };
  return { ...signOff, suggestions: signOff.suggestions.map((one) => (one === found ? done : one)) };
}

export type Standing = 'approved' | 'outdated' | 'none';

/** How one signer stands to one part that has this hash now. */
export function standingOf(signOff: SignOff, personId: Id, part: { id: PartId; hash: string }): Standing {
  const approval = signOff.approvals.find((one) => one.part === part.id && one.personId === personId);
  if (!approval) return 'none';
  return approval.hash === part.hash ? 'approved' : 'outdated';
}

/** Whether every signer has approved the part as it is; never when there is nobody to sign. */
export function isApproved(
  signOff: SignOff,
  signers: readonly Pick<Signer, 'personId'>[],
  part: { id: PartId; hash: string },
): boolean {
  return signers.length > 0 && signers.every(({ personId }) => standingOf(signOff, personId, part) === 'approved');
}

export interface Left {
  /** Parts that not everybody has approved as they are. */
  parts: PartId[];
  suggestions: Id[];
}

/** What is left before it can be sealed. */
export function leftOf(
  signOff: SignOff,
  signers: readonly Pick<Signer, 'personId'>[],
  parts: readonly { id: PartId; hash: string }[],
): Left {
  return {
    parts: parts.filter((part) => !isApproved(signOff, signers, part)).map(({ id }) => id),
    suggestions: signOff.suggestions.filter(({ state }) => state === 'open').map(({ id }) => id),
  };
}

/** When a signer gave the last of their approvals; `null` while one is missing or outdated. */
export function signedAt(
  signOff: SignOff,
  personId: Id,
  parts: readonly { id: PartId; hash: string }[],
): number | null {
  if (parts.length === 0 || parts.some((part) => standingOf(signOff, personId, part) !== 'approved')) return null;
  const known = new Set(parts.map(({ id }) => id));
  return Math.max(
    ...signOff.approvals.filter((one) => one.personId === personId && known.has(one.part)).map(({ at }) => at),
  );
}
