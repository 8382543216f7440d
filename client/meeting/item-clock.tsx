/** Why this file exists: how long is left. A countdown for the item that is being dealt with, the time it took for those that are done. */
import { useTranslation } from 'react-i18next';
import { actualOf, driftOf, type Planned } from '#shared/agenda-time.ts';
import { useNow } from '../collab/use-now.ts';
import styles from './item-clock.module.css';

/** "12:40" of a duration in milliseconds; hours only when there are some. */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const LATE_MS = 2 * 60_000;

export interface ItemClockProps {
  visits: readonly { from: number; to: number | null }[];
  /** Planned, 0 when none. */
  minutes: number;
  current: boolean;
  planned: Planned | undefined;
}

export function ItemClock({ visits, minutes, current, planned }: ItemClockProps) {
  const { t } = useTranslation('meeting');
  const now = useNow(current ? 1000 : 60_000);
  const actual = actualOf(visits, now);
  if (!current) {
    if (actual.elapsed === 0) return <span />;
    return (
      <p className={`${styles.clock} ${styles.past}`}>
        <span className={styles.figure}>{Math.max(1, Math.round(actual.elapsed / 60_000))}</span>{' '}
        <small>{t('clock.took')}</small>
      </p>
    );
  }
  const drift = driftOf(planned, actual, now) ?? 0;
  const left = minutes * 60_000 - actual.elapsed;
  const timed = minutes > 0;
  const late = timed && left < LATE_MS;
  const part = timed ? Math.min(100, (actual.elapsed / (minutes * 60_000)) * 100) : 0;
  return (
    <div className={late ? `${styles.clock} ${styles.late}` : styles.clock} role="timer">
      <p>
        <span className={styles.figure}>
          {timed ? `${left < 0 ? '+' : ''}${countdown(left)}` : countdown(actual.elapsed)}
        </span>{' '}
        <small>{t(timed ? (left < 0 ? 'clock.over' : 'clock.left') : 'clock.gone')}</small>
      </p>
      {timed && (
        <span className={styles.bar}>
          <i style={{ width: `${part}%` }} />
        </span>
      )}
      {drift > 0 && <p className={styles.drift}>{t('clock.behind', { count: drift })}</p>}
    </div>
  );
}
