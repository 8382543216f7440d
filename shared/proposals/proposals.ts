/**
 * Why this file exists: the proposals to an item are a shared document, and this is the only code that knows the names of
 * its keys. Reads parse defensively (another client's document is untrusted input); writes never remove anything: what is
 * put away can be brought back, and nobody's words go with it.
 *
 * Document `proposal:<meeting>:<item>`, root maps:
 *   proposals  id → map of plain values: title, by (whose proposal, free text), order, at, personId, archived
 *   clauses    id → map of plain values: proposal (id), order, original (the wording it began with, plain text), reason
 *              (why it was changed), reasonBy, reasonAt (who gave it and when), alternativeTo (id of the clause it may stand
 *              instead of, or ''), at, personId, archived
 * and one root fragment per clause, named by the clause's id: its wording now, as the editor writes it. Whoever makes a
 * clause makes its first paragraph in the same transaction; the id is new, so nobody else can.
 */
import * as Y from 'yjs';
import { safeKeyBetween } from '../agenda.ts';
import { type Id, isId } from '../ids.ts';

export const PROPOSALS_ROOT = 'proposals';
export const CLAUSES_ROOT = 'clauses';
/** Fields of a proposal; plain values. */
export const PROPOSAL_FIELDS = ['title', 'by', 'order', 'at', 'personId', 'archived'] as const;
/** Fields of a clause (att-sats); plain values. */
export const CLAUSE_FIELDS = [
  'proposal',
  'order',
  'original',
  'reason',
  'reasonBy',
  'reasonAt',
  'alternativeTo',
  'at',
  'personId',
  'archived',
] as const;

/** Longest wording, title and reason that are read; what is longer is cut, as in the agenda. */
export const MAX_WORDING = 4_000;
export const MAX_PROPOSAL_TITLE = 300;
export const MAX_REASON = 1_000;

/** A proposal as read. */
export interface Proposal {
  id: Id;
  /** What stands before the clauses ("Samrådet föreslås besluta"); may be empty. */
  title: string;
  /** Whose it is, as people say it. */
  by: string;
  order: string;
  at: number;
  personId: Id | '';
  archived: boolean;
}

/** A clause (att-sats) as read, but for its wording now, which is a text of its own. */
export interface Clause {
  id: Id;
  proposal: Id;
  order: string;
  original: string;
  reason: string;
  reasonBy: Id | '';
  reasonAt: number;
  alternativeTo: Id | '';
  at: number;
  personId: Id | '';
  archived: boolean;
}

type Values = Y.Map<unknown>;

/** The root maps; the same objects at every call. */
export const proposalsRoot = (doc: Y.Doc): Y.Map<Values> => doc.getMap<Values>(PROPOSALS_ROOT);
export const clausesRoot = (doc: Y.Doc): Y.Map<Values> => doc.getMap<Values>(CLAUSES_ROOT);

const text = (value: unknown, max: number): string =>
  typeof value === 'string' ? value.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').slice(0, max) : '';
const id = (value: unknown): Id | '' => (isId(value) ? value : '');
const time = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : 0);

const byOrder = (a: { order: string; id: Id }, b: { order: string; id: Id }): number =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** All proposals in their order, those put away too. */
export function readProposals(doc: Y.Doc): Proposal[] {
  const found: Proposal[] = [];
  for (const [key, map] of proposalsRoot(doc)) {
    if (!isId(key) || !(map instanceof Y.Map)) continue;
    found.push({
      id: key,
      title: text(map.get('title'), MAX_PROPOSAL_TITLE),
      by: text(map.get('by'), 200),
      order: text(map.get('order'), 200),
      at: time(map.get('at')),
      personId: id(map.get('personId')),
      archived: map.get('archived') === true,
    });
  }
  return found.sort(byOrder);
}

/** All clauses in their order, those put away too. */
export function readClauses(doc: Y.Doc): Clause[] {
  const found: Clause[] = [];
  for (const [key, map] of clausesRoot(doc)) {
    const proposal = map instanceof Y.Map ? id(map.get('proposal')) : '';
    if (!isId(key) || proposal === '') continue;
    found.push({
      id: key,
      proposal,
      order: text(map.get('order'), 200),
      original: text(map.get('original'), MAX_WORDING),
      reason: text(map.get('reason'), MAX_REASON),
      reasonBy: id(map.get('reasonBy')),
      reasonAt: time(map.get('reasonAt')),
      alternativeTo: id(map.get('alternativeTo')),
      at: time(map.get('at')),
      personId: id(map.get('personId')),
      archived: map.get('archived') === true,
    });
  }
  return found.sort(byOrder);
}

/** One clause that stands in a proposal, with those that may stand instead of it. */
export interface ClauseWithAlternatives extends Clause {
  alternatives: Clause[];
}

/**
 * The clauses of a proposal that people see, each with its alternatives. An alternative to a clause that is gone, or to
 * another alternative, stands by itself: nothing that is written is ever out of sight.
 */
