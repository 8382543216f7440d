/**
 * Why this file exists: how a workshop begins: its prompts, one round that is planned, and its groups, empty and named in
 * order.
 */
import { type Id, newId } from '../ids.ts';
import { makeGroups } from './groups.ts';
import { namedPrompts, type PromptDraft } from './prompts.ts';
import type { Round, Workshop } from './workshop.ts';

const NAMES = { sv: 'Grupp', en: 'Group' } as const;

export interface WorkshopDraft {
  meetingId: Id;
  itemId: Id;
  prompts: readonly PromptDraft[];
  /** How many groups the first round has. */
  groups: number;
  minutes: number;
  /** Of the groups' names. */
  language: keyof typeof NAMES;
  /** Who writes the summary beside the chair and the vice chair. */
  scribes: readonly Id[];
}

/** A round that nobody has started. */
export function newRound(title: string, minutes: number): Round {
  return { id: newId(), title, minutes, startedAt: null, endsAt: null, pausedMs: null, closedAt: null, groups: [] };
}

/** A workshop as it is when somebody has just made it. */
export function newWorkshop(draft: WorkshopDraft): Workshop {
  const round = newRound('', draft.minutes);
  const drafts = Array.from({ length: draft.groups }, (_, i) => ({ name: `${NAMES[draft.language]} ${i + 1}` }));
  return {
    id: newId(),
    meetingId: draft.meetingId,
    itemId: draft.itemId,
    version: 0,
    prompts: namedPrompts(draft.prompts),
    rounds: [{ ...round, groups: makeGroups(round, drafts) }],
    currentRoundId: round.id,
    opened: false,
    latecomers: 'manual',
    selfSelectCap: 0,
    apart: [],
    together: [],
    harvest: 'officers',
    summary: { status: 'open', revision: 0, scribes: [...draft.scribes], comments: false },
  };
}
