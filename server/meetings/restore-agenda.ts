/**
 * Why this file exists: an older agenda comes back value by value: titles, order, nesting, minutes, presenters. Items
 * that were made later are put away and not lost, since people may have written in them.
 */
import * as Y from 'yjs';
import {
  type AgendaItem,
  addItem,
  agendaRoot,
  type ItemPatch,
  patchItem,
  readItems,
  titleText,
} from '#shared/agenda.ts';
import type { Id } from '#shared/ids.ts';
import { restoreText } from './restore-notes.ts';

const VALUES = ['kind', 'order', 'parent', 'sitting', 'minutes', 'archived', 'mergedInto', 'outcome'] as const;

/** What differs; values an older program never wrote are not written just to say nothing. */
function differing(from: AgendaItem | undefined, to: AgendaItem): ItemPatch {
  return Object.fromEntries(VALUES.filter((name) => from?.[name] !== to[name]).map((name) => [name, to[name]]));
}

function restorePresenters(now: Y.Doc, then: Y.Doc, id: Id): void {
  const here = agendaRoot(now).get(id)?.get('presenters');
  const wanted = agendaRoot(then).get(id)?.get('presenters');
  if (!(here instanceof Y.Map) || !(wanted instanceof Y.Map)) return;
  for (const key of [...here.keys()]) if (!wanted.has(key)) here.delete(key);
  for (const [key, value] of wanted.entries())
    if (!(value instanceof Y.AbstractType) && JSON.stringify(here.get(key)) !== JSON.stringify(value))
      here.set(key, value);
}

/** Makes the agenda of `now` what that of `then` was. To be called in a transaction on `now`. */
export function restoreAgenda(now: Y.Doc, then: Y.Doc): void {
  const here = new Map(readItems(now).map((item) => [item.id, item]));
  const wanted = readItems(then);
  for (const item of wanted) {
    // Nobody takes entries away, but a document from elsewhere might have.
    if (!here.has(item.id))
      addItem(now, { id: item.id, kind: item.kind, order: item.order, splitFrom: item.splitFrom });
    patchItem(now, item.id, differing(here.get(item.id), item));
    const [title, was] = [titleText(now, item.id), titleText(then, item.id)];
    if (title && was) restoreText(title, was);
    restorePresenters(now, then, item.id);
    here.delete(item.id);
  }
  for (const later of here.values()) if (!later.archived) patchItem(now, later.id, { archived: true });
}
