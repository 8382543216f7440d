/**
 * Why this file exists: the shape of a meeting as the demo tells it: what is on the agenda, who presents, and who wrote
 * which words when. The words are in the files beside it; playing it is seed.ts's business.
 */
import type { ItemKind } from '#shared/agenda.ts';
import type { Block } from './blocks.ts';

/** Something one person wrote in one go. */
export interface Contribution {
  /** Key of a person in cast.ts. */
  by: string;
  /** Minutes after the item was opened; negative for what was prepared before the meeting, in days. */
  after: number;
  blocks: Block[];
}

export interface ScriptItem {
  key: string;
  title: string;
  kind: ItemKind;
  minutes?: number;
  /** Keys of people, or free text in quotes of its own: `{ text }`. */
  presenters?: (string | { text: string })[];
  outcome?: 'nothing-to-report';
  notes?: Contribution[];
  children?: ScriptItem[];
}

/** Written before the meeting, this many days ahead. */
export const daysBefore = (days: number): number => -days;

export const said = (by: string, after: number, ...blocks: Block[]): Contribution => ({ by, after, blocks });
