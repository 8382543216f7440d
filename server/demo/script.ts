/**
 * Why this file exists: the shape of a meeting as the demo tells it: what is on the agenda, who presents, and who wrote
 * which words when. The words are in the files beside it; playing it is seed.ts's business.
 */
import type { ItemKind } from '#shared/agenda.ts';
import type { Block } from './blocks.ts';

/** Minutes after the item was opened, or days before the meeting. */
export type When = { minutes: number } | { daysBefore: number };

/** Something one person wrote in one go. */
export interface Contribution {
  /** Key of a person in cast.ts. */
  by: string;
  when: When;
  blocks: Block[];
}

export interface ScriptItem {
  key: string;
  title: string;
  kind: ItemKind;
  minutes?: number;
  /** Keys of people, or free text. */
  presenters?: (string | { text: string })[];
  outcome?: 'nothing-to-report';
  notes?: Contribution[];
  children?: ScriptItem[];
}

export const daysBefore = (days: number): When => ({ daysBefore: days });

/** What `by` wrote, so many minutes into the item or at another time. */
export const said = (by: string, when: number | When, ...blocks: Block[]): Contribution => ({
  by,
  when: typeof when === 'number' ? { minutes: when } : when,
  blocks,
});

/** The items in the order of the agenda, parents before their children. */
export function flatten(items: ScriptItem[]): ScriptItem[] {
  return items.flatMap((item) => [item, ...flatten(item.children ?? [])]);
}
