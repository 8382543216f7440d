/** Why this file exists: what does not hold together in who was there is seen before anybody signs, with the way to both. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MinutesView } from '#shared/minutes/api.ts';
import { paths } from '../navigation.ts';
import { clock } from '../ui/dates.ts';
import styles from './minutes.module.css';
import { anchorOf } from './paper.tsx';

export function Warnings({ document, warnings }: Pick<MinutesView, 'document' | 'warnings'>) {
  const { t, i18n } = useTranslation('minutes');
  const { id, timeZone } = document.meeting;
  const numbers = new Map(document.items.map((item) => [item.id, item.number]));
  return (
    <section className={styles.checks} aria-labelledby="minutes-presence">
      <h2 id="minutes-presence">{t('warnings.heading')}</h2>
      <ul className={styles.warnings}>
        {warnings.map((warning) => {
          const { code, itemId, at, day, names, words } = warning;
          const [name = '', other = ''] = names;
          return (
            <li key={JSON.stringify(warning)} data-warning={code}>
              {itemId !== '' && (
                <a href={`#${anchorOf(itemId)}`}>{t('warnings.point', { number: numbers.get(itemId) || '–' })}</a>
              )}{' '}
              {t(`warnings.${code}`, {
                name,
                other,
                words,
                day,
                names: names.join(', '),
                clock: at === null ? '' : clock(at, i18n.language, timeZone),
              })}
            </li>
          );
        })}
      </ul>
      <p className={styles.hint}>
        <Link href={paths.attendance(id)}>{t('warnings.open')}</Link>
      </p>
    </section>
  );
}
