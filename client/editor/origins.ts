/**
 * Why this file exists: a block that was copied from another item says which. The block carries the item's id, and the
 * label is made from the agenda as it is now, since numbers follow from places.
 */
import { Extension } from '@tiptap/core';
import type { Node as ProseMirrorNode } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** The words for an item a block came from, e.g. "ur punkt 4"; `null` when the item is not known. */
export type OriginLabel = (itemId: string) => string | null;

/** Dispatched when labels may have changed without the text having changed. */
export const ORIGINS_CHANGED = new PluginKey<DecorationSet>('origins');

function decorate(doc: ProseMirrorNode, label: OriginLabel): DecorationSet {
  const found: Decoration[] = [];
  doc.forEach((block, at) => {
    const origin: unknown = block.attrs.origin;
    const words = typeof origin === 'string' ? label(origin) : null;
    if (words) found.push(Decoration.node(at, at + block.nodeSize, { 'data-origin-label': words }));
  });
  return DecorationSet.create(doc, found);
}

/** Puts `data-origin-label` on copied top-level blocks; the style draws it in the gutter. */
export function origins(label: () => OriginLabel): Extension {
  return Extension.create({
    name: 'origins',
    addProseMirrorPlugins() {
      return [
        new Plugin<DecorationSet>({
          key: ORIGINS_CHANGED,
          state: {
            init: (_config, state) => decorate(state.doc, label()),
            apply: (transaction, set) =>
              transaction.docChanged || transaction.getMeta(ORIGINS_CHANGED) ? decorate(transaction.doc, label()) : set,
          },
          props: { decorations: (state) => ORIGINS_CHANGED.getState(state) },
        }),
      ];
    },
  });
}
