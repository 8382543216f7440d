/**
 * Why this file exists: what can be done with the attachments of a meeting, as pure functions of the value: the server decides
 * with them inside its transaction, and the tests need no server.
 */
import { generateKeyBetween } from 'fractional-indexing';
import type { Agenda } from '../agenda-tree.ts';
import type { Id } from '../ids.ts';
import { type AttachmentEntry, type Attachments, entriesOf } from './attachment.ts';
import { laterNumber } from './numbers.ts';

/** Among those of an item: before one of them, or last. */
export interface Place {
  itemId: Id;
  before: Id | null;
}

const changed = (attachments: Attachments, entries: readonly AttachmentEntry[]): Attachments => ({
  ...attachments,
  entries,
});

/** A key for a place; behind all of them when the one named is not there. */
function keyAt(entries: readonly AttachmentEntry[], { itemId, before }: Place, except: Id | null): string {
  const others = entriesOf(entries, itemId).filter(({ id }) => id !== except);
  const at = others.findIndex(({ id }) => id === before);
  const next = at < 0 ? null : (others[at]?.order ?? null);
  // Two with one key cannot be told apart by a key: what comes goes before both.
  const previous = (at < 0 ? others : others.slice(0, at)).findLast(({ order }) => next === null || order < next);
  return generateKeyBetween(previous?.order ?? null, next);
}

/** With one more. Where numbers are fixed it gets its own at once. */
export function added(
  attachments: Attachments,
  agenda: Agenda,
  entry: Omit<AttachmentEntry, 'order' | 'number' | 'removed' | 'gone' | 'itemId'>,
  place: Place,
): Attachments {
  const { entries } = attachments;
  const fresh: AttachmentEntry = {
    ...entry,
    itemId: place.itemId,
    order: keyAt(entries, place, null),
    number: null,
    removed: null,
    gone: false,
  };
  const all = [...entries, fresh];
  const number = attachments.frozenAt === null ? null : laterNumber(all, agenda, fresh.id);
  return changed(attachments, [...entries, { ...fresh, number }]);
}

function mapped(attachments: Attachments, id: Id, to: (entry: AttachmentEntry) => AttachmentEntry): Attachments {
  return changed(
    attachments,
    attachments.entries.map((entry) => (entry.id === id ? to(entry) : entry)),
  );
}

export function renamed(attachments: Attachments, id: Id, name: string): Attachments {
  return mapped(attachments, id, (entry) => ({ ...entry, name }));
}

/** In another place, of its item or of another's. A number that is fixed stays what it is. */
export function moved(attachments: Attachments, id: Id, place: Place): Attachments {
  if (place.before === id) return attachments;
  const order = keyAt(attachments.entries, place, id);
  return mapped(attachments, id, (entry) => ({ ...entry, itemId: place.itemId, order }));
}

export function removed(attachments: Attachments, id: Id, by: Id, at: number): Attachments {
  return mapped(attachments, id, (entry) => (entry.removed ? entry : { ...entry, removed: { at, by } }));
}

/** Where it stood, with the number it had if that was fixed. Where numbers were fixed meanwhile it gets one now. */
export function takenBack(attachments: Attachments, agenda: Agenda, id: Id): Attachments {
  const back = mapped(attachments, id, (entry) => ({ ...entry, removed: null }));
  if (attachments.frozenAt === null) return back;
  return mapped(back, id, (entry) => ({ ...entry, number: entry.number ?? laterNumber(back.entries, agenda, id) }));
}
