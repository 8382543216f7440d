/**
 * Why this file exists: splitting an item copies chosen blocks of its notes into a new item. The copies say where they
 * come from; the source keeps its text, so somebody typing in it at that moment loses nothing.
 */
import * as Y from 'yjs';
import { type AgendaItem, addItem, readItem, readItems, safeKeyBetween } from '#shared/agenda.ts';
import type { Id } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';

/** The attribute on a block that names the item it was copied from. */
export const ORIGIN_ATTRIBUTE = 'origin';

/** The Yjs id of a block, as the client names it: `client:clock`. */
function blockName(block: Y.XmlElement): string {
  return block._item === null ? '' : `${block._item.id.client}:${block._item.id.clock}`;
}

/**
 * Copies of the named top-level blocks in the order they stand in the document, whatever order they are named in. Names
 * of blocks that are gone are passed over. The copies belong to no document yet.
 */
export function copyBlocks(doc: Y.Doc, names: readonly string[], source: Id): Y.XmlElement[] {
  const wanted = new Set(names);
  const copies: Y.XmlElement[] = [];
  for (const block of doc.getXmlFragment(NOTES_FRAGMENT).toArray()) {
    if (!(block instanceof Y.XmlElement) || !wanted.has(blockName(block))) continue;
    const copy = block.clone() as Y.XmlElement;
    // A block that was itself copied keeps its first origin.
    if (block.getAttribute(ORIGIN_ATTRIBUTE) === undefined) copy.setAttribute(ORIGIN_ATTRIBUTE, source);
    copies.push(copy);
  }
  return copies;
}

/** Puts the copies into the notes of a new item's room. */
export function insertBlocks(doc: Y.Doc, blocks: Y.XmlElement[]): void {
  doc.getXmlFragment(NOTES_FRAGMENT).insert(0, blocks);
}

/** The key right behind an item among its siblings, archived ones included so that a restored one keeps its place. */
function keyBehind(doc: Y.Doc, item: AgendaItem): string {
  let next: string | null = null;
  for (const other of readItems(doc)) {
    const sibling = other.parent === item.parent && (item.parent !== '' || other.sitting === item.sitting);
    if (sibling && other.order > item.order && (next === null || other.order < next)) next = other.order;
  }
  return safeKeyBetween(item.order, next);
}

/** Adds the new item right behind its source, of the same kind and in the same place; nothing when the source is gone. */
export function addSplitItem(doc: Y.Doc, sourceId: Id, id: Id, title: string): void {
  const source = readItem(doc, sourceId);
  if (!source) return;
  addItem(doc, {
    id,
    title,
    kind: source.kind,
    parent: source.parent,
    sitting: source.sitting,
    order: keyBehind(doc, source),
    splitFrom: sourceId,
  });
}
