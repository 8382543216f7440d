/** Why this file exists: where a page has no room for what stands beside it, its parts are reached from below, by thumb. */
import type { ReactNode } from 'react';
import styles from './bottom-bar.module.css';

/** Holds buttons and links, each a symbol over a word. `cornered`: from 900 px it lies in the corner and not across. */
export function BottomBar({ label, cornered, children }: { label: string; cornered?: boolean; children: ReactNode }) {
  return (
    <nav className={`${styles.bar} ${cornered ? styles.cornered : ''}`} aria-label={label}>
      {children}
    </nav>
  );
}