export function clausesOf(all: readonly Clause[], proposalId: Id): ClauseWithAlternatives[] {
  const mine = all.filter((one) => one.proposal === proposalId && !one.archived);
  const tops = new Set(mine.filter(({ alternativeTo }) => alternativeTo === '').map((one) => one.id));
  const top = (one: Clause): boolean => !tops.has(one.alternativeTo as Id);
  return mine.filter(top).map((one) => ({
    ...one,
    alternatives: mine.filter((other) => other.alternativeTo === one.id && !top(other)),
  }));
}

/** The words of a clause as they are now, on one line. */
export function wordingOf(doc: Y.Doc, clauseId: Id): string {
  const words = (node: Y.XmlFragment | Y.XmlElement | Y.XmlText): string =>
    node instanceof Y.XmlText
      ? (node.toDelta() as { insert: unknown }[])
          .map(({ insert }) =>
            typeof insert === 'string' ? insert : insert instanceof Y.XmlElement ? leaf(insert) : ' ',
          )
          .join('')
      : node
          .toArray()
          .map((child) =>
            child instanceof Y.XmlText ? words(child) : child instanceof Y.XmlElement ? leaf(child) : '',
          )
          .join('');
  const leaf = (node: Y.XmlElement): string => {
    if (node.nodeName === 'mention') return `@${String((node.getAttributes() as Record<string, unknown>).label ?? '')}`;
    return `${words(node)} `;
  };
  return oneLine(words(doc.getXmlFragment(clauseId))).slice(0, MAX_WORDING);
}

/** Words with single spaces between them and none around, as wordings are compared and kept. */
export const oneLine = (words: string): string => words.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();

function lastOrder(all: readonly { order: string }[]): string {
  return safeKeyBetween(all.map(({ order }) => order).reduce((a, b) => (b > a ? b : a), '') || null, null);
}

/** Adds a proposal last. The id must be new. */
export function addProposal(
  doc: Y.Doc,
  one: { id: Id; title: string; by: string; personId: Id | ''; at: number },
): void {
  doc.transact(() => {
    const { id: key, ...values } = one;
    const map: Values = new Y.Map();
    for (const [name, value] of Object.entries({ ...values, archived: false })) map.set(name, value);
    map.set('order', lastOrder(readProposals(doc)));
    proposalsRoot(doc).set(key, map);
  });
}

/** Adds a clause last in its proposal, with its wording as the first paragraph. The id must be new. */
export function addClause(
  doc: Y.Doc,
  one: { id: Id; proposal: Id; wording: string; alternativeTo?: Id | ''; personId: Id | ''; at: number },
): void {
  const original = oneLine(one.wording).slice(0, MAX_WORDING);
  doc.transact(() => {
    const map: Values = new Y.Map();
    const { proposal, personId, at, alternativeTo = '' } = one;
    const order = lastOrder(readClauses(doc).filter((other) => other.proposal === proposal));
    const values = { proposal, order, original, reason: '', alternativeTo, at, personId, archived: false };
    for (const [name, value] of Object.entries(values)) map.set(name, value);
    clausesRoot(doc).set(one.id, map);
    const paragraph = new Y.XmlElement('paragraph');
    if (original !== '') paragraph.insert(0, [new Y.XmlText(original)]);
    doc.getXmlFragment(one.id).insert(0, [paragraph]);
  });
}

/** Sets single values of a proposal or a clause; unknown ids are ignored, what is so already is left alone. */
export function patchProposal(
  doc: Y.Doc,
  of: Id,
  patch: Partial<Pick<Proposal, 'title' | 'by' | 'order' | 'archived'>>,
): void {
  patchMap(doc, proposalsRoot(doc).get(of), patch);
}
export function patchClause(
  doc: Y.Doc,
  of: Id,
  patch: Partial<
    Pick<Clause, 'order' | 'original' | 'reason' | 'reasonBy' | 'reasonAt' | 'alternativeTo' | 'archived'>
  >,
): void {
  patchMap(doc, clausesRoot(doc).get(of), patch);
}

function patchMap(doc: Y.Doc, map: unknown, patch: object): void {
  if (!(map instanceof Y.Map)) return;
  doc.transact(() => {
    for (const [key, value] of Object.entries(patch)) if (map.get(key) !== value) map.set(key, value);
  });
}

/** Moves a clause one step among those it stands beside; whether there was anywhere to go. */
export function moveClause(doc: Y.Doc, of: Id, by: -1 | 1): boolean {
  const all = readClauses(doc);
  const one = all.find((clause) => clause.id === of);
  const beside = one ? clausesOf(all, one.proposal) : [];
  const at = beside.findIndex((clause) => clause.id === of);
  const to = at + by;
  if (at < 0 || to < 0 || to >= beside.length) return false;
  const [before, after] = by < 0 ? [beside[to - 1], beside[to]] : [beside[to], beside[to + 1]];
  patchClause(doc, of, { order: safeKeyBetween(before?.order ?? null, after?.order ?? null) });
  return true;
}
