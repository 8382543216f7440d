/**
 * Why this file exists: what a decision is: one value, frozen when it is made. Nothing of it is ever changed; a later
 * decision may replace it and say so, and dissents are announced beside it.
 */
import type { Id } from '../ids.ts';

/** beslut, överenskommelse, noteras, bordläggs, återremitteras, hänskjuts, lyfts ur, läggs till handlingarna, utgår */
export const OUTCOMES = [
  'decided',
  'agreed',
  'noted',
  'tabled',
  'remitted',
  'referred',
  'spunOff',
  'filed',
  'withdrawn',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Those with a wording of their own; the others are said by their kind. */
export const WORDED: readonly Outcome[] = ['decided', 'agreed'];
/** Those that say where to, or why: without it nobody can act on them. */
export const NEEDS_DETAIL: readonly Outcome[] = ['remitted', 'referred', 'spunOff'];

/** acklamation, handuppräckning, omröstning med upprop, sluten omröstning; all but the first are counted. */
export const METHODS = ['acclamation', 'showOfHands', 'rollCall', 'ballot'] as const;
export type Method = (typeof METHODS)[number];

/** reservation, avvikande mening, protokollsanteckning */
export const DISSENT_KINDS = ['reservation', 'dissentingOpinion', 'statement'] as const;
export type DissentKind = (typeof DISSENT_KINDS)[number];

export interface Counts {
  yes: number;
  no: number;
  abstained: number;
}

/** The wording of one clause as it was decided. What became of it is computed from the two texts. */
export interface DecidedClause {
  id: Id;
  original: string;
  text: string;
  /** Why it was changed, and who said so. */
  reason: string;
  reasonBy: string;
  /** What could have been decided instead. */
  alternatives: { text: string; reason: string }[];
}

/** Somebody who was there, as they were called and whom they stood for. */
export interface PresentPerson {
  personId: Id;
  name: string;
  title: string;
  organisationId: Id | null;
  organisation: string;
}

export interface Dissent {
  id: Id;
  kind: DissentKind;
  personId: Id;
  person: string;
  organisation: string;
  text: string;
  at: number;
}

/** A decision's number in the series of its body. */
export interface DecisionNumber {
  policy: NumberingPolicy;
  /** As it is printed: "Beslut 2026-10-14", "Beslut 1", "§ 130". */
  label: string;
  year: number;
  n: number;
}

export const NUMBERING_POLICIES = ['date', 'running', 'paragraph'] as const;
export type NumberingPolicy = (typeof NUMBERING_POLICIES)[number];

/** What is frozen. */
export interface FrozenDecision {
  id: Id;
  itemId: Id;
  /** `null` for an outcome that takes no number: see {@link takesNumber}. */
  number: DecisionNumber | null;
  outcome: Outcome;
  /** What was proposed; `null` when it was decided in so many words. */
  proposal: { id: Id; title: string; by: string } | null;
  wording: DecidedClause[];
  method: Method | null;
  counts: Counts | null;
  motivation: string;
  /** Where to it was referred, why it was sent back. */
  detail: string;
  /** The decision that this one stands instead of. */
  replaces: Id | null;
  present: PresentPerson[];
  /** Organisations of the meeting for which nobody was there. */
  unrepresented: { organisationId: Id; organisation: string }[];
  /** Milliseconds since 1970 UTC, and the day where the meeting is. */
  at: number;
  date: string;
  byPersonId: Id;
  by: string;
}

/** A decision as it is shown: what is frozen, and what was said of it since. */
export interface Decision extends FrozenDecision {
  /** SHA-256 of what is frozen. */
  sha256: string;
  dissents: Dissent[];
  /** The decision that stands instead of this one now. */
  replacedBy: Id | null;
}

/** An item was opened again: part of the record. */
export interface Reopening {
  at: number;
  personId: Id;
  person: string;
  reason: string;
}

/**
 * Whether an outcome takes a number. Where paragraphs are numbered everything that is recorded is one; otherwise the
 * number is a decision's, and what was agreed or noted is none.
 */
export const takesNumber = (policy: NumberingPolicy, outcome: Outcome): boolean =>
  policy === 'paragraph' || (outcome !== 'agreed' && outcome !== 'noted');

/** Which series a number is taken from: of a body and a year, or a day where the day is the name. */
export function seriesOf(body: string, policy: NumberingPolicy, date: string): string {
  return JSON.stringify([body, policy, policy === 'date' ? date : date.slice(0, 4)]);
}

/** The number `n` as it is printed. The first of a day is the day alone. */
export function numberLabel(policy: NumberingPolicy, date: string, n: number): string {
  if (policy === 'paragraph') return `§ ${n}`;
  if (policy === 'running') return `Beslut ${n}`;
  return n === 1 ? `Beslut ${date}` : `Beslut ${date} (${n})`;
}

/** The next number of a series: one more than the last, so there is never a gap; `first` where it begins. */
export const nextNumber = (last: number | null, first: number): number => (last === null ? first : last + 1);
