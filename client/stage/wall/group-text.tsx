/**
 * Why this file exists: one group's text on the wall: its prompts with what stands under them now. It follows what is being
 * written until its reader scrolls, and goes on following when asked.
 */
import { ChevronsDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { RoomClient } from '../../collab/index.ts';
import { LiveText } from './live-text.ts';
import type { Painter, PaintJob } from './painter.ts';
import styles from './wall.module.css';

/** How long the line that changed last is marked, milliseconds. */
const FRESH_MS = 5_000;
/** A scroll that ends this near to where we scrolled is ours, pixels: positions are rounded. */
const OWN_SCROLL_PX = 2;

export interface ShownPrompt {
  id: Id;
  /** Its place among all, from 1. */
  number: number;
  heading: string;
}

export interface GroupTextProps {
  room: RoomClient | null;
  prompts: readonly ShownPrompt[];
  painter: Painter;
  /** Accessible name of the scrolling region. */
  label: string;
}

export function GroupText({ room, prompts, painter, label }: GroupTextProps) {
  const { t } = useTranslation('stage');
  const box = useRef<HTMLElement>(null);
  const hosts = useRef(new Map<Id, HTMLElement>());
  const [following, setFollowing] = useState(true);
  const follow = useRef(true);
  const ownTop = useRef(0);
  const job = useRef<PaintJob | null>(null);
  const shown = prompts.map(({ id }) => id).join(' ');

  useEffect(() => {
    const region = box.current;
    if (!room || !region || shown === '') return;
    let fresh: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let toEnd = true;
    const unmark = () => {
      fresh?.removeAttribute('data-fresh');
      fresh = null;
    };
    const own: PaintJob = {
      paint() {
        let line: HTMLElement | null = null;
        for (const text of texts) line = text.paint() ?? line;
        if (!line) return;
        if (line !== fresh) unmark();
        fresh = line;
        if (room.state.synced) line.dataset.fresh = '';
        clearTimeout(timer);
        timer = setTimeout(unmark, FRESH_MS);
      },
      measure() {
        if (!follow.current) return null;
        const { scrollHeight, clientHeight } = region;
        if (scrollHeight <= clientHeight) return null;
        const end = scrollHeight - clientHeight;
        const top = toEnd || !fresh?.isConnected ? end : Math.min(end, bottomIn(region, fresh) - clientHeight + 12);
        toEnd = false;
        return () => {
          ownTop.current = Math.max(0, top);
          region.scrollTop = ownTop.current;
        };
      },
    };
    job.current = own;
    const request = () => painter.request(own);
    const texts = shown.split(' ').flatMap((id) => {
      const host = hosts.current.get(id);
      return host ? [new LiveText(room.doc.getXmlFragment(id), host, request)] : [];
    });
    request();
    // Another width moves the end.
    const observer = new ResizeObserver(request);
    observer.observe(region);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      painter.forget(own);
      for (const text of texts) text.destroy();
      job.current = null;
    };
  }, [room, shown, painter]);

  const goOn = (on: boolean) => {
    follow.current = on;
    setFollowing(on);
    if (on && job.current) painter.request(job.current);
  };
  return (
    <div className={styles.textFrame}>
      <section
        ref={box}
        className={styles.text}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached with the keyboard.
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          if (follow.current && Math.abs(scrollTop - ownTop.current) <= OWN_SCROLL_PX) return;
          const atEnd = scrollTop + clientHeight >= scrollHeight - 4;
          if (atEnd !== follow.current) goOn(atEnd);
        }}
      >
        <div className={styles.flow}>
          {prompts.map(({ id, number, heading }) => (
            <div key={id} className={styles.prompt}>
              <h4>
                {number} {heading}
              </h4>
              <div
                className={styles.doc}
                data-empty=""
                ref={(node) => {
                  if (node) hosts.current.set(id, node);
                  else hosts.current.delete(id);
                }}
              />
              <p className={styles.nothing}>{t('wall.nothing')}</p>
            </div>
          ))}
        </div>
      </section>
      {!following && (
        <button type="button" className={styles.follow} onClick={() => goOn(true)}>
          <ChevronsDown size={15} strokeWidth={1.75} aria-hidden />
          {t('wall.follow')}
        </button>
      )}
    </div>
  );
}

/** Where the end of `node` lies in what `region` scrolls. */
function bottomIn(region: HTMLElement, node: HTMLElement): number {
  return node.getBoundingClientRect().bottom - region.getBoundingClientRect().top + region.scrollTop;
}
