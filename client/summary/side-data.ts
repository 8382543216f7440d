/** Why this file exists: what every list beside the text needs to know, once. */
import { createContext, useContext } from 'react';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import type { GroupMark } from '../harvest/group-marks.ts';
import type { HarvestData } from '../harvest/use-harvest.ts';

export interface SideData {
  workshop: WorkshopView;
  /** The meeting's, for clock times. */
  timeZone: string;
  data: HarvestData;
  marks: ReadonlyMap<Id, GroupMark>;
  /** What the paragraph with the caret was made from; `null` before one has been in any. */
  keys: readonly ContributionKey[] | null;
  /** Puts a contribution into the text; `null` for who may not. */
  put: ((contribution: Contribution) => void) | null;
}

export const SideContext = createContext<SideData | null>(null);

/** Only under a {@link SideContext}. */
export function useSide(): SideData {
  const side = useContext(SideContext);
  if (!side) throw new Error('outside the side of a summary');
  return side;
}

/** What is not in the text and not put aside in the harvest. */
export function unusedOf({ coverage, harvest }: HarvestData): readonly Contribution[] {
  return (coverage?.unused ?? []).filter(({ key }) => !harvest.hidden.has(key));
}

/** How many of the contributions that count are in the text; `null` while that is not known. */
export function usedOf(data: HarvestData): { used: number; all: number } | null {
  if (!data.coverage) return null;
  const all = data.contributions.filter(({ key }) => !data.harvest.hidden.has(key)).length;
  return { used: all - unusedOf(data).length, all };
}
