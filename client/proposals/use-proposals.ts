/** Why this file exists: the proposals of an item as the page draws them, read anew when the room's document has changed. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import {
  type ClauseWithAlternatives,
  clausesOf,
  type Proposal,
  readClauses,
  readProposals,
  wordingOf,
} from '#shared/proposals/proposals.ts';
import { isReworded } from '#shared/proposals/word-diff.ts';

export interface ShownProposal extends Proposal {
  clauses: ClauseWithAlternatives[];
}

export interface Proposals {
  proposals: ShownProposal[];
  /** The words of a clause as they are now. */
  wording(clauseId: Id): string;
}

const NONE: Proposals = { proposals: [], wording: () => '' };

function read(doc: Y.Doc): Proposals {
  const all = readClauses(doc);
  const words = new Map(all.map(({ id }) => [id, wordingOf(doc, id)]));
  return {
    proposals: readProposals(doc)
      .filter(({ archived }) => !archived)
      .map((one) => ({ ...one, clauses: clausesOf(all, one.id) })),
    wording: (id) => words.get(id) ?? '',
  };
}

/** The same value until something changes. */
export function useProposals(doc: Y.Doc | null): Proposals {
  const cache = useMemo(() => ({ value: doc ? read(doc) : NONE }), [doc]);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!doc) return () => {};
      const changed = () => {
        cache.value = read(doc);
        listener();
      };
      doc.on('update', changed);
      return () => doc.off('update', changed);
    },
    [doc, cache],
  );
  const current = useCallback(() => cache.value, [cache]);
  return useSyncExternalStore(subscribe, current, current);
}

/** How many of a proposal's clauses say something else than they began with. */
export const rewordedIn = ({ clauses }: ShownProposal, wording: Proposals['wording']): number =>
  clauses.filter(({ id, original }) => isReworded(original, wording(id))).length;

/** "5 a", "5 b": what people call a proposal. */
export const proposalName = (number: string, n: number): string =>
  `${number}${number ? '\u00a0' : ''}${String.fromCharCode(97 + (n % 26))}`;
