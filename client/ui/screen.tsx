/**
 * Why this file exists: what every screen owes: a skip link, a way home, a title of its own, and focus on its heading when
 * one arrives, so that nobody is left where the former page was.
 */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { BrandMark } from './brand.tsx';
import styles from './screen.module.css';

/**
 * Sets the document's title: "… – Rådslag". With the layout, because that is done again when a page that was hidden while
 * some of it was fetched comes back: what was shown meanwhile had a title of its own.
 */
export function useTitle(title: string): void {
  useLayoutEffect(() => {
    document.title = title ? `${title} – Rådslag` : 'Rådslag';
  }, [title]);
}

let first = true;

/** Focuses the heading on arrival, except on the first page of a visit, where the browser starts at the top by itself. */
export function useArrival<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (first) first = false;
    else ref.current?.focus();
  }, []);
  return ref;
}

/** The skip link; its target is the `id="content"` of the page. */
export function SkipLink() {
  const { t } = useTranslation('common');
  return (
    <a className="skip" href="#content">
      {t('skip')}
    </a>
  );
}

/** A plain screen: bar with the mark, then the content. `end` is what stands at the right of the bar. */
export function Screen({
  title,
  end,
  width = 'wide',
  children,
}: {
  title: string;
  end?: ReactNode;
  width?: 'wide' | 'reading' | 'narrow';
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  useTitle(title);
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(false);
  // The heading may come after its data: each render looks for it until it has been there once.
  useEffect(() => {
    const heading = arrived.current ? null : main.current?.querySelector<HTMLElement>('h1');
    if (!heading) return;
    arrived.current = true;
    if (first) {
      first = false;
      return;
    }
    // Somebody who has gone on to the bar or the menu meanwhile stays there.
    if (document.activeElement && document.activeElement !== document.body) return;
    heading.setAttribute('tabindex', '-1');
    heading.focus();
  });
  return (
    <>
      <SkipLink />
      <header className={styles.top}>
        <Link className={styles.brand} href="/" aria-label={t('home')}>
          <BrandMark />
          <span>Rådslag</span>
        </Link>
        <div className={styles.end}>{end}</div>
      </header>
      <main id="content" ref={main} className={width === 'wide' ? styles.main : `${styles.main} ${styles[width]}`}>
        {children}
      </main>
    </>
  );
}
