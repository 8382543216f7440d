/**
 * Why this file exists: the truth about saving, in words and in shape, always in the same place. Three honest states
 * (sending, received, saved) and two that are squares: offline and refused.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from './dates.ts';
import styles from './saved-mark.module.css';

export type SavedStatus = 'sending' | 'received' | 'saved' | 'offline' | 'refused';

const LOOK: Record<SavedStatus, string> = {
  sending: styles.sending!,
  received: styles.received!,
  saved: styles.stored!,
  offline: styles.offline!,
  refused: styles.refused!,
};

/** Speech lags behind the eye: only states that last are announced, or every key would be. */
const ANNOUNCE_AFTER_MS = 1500;

/** `at` is when the last commit was heard of, in milliseconds by the server's clock. */
export function SavedMark({ status, at }: { status: SavedStatus; at: number | null }) {
  const { t, i18n } = useTranslation('saving');
  const words =
    status === 'saved' ? (at === null ? t('saved') : t('savedAt', { time: clock(at, i18n.language) })) : t(status);
  const [spoken, setSpoken] = useState('');
  const meaning = t(status);
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(meaning), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [meaning]);
  return (
    <span className={`${styles.saved} ${LOOK[status]}`} data-saved={status}>
      <span className={styles.shape} aria-hidden="true" />
      <span className={styles.words}>{words}</span>
      <span className="sr" role="status">
        {spoken}
      </span>
    </span>
  );
}
