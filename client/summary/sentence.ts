/**
 * Why this file exists: a link leads to one sentence of a summary, not to the top of a page on which one would have to look
 * for it. A block is named as it is everywhere (`client:clock`), so the link holds as long as the block stands there.
 */
import { useEffect, useRef } from 'react';
import * as Y from 'yjs';

const PREFIX = 'b-';

/** What the block `client:clock` is called on the page, and in an address after '#'. */
export const sentenceId = (blockId: string): string => PREFIX + blockId.replace(':', '-');

/** The block that the address names, or `null`. */
function wanted(): string | null {
  const found = /^#b-(\d{1,16})-(\d{1,16})$/.exec(location.hash);
  return found ? `${found[1]}:${found[2]}` : null;
}

/** Where a block stands in a fragment: the place of the top-level block it is or stands in; -1 for none. */
export function topBlockOf(fragment: Y.XmlFragment, blockId: string): number {
  const holds = (node: unknown): boolean => {
    if (!(node instanceof Y.XmlElement)) return false;
    const id = node._item?.id;
    return (id && `${id.client}:${id.clock}` === blockId) || node.toArray().some(holds);
  };
  return fragment.toArray().findIndex(holds);
}

/**
 * Goes once to the sentence that the address names, as soon as `find` knows where it is drawn. The focus goes with it where
 * it may: who cannot see the page is there too.
 */
export function useWantedSentence(find: (blockId: string) => Element | null): void {
  const look = useRef(find);
  look.current = find;
  useEffect(() => {
    const blockId = wanted();
    if (blockId === null) return;
    const go = (): boolean => {
      const element = look.current(blockId);
      if (!element) return false;
      element.scrollIntoView({ block: 'center' });
      if (element instanceof HTMLElement && element.tabIndex === -1) element.focus({ preventScroll: true });
      return true;
    };
    let observer: MutationObserver | null = null;
    // The page puts the focus on its heading when it is new; this comes after it.
    const frame = requestAnimationFrame(() => {
      if (go()) return;
      // The text comes when it comes.
      observer = new MutationObserver(() => {
        if (go()) observer?.disconnect();
      });
      observer.observe(document.body, { subtree: true, childList: true });
    });
    return () => {
      cancelAnimationFrame(frame);
      observer?.disconnect();
    };
  }, []);
}
