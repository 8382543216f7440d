/**
 * Why this file exists: the headings every group answers can be reworded, moved and added to while people write. What
 * somebody has answered under a heading is never lost by that: such a heading stays.
 */
import { type Id, newId } from '../ids.ts';
import { WorkshopProblem } from './problem.ts';
import type { Prompt, Workshop } from './workshop.ts';

/** A prompt as the facilitator wrote it; without an id it is a new one. */
export interface PromptDraft extends Omit<Prompt, 'id'> {
  id?: Id | undefined;
}

/** The drafts with ids for the new ones: for what must know the ids before the change is made. */
export function namedPrompts(drafts: readonly PromptDraft[]): Prompt[] {
  return drafts.map(({ id, heading, help, minutes }) => ({ id: id ?? newId(), heading, help, minutes }));
}

/**
 * The workshop with these prompts in this order. `fresh` are ids that may be new although they are given. Throws for an id
 * it does not have and for one that stands twice.
 */
export function withPrompts(
  workshop: Workshop,
  drafts: readonly PromptDraft[],
  fresh: ReadonlySet<Id> = new Set(),
): Workshop {
  const known = new Set(workshop.prompts.map(({ id }) => id));
  const seen = new Set<Id>();
  for (const { id } of drafts) {
    if (id === undefined) continue;
    if (!known.has(id) && !fresh.has(id)) throw new WorkshopProblem('prompts', 'missing');
    if (seen.has(id)) throw new WorkshopProblem('prompts', 'twice');
    seen.add(id);
  }
  if (drafts.length === 0) throw new WorkshopProblem('prompts', 'last');
  return { ...workshop, prompts: namedPrompts(drafts) };
}

/** The prompts that `drafts` leave out. */
export function droppedPrompts(workshop: Workshop, drafts: readonly PromptDraft[]): Id[] {
  const kept = new Set(drafts.map(({ id }) => id));
  return workshop.prompts.map(({ id }) => id).filter((id) => !kept.has(id));
}
