/**
 * Why this file exists: what is to be done comes from something that was written. It keeps which paragraph that was, by the
 * block's own name (`client:clock`), so that one can go back to it whatever was written around it since.
 */
import { useCallback } from 'react';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import type { DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { useRoom } from '../collab/index.ts';
import { topBlockOf } from '../summary/sentence.ts';

export type Source = NonNullable<Parameters<typeof decisionsApi.addAction>[1]['source']>;

const NOTES = '[data-notes] .rs-doc';
const squeezed = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** The paragraphs of the notes on the page; carets and the like stand between them and are none. */
function paragraphsOf(notes: Element): HTMLElement[] {
  return [...notes.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && !child.matches('.ProseMirror-widget'),
  );
}

/** The paragraphs of an item's notes: which one is marked, and where one is drawn. */
export function useSource({ meetingId, itemId }: DecisionsOf) {
  const doc = useRoom(roomName({ kind: 'item', meetingId, itemId }))?.doc ?? null;

  /** The paragraph that is marked in the notes, if one is. */
  const marked = useCallback((): Source | null => {
    const node = document.getSelection()?.anchorNode;
    const notes = (node instanceof Element ? node : node?.parentElement)?.closest(NOTES);
    if (!node || !notes || !doc) return null;
    const at = paragraphsOf(notes).findIndex((paragraph) => paragraph.contains(node));
    const text = squeezed(paragraphsOf(notes)[at]?.textContent ?? '').slice(0, 1000);
    const id = doc.getXmlFragment(NOTES_FRAGMENT).get(at)?._item?.id;
    return text === '' || !id ? null : { block: `${id.client}:${id.clock}`, text };
  }, [doc]);

  /** Where the paragraph is drawn; `null` when it has been removed, or is not on the page yet. */
  const find = useCallback(
    (block: string): HTMLElement | null => {
      const notes = document.querySelector(NOTES);
      if (!doc || !notes) return null;
      return paragraphsOf(notes)[topBlockOf(doc.getXmlFragment(NOTES_FRAGMENT), block)] ?? null;
    },
    [doc],
  );

  return { marked, find };
}

/** Brings a paragraph into view, marks it for a moment, and puts the caret or the focus there. */
export function goTo(paragraph: HTMLElement): void {
  paragraph.scrollIntoView({ block: 'center' });
  const editor = paragraph.closest<HTMLElement>('[contenteditable="true"]');
  if (editor) {
    editor.focus({ preventScroll: true });
    document.getSelection()?.collapse(paragraph, 0);
  } else {
    paragraph.tabIndex = -1;
    paragraph.focus({ preventScroll: true });
  }
  const wash = getComputedStyle(paragraph).getPropertyValue('--accent-wash');
  // Not by a class: the editor owns the attributes of what it draws.
  paragraph.animate(
    [{ backgroundColor: wash }, { backgroundColor: wash, offset: 0.7 }, { backgroundColor: 'transparent' }],
    2_400,
  );
}
