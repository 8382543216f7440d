/**
 * Why this file exists: y-tiptap makes an empty paragraph without a text in it; the text comes with the first letter. Two
 * people who begin to write in the same empty paragraph then make two texts, the editor shows them as one, and at the next
 * key each repairs that by rewriting both: letters doubled and lost. So whoever makes an empty paragraph puts its text in
 * at once, in the same transaction, and everybody's letters merge in that one.
 */
import { Extension } from '@tiptap/core';
import type { Node as ProseMirrorNode } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

const TEXT_BLOCKS: ReadonlySet<string> = new Set(['paragraph', 'heading']);

/** Gives every empty text block that this client has made in the transaction its text. */
export function fillNewBlocks(transaction: Y.Transaction): void {
  const own = transaction.doc.clientID;
  const from = transaction.beforeState.get(own) ?? 0;
  const visit = (type: unknown): void => {
    if (!(type instanceof Y.XmlElement)) return;
    const item = type._item;
    if (item === null || item.deleted || item.id.client !== own || item.id.clock < from) return;
    if (type.length === 0) {
      if (TEXT_BLOCKS.has(type.nodeName)) type.insert(0, [new Y.XmlText()]);
    } else for (const child of type.toArray()) visit(child);
  };
  for (const type of [...transaction.changed.keys()] as unknown[])
    if (type instanceof Y.XmlFragment) for (const child of type.toArray()) visit(child);
}

/** The plugin. Works without a screen. */
export function oneTextPlugin(): Plugin {
  return new Plugin({
    key: new PluginKey('oneText'),
    view: (view) => {
      const { binding } = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding };
      const stock = binding._prosemirrorChanged.bind(binding);
      binding._prosemirrorChanged = (doc: ProseMirrorNode): void => {
        binding.doc.transact((transaction: Y.Transaction) => {
          stock(doc);
          fillNewBlocks(transaction);
        }, ySyncPluginKey);
      };
      return {};
    },
  });
}

export const OneText = Extension.create({
  name: 'oneText',
  // After Collaboration (1000), so that there is a binding.
  priority: 10,
  addProseMirrorPlugins: () => [oneTextPlugin()],
});
