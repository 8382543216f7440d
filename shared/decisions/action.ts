/**
 * Why this file exists: what somebody is to do after the meeting. A person's is one line; every organisation's is a line
 * for each of them, with its own responsible person, status and answer.
 */
import type { Id } from '../ids.ts';
import type { Due } from './due.ts';
import { latestDay } from './due.ts';

/** ej börjad, påbörjad, klar */
export const ACTION_STATUSES = ['open', 'started', 'done'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

export interface ActionLine {
  id: Id;
  /** Who answers for it; `null` as long as the organisation has named nobody. */
  personId: Id | null;
  person: string;
  /** `null` in a person's action when they stand for nobody. */
  organisationId: Id | null;
  organisation: string;
  status: ActionStatus;
  answer: string;
  /** When the status was last changed. */
  at: number;
}

export interface ActionItem {
  id: Id;
  itemId: Id;
  title: string;
  owner: 'person' | 'organisations';
  due: Due | null;
  /** The paragraph it comes from: its words as they were, and which block of the notes it is. */
  source: { block: string; text: string } | null;
  lines: ActionLine[];
  createdAt: number;
  by: string;
  version: number;
}

export const isDone = ({ lines }: Pick<ActionItem, 'lines'>): boolean => lines.every(({ status }) => status === 'done');

/** By the last day they can be done on; those without one come last, in the order they were made. */
export function byDue(a: Pick<ActionItem, 'due' | 'createdAt'>, b: Pick<ActionItem, 'due' | 'createdAt'>): number {
  const [first, second] = [a.due ? latestDay(a.due) : '9999', b.due ? latestDay(b.due) : '9999'];
  return first < second ? -1 : first > second ? 1 : a.createdAt - b.createdAt;
}

/** A line with what is said anew of it. Naming somebody else says nothing of how far it has come. */
export function withLine(
  action: ActionItem,
  lineId: Id,
  patch: Partial<Pick<ActionLine, 'personId' | 'person' | 'status' | 'answer'>>,
  at: number,
): ActionItem {
  return {
    ...action,
    lines: action.lines.map((line) =>
      line.id === lineId
        ? { ...line, ...patch, at: patch.status !== undefined && patch.status !== line.status ? at : line.at }
        : line,
    ),
  };
}
