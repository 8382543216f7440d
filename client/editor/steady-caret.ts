/**
 * Why this file exists: when the line one stands in has changed, y-tiptap 3.0.9 doubts its own knowledge of the caret's
 * place and looks for a line with the words the old one had. In an empty line that somebody begins, with another empty one
 * below, or in the first of two lines with the same word, the caret jumped to the other, and what was typed next stood
 * there. Where the letter before the caret still stands there is nothing to doubt.
 */
import type { ProsemirrorBinding } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

/** What the binding remembers of the selection: places in Yjs, and where they were in the editor's document. */
interface Remembered {
  anchor: Y.RelativePosition | null;
  head: Y.RelativePosition | null;
  absAnchor: number | null;
  absHead: number | null;
}

/** Whether the text is there, and the letter before the place, if one was. */
function isSound(doc: Y.Doc, place: Y.RelativePosition | null): boolean {
  if (!place) return false;
  const letter = place.item && Y.getItem(doc.store, place.item);
  if (letter) return letter instanceof Y.Item && !letter.deleted && letter.parent instanceof Y.XmlText;
  const holder = place.type && Y.getItem(doc.store, place.type);
  return (
    holder instanceof Y.Item &&
    !holder.deleted &&
    holder.content instanceof Y.ContentType &&
    holder.content.type instanceof Y.XmlText
  );
}

/** Keeps the binding from looking elsewhere for places that are known. To be called before it repaints. */
export function trustKnownPlaces(binding: ProsemirrorBinding): void {
  const selection = binding.beforeTransactionSelection as Remembered | null;
  if (!selection) return;
  // Without the old place the binding takes what Yjs says.
  if (isSound(binding.doc, selection.anchor)) selection.absAnchor = null;
  if (isSound(binding.doc, selection.head)) selection.absHead = null;
}
