/** Why this file exists: proposals and their clauses as a shared document, and what became of a wording word by word. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import {
  addClause,
  addProposal,
  clausesOf,
  clausesRoot,
  moveClause,
  patchClause,
  readClauses,
  readProposals,
  wordingOf,
} from '#shared/proposals/proposals.ts';
import { isReworded, wordDiff } from '#shared/proposals/word-diff.ts';

const words = fc
  .array(fc.constantFrom('att', 'sju', 'byar', 'före', 'den 1', 'september,', 'Åmål', '–', '150 000', ' '), {
    maxLength: 30,
  })
  .map((list) => list.join(' '));

describe('what became of a wording', () => {
  it('says both texts exactly, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(words, fc.string()), fc.oneof(words, fc.string()), (before, after) => {
        const parts = wordDiff(before, after);
        const of = (...kinds: string[]) =>
          parts
            .filter(({ kind }) => kinds.includes(kind))
            .map(({ text }) => text)
            .join('');
        // A letter half of a pair is no word: such texts do not come out of a document.
        if (before.isWellFormed() && after.isWellFormed()) {
          expect(of('same', 'removed')).toBe(before);
          expect(of('same', 'added')).toBe(after);
        }
        for (const [n, part] of parts.entries()) expect(part.kind).not.toBe(parts[n + 1]?.kind);
      }),
    );
  });

  it('shows whole phrases, not scattered words', () => {
    expect(wordDiff('i sex byar senast under 2028,', 'i sju byar senast den 1 september 2028,')).toEqual([
      { kind: 'same', text: 'i ' },
      { kind: 'removed', text: 'sex' },
      { kind: 'added', text: 'sju' },
      { kind: 'same', text: ' byar senast ' },
      { kind: 'removed', text: 'under' },
      { kind: 'added', text: 'den 1 september' },
      { kind: 'same', text: ' 2028,' },
    ]);
  });

  it('takes no account of spaces when it says whether something was changed', () => {
    expect(isReworded('en  sats ', 'en sats')).toBe(false);
    expect(isReworded('en sats', 'en Sats')).toBe(true);
  });
});

function workshop(n = 3) {
  const doc = new Y.Doc();
  const proposal = newId();
  const clauses = Array.from({ length: n }, () => newId());
  addProposal(doc, { id: proposal, title: 'Samrådet föreslås besluta', by: 'Ordföranden', personId: '', at: 1 });
  for (const [i, id] of clauses.entries()) addClause(doc, { id, proposal, wording: `sats ${i}`, personId: '', at: 1 });
  return { doc, proposal, clauses };
}

describe('proposals', () => {
  it('begin with the wording that was proposed, as text and as original', () => {
    const { doc, proposal, clauses } = workshop();
    expect(readProposals(doc)).toMatchObject([{ id: proposal, title: 'Samrådet föreslås besluta', by: 'Ordföranden' }]);
    expect(readClauses(doc).map(({ id, original }) => [id, original, wordingOf(doc, id)])).toEqual(
      clauses.map((id, i) => [id, `sats ${i}`, `sats ${i}`]),
    );
  });

  it('lose no clause and no order however clauses are moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.constantFrom(-1 as const, 1 as const)), { maxLength: 40 }),
        (moves) => {
          const { doc, proposal, clauses } = workshop(5);
          const model = [...clauses];
          for (const [n, by] of moves) {
            const id = clauses[n]!;
            const at = model.indexOf(id);
            const can = at + by >= 0 && at + by < model.length;
            expect(moveClause(doc, id, by)).toBe(can);
            if (can) model.splice(at + by, 0, ...model.splice(at, 1));
            expect(clausesOf(readClauses(doc), proposal).map((one) => one.id)).toEqual(model);
          }
        },
      ),
    );
  });

  it('show an alternative beside its clause, and by itself when the clause is put away', () => {
    const { doc, proposal, clauses } = workshop(2);
    const other = newId();
    addClause(doc, { id: other, proposal, wording: 'eller så', alternativeTo: clauses[0]!, personId: '', at: 2 });
    const shape = () =>
      clausesOf(readClauses(doc), proposal).map((one) => [one.id, one.alternatives.map(({ id }) => id)]);
    expect(shape()).toEqual([
      [clauses[0], [other]],
      [clauses[1], []],
    ]);
    patchClause(doc, clauses[0]!, { archived: true });
    expect(shape()).toEqual([
      [clauses[1], []],
      [other, []],
    ]);
    // Two that each stand instead of the other are both there.
    patchClause(doc, clauses[1]!, { alternativeTo: other });
    patchClause(doc, other, { alternativeTo: clauses[1]! });
    expect(
      shape()
        .map(([id]) => id)
        .sort(),
    ).toEqual([clauses[1], other].sort());
  });

  it('are read whatever another client has put there', () => {
    const { doc, proposal } = workshop(0);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return;
        const map = new Y.Map<unknown>();
        const id = newId();
        clausesRoot(doc).set(id, map);
        map.set('proposal', proposal);
        for (const field of ['order', 'original', 'reason', 'alternativeTo', 'at', 'archived']) {
          try {
            map.set(field, value);
          } catch {
            // Nothing a document can hold.
          }
        }
        const [read] = readClauses(doc).filter((one) => one.id === id);
        expect(typeof read?.original).toBe('string');
        expect(typeof read?.at).toBe('number');
      }),
    );
  });
});
