/**
 * Why this file exists: the proposals to an item are a shared document, and this is the only code that knows the names of
 * its keys. Reads parse defensively (another client's document is untrusted input); writes never remove anything: what is
 * put away can be brought back, and nobody's words go with it.
 *
 * Document `proposal:<meeting>:<item>`, root maps:
 *   proposals  id → map of plain values: title, by (whose proposal, free text), order, at, personId, archived
 *   clauses    id → map of plain values: proposal (id), order, original (the wording it began with, plain text), reason
 *              (why it was changed), alternativeTo (id of the clause it may stand instead of, or ''), at, personId, archived
 * and one root fragment per clause, named by the clause's id: its wording now, as the editor writes it. Whoever makes a
 * clause makes its first paragraph in the same transaction; the id is new, so nobody else can.
 */

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
  'alternativeTo',
  'at',
  'personId',
  'archived',
] as const;
