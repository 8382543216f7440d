/** Why this file exists: a meeting over several days is read day by day; each says its hours and whether its rows fit in them. */
import { useTranslation } from 'react-i18next';
import type { Plan } from '#shared/agenda-time.ts';
import type { Sitting } from '#shared/api.ts';
import { clockText, dayText } from '../ui/dates.ts';
import styles from './agenda.module.css';

export function DayHeading({ sitting, plan }: { sitting: Sitting; plan: Plan }) {
  const { t, i18n } = useTranslation('agenda');
  const planned = plan.sittings.find((one) => one.sitting === sitting.id);
  const [start, end] = [sitting.start, sitting.end].map((clock) => clockText(clock, i18n.language));
  return (
    <div className={styles.day}>
      <b>{dayText(sitting.date, i18n.language)}</b>
      <span>{t('dayHours', { start, end })}</span>
      {planned && planned.overrun > 0 && (
        <span className={styles.overrun}>{t('overrun', { count: planned.overrun })}</span>
      )}
    </div>
  );
}
