/** Why this file exists: whoever leads needs one line that says how the day is going and when it would end. */
import { useTranslation } from 'react-i18next';
import { clockText, type Plan } from '#shared/agenda-time.ts';
import type { Id } from '#shared/ids.ts';
import styles from './agenda.module.css';

export interface DriftProps {
  /** Minutes behind the plan; `null` while nothing is open. */
  drift: number | null;
  sitting: Id | '';
  plan: Plan;
  timeZone: string;
}

export function Drift({ drift, sitting, plan, timeZone }: DriftProps) {
  const { t, i18n } = useTranslation('agenda');
  const day = plan.sittings.find((one) => one.sitting === sitting);
  if (!day || day.minutes === 0) return null;
  const end = day.end + (drift ?? 0) * 60_000;
  return (
    <p className={styles.drift}>
      {drift !== null && (
        <span className={drift > 0 ? styles.overrun : undefined}>
          {drift > 0
            ? t('drift.behind', { count: drift })
            : drift < 0
              ? t('drift.ahead', { count: -drift })
              : t('drift.onTime')}
        </span>
      )}
      <span>{t('endsAt', { time: clockText(end, timeZone, i18n.language) })}</span>
    </p>
  );
}
