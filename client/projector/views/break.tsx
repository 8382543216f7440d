/** Why this file exists: a break needs one thing: when it is over. */
import { useTranslation } from 'react-i18next';
import { useNow } from '../../collab/use-now.ts';
import { clock } from '../../ui/dates.ts';
import { clockFace } from '../../workshop/group/group-time.ts';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';

export function BreakView({ meeting, shown: { until } }: ViewProps) {
  const { t, i18n } = useTranslation('projector');
  const now = useNow(1000);
  const left = until === null ? null : until - now;
  return (
    <div className={styles.centre}>
      <h1 className={styles.title}>{t('pause.title')}</h1>
      {left !== null && left > 0 && (
        <p className={styles.figure} role="timer">
          {clockFace(left)}
        </p>
      )}
      <p className={styles.lead}>
        {until === null || left === null
          ? t('pause.soon')
          : left <= 0
            ? t('pause.over')
            : t('pause.until', { time: clock(until, i18n.language, meeting.timeZone) })}
      </p>
    </div>
  );
}
