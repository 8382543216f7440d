/**
 * Why this file exists: the number of an attachment follows from its item and its place, so that nobody writes it and nobody
 * writes it wrong. Once the notice has gone out people have it on paper: what has a number keeps it, and what comes later gets
 * the next one at the end (2.1.3), or a letter where it stands between two (2.1.1a). The order in which things are dealt with is
 * another matter and does not touch a number.
 *
 * "2.1" is the first attachment of item 2; of the sub-item 2.1 they are 2.1.1, 2.1.2: no two can be the same.
 */
import type { Agenda } from '../agenda-tree.ts';
import type { Id } from '../ids.ts';
import { highestBelow, numberBelow, numberLater } from '../later-numbers.ts';
import { type AttachmentEntry, type Attachments, entriesOf } from './attachment.ts';

/** A row of the agenda with what is shown under it: its own, and those of items merged into it. */
export interface Shelf {
  /** The row that is shown. */
  holder: Id;
  /** Its number; '' for what has none. */
  number: string;
  entries: AttachmentEntry[];
}

/** What is shown of a meeting, in the order of its agenda. What belongs to an item that is put away is on no shelf. */
export function shelvesOf(entries: readonly AttachmentEntry[], agenda: Agenda): Shelf[] {
  return agenda.rows.map(({ item, number, merged }) => ({
    holder: item.id,
    number,
    entries: [item, ...merged].flatMap(({ id }) => entriesOf(entries, id)),
  }));
}

const fixedOf = (entries: readonly AttachmentEntry[]): Set<string> =>
  new Set(entries.flatMap(({ number }) => (number === null ? [] : [number])));

/** The number of everything that is on a shelf. No two are the same. */
export function numbersOf({ entries }: Pick<Attachments, 'entries'>, agenda: Agenda): Map<Id, string> {
  const used = fixedOf(entries);
  const numbers = new Map<Id, string>();
  // What has no number of its own counts on from row to row: sections have none to begin with.
  const counts = new Map<string, number>();
  for (const shelf of shelvesOf(entries, agenda))
    for (const { id, number } of shelf.entries) {
      if (number !== null) {
        numbers.set(id, number);
        continue;
      }
      const n = (counts.get(shelf.number) ?? highestBelow(shelf.number, used)) + 1;
      counts.set(shelf.number, n);
      numbers.set(id, numberBelow(shelf.number, n));
    }
  return numbers;
}

/** Fixes every number there is. What has one keeps it; nothing is numbered that is not shown. */
export function frozen(attachments: Attachments, agenda: Agenda, at: number): Attachments {
  const numbers = numbersOf(attachments, agenda);
  return {
    ...attachments,
    frozenAt: attachments.frozenAt ?? at,
    entries: attachments.entries.map((entry) => ({ ...entry, number: entry.number ?? numbers.get(entry.id) ?? null })),
  };
}

/**
 * The number something gets that is added when numbers are fixed: the next one of its row, or, between two, that of the one
 * before it with a letter.
 */
export function laterNumber(entries: readonly AttachmentEntry[], agenda: Agenda, id: Id): string | null {
  const shelf = shelvesOf(entries, agenda).find((one) => one.entries.some((entry) => entry.id === id));
  if (!shelf) return null;
  const used = fixedOf(entries);
  const at = shelf.entries.findIndex((entry) => entry.id === id);
  const previous = at < shelf.entries.length - 1 ? (shelf.entries[at - 1]?.number ?? null) : null;
  return numberLater(shelf.number, previous, used);
}
