/** Why this file exists: what people see as they come in: which meeting this is, where and when, and how to take part by phone. */
import { useTranslation } from 'react-i18next';
import { QrCode } from '../../guests/qr-code.tsx';
import { capitalised, clockText, dayText } from '../../ui/dates.ts';
import styles from '../projector.module.css';
import { spacedCode } from '../spaced-code.ts';
import type { ViewProps } from './frame.ts';

export function WelcomeView({ meeting, shown }: ViewProps) {
  const { t, i18n } = useTranslation('projector');
  const { join } = shown;
  return (
    <div className={styles.split}>
      <div>
        <p className={styles.kicker}>{t('welcome.hello')}</p>
        <h1 className={styles.title}>{meeting.title}</h1>
        {meeting.body && <p className={styles.lead}>{meeting.body}</p>}
        <ul className={styles.days}>
          {meeting.sittings.slice(0, 3).map((sitting) => (
            <li key={sitting.id}>
              {capitalised(dayText(sitting.date, i18n.language))}{' '}
              <span className="num">
                {t('at', {
                  time: `${clockText(sitting.start, i18n.language)}–${clockText(sitting.end, i18n.language)}`,
                })}
              </span>
              {(sitting.room || sitting.venue) && `, ${[sitting.room, sitting.venue].filter(Boolean).join(', ')}`}
            </li>
          ))}
        </ul>
      </div>
      {join && (
        <div className={styles.join}>
          <QrCode text={join.url} label={t('qr', { address: join.url })} />
          <p className={styles.joinHint}>{t('welcome.join')}</p>
          <p className={styles.code}>{spacedCode(join.code)}</p>
          <p className={styles.address}>{join.url.replace(/^https?:\/\//, '').replace(/\/[^/]*$/, '')}</p>
        </div>
      )}
    </div>
  );
}
