/**
 * Why this file exists: a protocol as one value, composed once and rendered many ways. Every renderer, the page and the
 * sign-off take this and nothing else, so that no two of them can say different things.
 *
 * What its style leaves out is not in it: whoever gets a decision protocol cannot find the notes in its JSON. It is in one
 * language, because it holds phrases. docs/minutes.schema.json is its published schema (version 1); fields are only added.
 */
import type { ItemKind } from '../agenda.ts';
import type { Block } from '../document/blocks.ts';
import type { Id } from '../ids.ts';
import type { Language } from '../terms.ts';

/** beslutsprotokoll, diskussionsprotokoll, mötesanteckningar */
export const MINUTES_STYLES = ['decisions', 'discussion', 'notes'] as const;
export type MinutesStyle = (typeof MINUTES_STYLES)[number];

/** beslut, överenskommelse, noteras, bordläggs, återremitteras, hänskjuts, lyfts ur, läggs till handlingarna, utgår */
export const DECISION_OUTCOMES = [
  'decision',
  'agreement',
  'noted',
  'tabled',
  'remitted',
  'referred',
  'spunOff',
  'filed',
  'withdrawn',
] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** acklamation, handuppräckning, namnupprop, sluten votering; '' when it was not noted */
export const DECISION_METHODS = ['', 'acclamation', 'showOfHands', 'rollCall', 'ballot'] as const;
export type DecisionMethod = (typeof DECISION_METHODS)[number];

/** reservation, avvikande mening, protokollsanteckning */
export const DISSENT_KINDS = ['reservation', 'dissent', 'note'] as const;
export type DissentKind = (typeof DISSENT_KINDS)[number];

/** One of the meeting's days, in the order of time. */
export interface MinutesSitting {
  id: Id;
  /** "Dag 1", or '' when there is only one. */
  label: string;
  date: string;
  /** HH:MM in the meeting's time zone. */
  start: string;
  end: string;
  /** "torsdag 12 november 2026, kl. 08.30–16.50". */
  when: string;
  place: string;
}

/** Somebody in a list of who took part. */
export interface MinutesPerson {
  personId: Id | null;
  /** With the party's letter. */
  name: string;
  /** Title, or the task in the meeting. */
  title: string;
  /** "från kl. 10.00 dag 2"; '' for the whole meeting. */
  phrase: string;
}

/** A row of a list: an organisation or a category with its people; with nobody it is shown as "–". */
export interface MinutesGroup {
  label: string;
  people: MinutesPerson[];
}

/** "Närvarande", "Anmält förhinder", … */
export interface MinutesList {
  title: string;
  /** What the labels of the groups are: "Organisation". */
  by: string;
  groups: MinutesGroup[];
}

export interface MinutesPresenter {
  name: string;
  title: string;
  organisation: string;
}

/** A summary that was final when the protocol was composed. */
export interface MinutesSummary {
  revision: number;
  at: number;
  by: string;
  sha256: string;
  sections: { heading: string; blocks: Block[] }[];
}

/** A clause (att-sats) of a decision. */
export interface MinutesClause {
  id: Id;
  /** The wording that was decided: verbatim, never expanded or altered. */
  text: string;
  /** The wording it began with, when that was another; else `null`. */
  original: string | null;
  /** Why it was changed. */
  reason: string;
}

export interface MinutesDissent {
  kind: DissentKind;
  who: string;
  text: string;
}

export interface MinutesDecision {
  id: Id;
  /** "Beslut 2026-11-12 nr 1", "§ 130". */
  label: string;
  outcome: DecisionOutcome;
  /** What stands before the clauses, e.g. "Samrådet beslutar"; for other outcomes the sentence. */
  lead: string;
  clauses: MinutesClause[];
  motivation: string;
  method: DecisionMethod;
  /** Votes, when they were counted: "12 ja, 3 nej, 1 avstår". */
  counts: string;
  dissents: MinutesDissent[];
  /** Who was present, in words; '' when it is not said. */
  present: string;
  at: number;
}

