/** Why this file exists: which contributions one looks at, as plain values; they change nothing for anybody else. */
import type { Id } from '#shared/ids.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import type { HarvestData } from './use-harvest.ts';

/** clusters: as they are sorted · prompts: as they were asked for · list: everything with its buttons, under each other. */
export const VIEWS = ['clusters', 'prompts', 'list'] as const;
export type View = (typeof VIEWS)[number];

export interface Filters {
  /** '' for all. */
  prompt: Id | '';
  /** None is all. */
  groups: readonly Id[];
  /** '' for all. */
  tag: string;
  /** Only what is not in the summary. */
  unused: boolean;
  /** Hidden ones and hidden clusters too. */
  hidden: boolean;
}

export const NO_FILTERS: Filters = { prompt: '', groups: [], tag: '', unused: false, hidden: false };

/** Whether the filters let a contribution through. */
export function passes(
  filters: Filters,
  { harvest, coverage }: Pick<HarvestData, 'harvest' | 'coverage'>,
  { key, groupId, promptId }: Contribution,
): boolean {
  if (filters.prompt !== '' && promptId !== filters.prompt) return false;
  if (filters.groups.length > 0 && !filters.groups.includes(groupId)) return false;
  if (filters.tag !== '' && !harvest.tags.get(key)?.includes(filters.tag)) return false;
  if (filters.unused && coverage?.used.has(key)) return false;
  return filters.hidden || !harvest.hidden.has(key);
}
