/**
 * Why this file exists: what a group writes under one question, streaming. No editor: blocks are drawn from the room, and
 * when somebody writes only the block that changed is drawn again, a few times a second at most, however many type.
 */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import { drawBlock } from '../editor/notes-view.tsx';
import styles from './wall.module.css';

/** A changed block waits so long for company before it is drawn, milliseconds. */
const DRAW_EVERY_MS = 100;
/** So near to the end, in pixels, a reader counts as following it. */
const NEAR_END = 24;

interface Shown {
  block: Y.XmlElement;
  /** Raised when something in the block has changed. */
  version: number;
}

/** The blocks of a fragment, with a number that changes when they do. Kept outside React so that many changes are one. */
function followBlocks(fragment: Y.XmlFragment) {
  const versions = new WeakMap<object, number>();
  const read = (): readonly Shown[] =>
    fragment
      .toArray()
      .filter((block) => block instanceof Y.XmlElement)
      .map((block) => ({ block, version: versions.get(block) ?? 0 }));
  let shown = read();
  return {
    current: () => shown,
    subscribe(listener: () => void) {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const refresh = () => {
        timer = null;
        shown = read();
        listener();
      };
      const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
        for (const event of events) {
          let type: Y.AbstractType<unknown> | null = event.target;
          while (type !== null && type.parent !== fragment) type = type.parent as Y.AbstractType<unknown> | null;
          if (type !== null) versions.set(type, (versions.get(type) ?? 0) + 1);
        }
        timer ??= setTimeout(refresh, DRAW_EVERY_MS);
      };
      fragment.observeDeep(observe);
      // What came between the first reading and now.
      timer = setTimeout(refresh, 0);
      return () => {
        fragment.unobserveDeep(observe);
        if (timer) clearTimeout(timer);
      };
    },
  };
}

const Block = memo(function Block({ block, unknown }: Shown & { unknown: string }) {
  return <div className={styles.block}>{drawBlock(block, unknown)}</div>;
});

/** Follows the end of its text while the reader has not scrolled away from it. `empty` is said when nothing is written. */
export function WallText({ doc, promptId, empty }: { doc: Y.Doc; promptId: string; empty: string }) {
  const { t } = useTranslation('editor');
  const store = useMemo(() => followBlocks(doc.getXmlFragment(promptId)), [doc, promptId]);
  const blocks = useSyncExternalStore(store.subscribe, store.current, store.current);
  const keys = useRef({ next: 1, of: new WeakMap<object, number>() });
  const keyOf = (block: object): number => {
    const known = keys.current.of.get(block);
    if (known !== undefined) return known;
    keys.current.of.set(block, keys.current.next);
    return keys.current.next++;
  };
  const written = blocks.filter(({ block }) => block.length > 0 && !isBlank(block));
  if (written.length === 0) return <p className={styles.quiet}>{empty}</p>;
  return (
    <div className={`rs-doc rs-view ${styles.doc}`}>
      {written.map(({ block, version }) => (
        <Block key={keyOf(block)} block={block} version={version} unknown={t('state.unknownBlock')} />
      ))}
    </div>
  );
}

function isBlank(block: Y.XmlElement): boolean {
  return block.toArray().every((child) => child instanceof Y.XmlText && child.length === 0);
}

/** A box that stays at its end while it grows, until its reader scrolls up. */
export function useFollowEnd<T extends HTMLElement>() {
  const box = useRef<T>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = () => {
      following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const follow = () => {
      if (following.current) element.scrollTop = element.scrollHeight;
    };
    follow();
    const growing = new MutationObserver(() => requestAnimationFrame(follow));
    growing.observe(element, { childList: true, characterData: true, subtree: true });
    return () => growing.disconnect();
  }, []);
  return box;
}
