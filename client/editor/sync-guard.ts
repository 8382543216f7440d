/**
 * Why this file exists: y-tiptap 3.0.9 resolves the caret's old place in the new document and throws a RangeError when
 * the document has become shorter than that (two people delete the last rows of a table while a third stands behind it).
 * The repaint is then lost until the next change. Here the repaint is done again without the caret.
 *
 * And: a click moves the browser's selection at once, but the editor hears of it a moment later. A remote change between
 * the two repainted with the old selection, and what was typed next landed in another paragraph. So the screen is read
 * before others' changes are applied. And before a key is: on a busy machine the next key comes before the editor has
 * heard of the last one, and End and Enter divided the line where the caret had been.
 */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import type { RoomClient } from '../collab/index.ts';
import { trustKnownPlaces } from './steady-caret.ts';

type Observer = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => void;

/** Reads from the screen what the editor has not heard of yet: a selection, a letter. */
export function readScreen(view: EditorView): void {
  if (view.isDestroyed || view.composing || !view.hasFocus()) return;
  // Not in ProseMirror's types; the same thing it does itself when the browser tells of a change.
  (view as unknown as { domObserver: { flush(): void } }).domObserver.flush();
}

/** Composing keyboards send this instead of the key; what they do is read when they are done. */
const COMPOSING = 229;

/** The plugin; `onBeforeRemote` tells of each update before it is applied. */
export function syncGuardPlugin(onBeforeRemote: RoomClient['onBeforeRemote']): Plugin {
  return new Plugin({
    key: new PluginKey('syncGuard'),
    props: {
      handleDOMEvents: {
        keydown: (view, event) => {
          if (event.keyCode !== COMPOSING) readScreen(view);
          return false;
        },
      },
    },
    view: (view) => {
      const { binding } = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding };
      const stock: Observer = binding._observeFunction;
      const guarded: Observer = (events, transaction) => {
        trustKnownPlaces(binding);
        try {
          stock(events, transaction);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          binding._forceRerender();
        }
      };
      binding.type.unobserveDeep(stock);
      binding._observeFunction = guarded;
      binding.type.observeDeep(guarded);
      return { destroy: onBeforeRemote(() => readScreen(view)) };
    },
  });
}

export const syncGuard = (room: RoomClient): Extension =>
  Extension.create({
    name: 'syncGuard',
    // After Collaboration (1000), so that the binding observes already.
    priority: 10,
    addProseMirrorPlugins: () => [syncGuardPlugin((listener) => room.onBeforeRemote(listener))],
  });
