/**
 * Why this file exists: everything beside the text follows where one is in it: what is behind those words, what a comment
 * would be about, and where a contribution goes. It stays when the focus goes over to the side.
 */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { placeAt, placesOf, sourcesAtPlace } from './places.ts';
import type { Picked } from './use-comments.ts';

/** A block of the text, at the top of its section. */
export interface Here {
  promptId: Id;
  block: unknown;
}

const MAX_QUOTE = 500;

/** Where the blocks of the nth prompt are drawn. */
export function sectionRoot(text: Element | null, n: number): Element | null {
  return text?.querySelectorAll('[data-section]')[n]?.querySelector('.rs-doc') ?? null;
}

const same = (a: readonly string[] | null, b: readonly string[]): boolean =>
  a !== null && a.length === b.length && a.every((one, i) => one === b[i]);

/** Follows the caret and the selection in the sections drawn in `text`. */
export function useCaret(text: RefObject<Element | null>, doc: Y.Doc | null, promptIds: readonly Id[]) {
  /** What the paragraph was made from; `null` before one has been in any. */
  const [keys, setKeys] = useState<readonly ContributionKey[] | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const here = useRef<Here | null>(null);
  const ids = promptIds.join(' ');

  useEffect(() => {
    const follow = () => {
      const selection = document.getSelection();
      const node = selection?.anchorNode;
      if (!doc || !selection || !node) return;
      const at = ids.split(' ').findIndex((_, i) => sectionRoot(text.current, i)?.contains(node));
      const root = at < 0 ? null : sectionRoot(text.current, at);
      const promptId = ids.split(' ')[at];
      if (!root || promptId === undefined) return;
      const fragment = doc.getXmlFragment(promptId);
      const drawn = [...root.children].findIndex((child) => child.contains(node));
      here.current = { promptId, block: drawn < 0 ? null : fragment.get(drawn) };
      const place = placeAt(root, fragment, node, selection.anchorOffset);
      const now = place ? sourcesAtPlace(place) : [];
      setKeys((before) => (same(before, now) ? before : now));
      const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
      const places = range && !range.collapsed ? placesOf(root, fragment, range) : null;
      if (places === null || places.words === '') setPicked(null);
      else setPicked({ promptId, from: places.from, to: places.to, quote: places.words.slice(0, MAX_QUOTE) });
    };
    document.addEventListener('selectionchange', follow);
    return () => document.removeEventListener('selectionchange', follow);
  }, [text, doc, ids]);

  return { keys, setKeys, picked, setPicked, here };
}
