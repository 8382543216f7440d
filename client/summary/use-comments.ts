/** Why this file exists: comments are shown where their words are now, by the browser's own highlighting: the text stays as it is. */
import { useEffect } from 'react';
import type * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import type { ThreadView } from '#shared/summary/api.ts';
import { type Place, rangeOf } from './places.ts';

/** Words somebody has selected, that a comment can be about. */
export interface Picked {
  promptId: Id;
  from: Place;
  to: Place;
  quote: string;
}

const ALL = 'summary-comments';
const ONE = 'summary-comment';

/** How soon after the text has changed its marks follow, milliseconds. */
const FOLLOW_MS = 150;

/** Marks the words of all open threads in the text, those of `chosen` more strongly. */
export function useHighlights(
  threads: readonly ThreadView[],
  chosen: Id | null,
  doc: Y.Doc | null,
  rootOf: (promptId: Id) => Element | null,
): void {
  useEffect(() => {
    if (!doc || !('highlights' in CSS)) return;
    const draw = () => {
      const of = (thread: ThreadView): Range | null => {
        const root = rootOf(thread.promptId);
        return root && rangeOf(root, doc.getXmlFragment(thread.promptId), thread.from, thread.to);
      };
      const ranges = (list: readonly ThreadView[]) => list.flatMap((thread) => of(thread) ?? []);
      CSS.highlights.set(ALL, new Highlight(...ranges(threads.filter(({ resolved }) => resolved === null))));
      CSS.highlights.set(ONE, new Highlight(...ranges(threads.filter(({ id }) => id === chosen))));
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(draw, FOLLOW_MS);
    };
    soon();
    doc.on('update', soon);
    return () => {
      clearTimeout(timer);
      doc.off('update', soon);
    };
  });
  useEffect(
    // Only with the page: between two drawings they stand as they were.
    () => () => {
      CSS.highlights?.delete(ALL);
      CSS.highlights?.delete(ONE);
    },
    [],
  );
}
