/**
 * Why this file exists: a copied meeting has the same agenda under new ids, without what happened in the old one.
 */
import type * as Y from 'yjs';
import { type AgendaItem, addItem } from '#shared/agenda.ts';
import { type Id, newId } from '#shared/ids.ts';

/**
 * Adds the items to an empty agenda: order, nesting, kinds, minutes and presenters stay; archived and merged items stay
 * behind, and so do the outcomes. `sittings` maps old sittings to new ones.
 */
export function copyAgenda(doc: Y.Doc, items: readonly AgendaItem[], sittings: ReadonlyMap<Id, Id>): void {
  const kept = items.filter((item) => !item.archived && item.mergedInto === '');
  const ids = new Map(kept.map((item) => [item.id, newId()]));
  for (const item of kept) {
    const id = ids.get(item.id);
    if (id === undefined) continue;
    addItem(doc, {
      id,
      title: item.title,
      kind: item.kind,
      order: item.order,
      // The children of an item that stays behind come to the top.
      parent: ids.get(item.parent) ?? '',
      sitting: sittings.get(item.sitting) ?? '',
      minutes: item.minutes,
      presenters: item.presenters.map((p) => (p.personId === null ? { text: p.text } : { personId: p.personId })),
    });
  }
}