export interface MinutesAttachment {
  id: Id;
  /** "Bilaga 2.1.1", derived. */
  label: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  sha256: string;
}

export interface MinutesAction {
  id: Id;
  text: string;
  /** A person's or an organisation's name. */
  owner: string;
  /** With its precision: "v. 42", "före 1 mars 2027"; '' without. */
  due: string;
  done: boolean;
  /** The block of the item's own notes it was taken from, by its id; '' when none is named. */
  source: string;
}

/** A decided item was opened again: part of the record. */
export interface MinutesReopening {
  at: number;
  /** "13 november 2026, kl. 14.02". */
  when: string;
  by: string;
  reason: string;
}

/** A section or an item, in the order of the agenda. */
export interface MinutesItem {
  id: Id;
  /** "4", "4.1"; '' for sections. */
  number: string;
  /** 0 at the top, at most 2. */
  level: number;
  kind: Exclude<ItemKind, 'break'>;
  title: string;
  sittingId: Id | '';
  /** Which in the order in which items were dealt with, from 1; `null` when it never was the current one. */
  treatment: number | null;
  presenters: MinutesPresenter[];
  /** What was written under it. */
  blocks: Block[];
  summary: MinutesSummary | null;
  /** "Inget att rapportera". */
  nothingToReport: boolean;
  decisions: MinutesDecision[];
  reopenings: MinutesReopening[];
  actions: MinutesAction[];
  attachments: MinutesAttachment[];
}

/** One who is to sign; the sign-off says when. */
export interface MinutesSignature {
  personId: Id;
  name: string;
  title: string;
  role: 'chair' | 'viceChair' | 'secretary' | 'verifier';
  /** "På uppdrag av …", "I tjänsten"; '' when it is not said. */
  capacity: string;
  signedAt: number | null;
}

/** A protocol that came into this house as a file: its decisions, presence and summaries are the file's word. */
export interface MinutesOrigin {
  at: number;
  /** Who took it in. */
  by: string;
  /** The signatures are the file's too: nobody has been named to sign here. */
  signatures: boolean;
}

export interface MinutesDocument {
  format: 'radslag-minutes';
  version: 1;
  language: Language;
  style: MinutesStyle;
  meeting: { id: Id; timeZone: string };
  header: {
    body: string;
    title: string;
    registryNumber: string;
    sittings: MinutesSitting[];
    /** Where all of it was held, when that is one place; else '' and each sitting has its own. */
    place: string;
    /** Chair and secretary: role in words and name. */
    officers: { role: string; name: string }[];
  };
  attendance: MinutesList[];
  items: MinutesItem[];
  /** Attachments of the meeting that belong to no item. */
  attachments: MinutesAttachment[];
  signatures: MinutesSignature[];
  abbreviations: { short: string; long: string }[];
  appendix: { title: string; blocks: Block[] }[];
  /** Only in what came from a file; said by this house and never by the file. */
  imported?: MinutesOrigin;
}

/**
 * The document as its style has it: a decision protocol without notes, summaries and reasons; notes of a meeting without
 * signatures. Idempotent.
 */
export function inStyle(full: MinutesDocument, style: MinutesStyle): MinutesDocument {
  switch (style) {
    case 'discussion':
      return { ...full, style };
    case 'notes':
      return { ...full, style, signatures: [] };
    case 'decisions':
      return {
        ...full,
        style,
        appendix: [],
        items: full.items.map((item) => ({
          ...item,
          blocks: [],
          summary: null,
          decisions: item.decisions.map((decision) => ({
            ...decision,
            motivation: '',
            clauses: decision.clauses.map((clause) => ({ ...clause, original: null, reason: '' })),
          })),
        })),
      };
  }
}

/** Whether items were dealt with in another order than they stand in. */
export function outOfOrder(items: readonly Pick<MinutesItem, 'treatment'>[]): boolean {
  let last = 0;
  for (const { treatment } of items) {
    if (treatment === null) continue;
    if (treatment < last) return true;
    last = treatment;
  }
  return false;
}
