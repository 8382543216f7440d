/** Why this file exists: one line with a rule at its left says what is the matter; never a coloured box around everything. */
import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** `warm` is time or somebody waiting, `refuse` is not saved or not allowed (announced at once). */
export function Notice({ tone = 'plain', children }: { tone?: 'plain' | 'warm' | 'refuse'; children: ReactNode }) {
  const Icon = tone === 'plain' ? Info : CircleAlert;
  const look = tone === 'plain' ? styles.notice : `${styles.notice} ${styles[tone]}`;
  return (
    <div className={look} role={tone === 'refuse' ? 'alert' : undefined}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <div className={styles.words}>{children}</div>
    </div>
  );
}
