/** Why this file exists: every part of the board sees the same picture and acts in the same ways; this is what it is handed. */
import { createContext, useContext } from 'react';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import type { Shown } from '#shared/workshop/harvest.ts';
import type { BoardActions } from './actions.ts';
import type { GroupMark } from './group-marks.ts';
import type { HarvestData } from './use-harvest.ts';

/** What stands in the way of the board until it is answered. */
export type Asking =
  | { what: 'name'; cluster: Id | null; keys: readonly ContributionKey[] }
  | { what: 'tags'; keys: readonly ContributionKey[] }
  | { what: 'merge'; cluster: Id }
  | { what: 'twice'; count: number; again(): void }
  | { what: 'trace'; key: ContributionKey }
  | { what: 'openVote' }
  | { what: 'ballot' };

export interface Board {
  meeting: Meeting;
  workshop: WorkshopView;
  data: HarvestData;
  marks: ReadonlyMap<Id, GroupMark>;
  /** What the filters let through, as it lies. */
  unsorted: readonly Contribution[];
  clusters: readonly Shown<Contribution>[];
  /** The key that moves to a cluster, for the first nine. */
  digitOf: ReadonlyMap<Id, string>;
  clusterName(id: Id | ''): string;
  promptName(id: Id): string;
  /** Dots of the newest vote on a cluster or contribution; `null` when there is none to be seen. */
  dotsOf(id: string): number | null;
  selected: ReadonlySet<ContributionKey>;
  select(keys: ReadonlySet<ContributionKey>): void;
  act: BoardActions;
  ask(asking: Asking | null): void;
}

export const BoardContext = createContext<Board | null>(null);

/** The board one is part of. */
export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (!board) throw new Error('outside the board');
  return board;
}
