/** Why this file exists: every version as it was sent, with its files. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { NOTICE_FORMATS, type NoticeView } from '#shared/notice/api.ts';
import { noticeWords } from '#shared/notice/words.ts';
import { noticeFile } from '../api/notice.ts';
import { clock, dateAt, dayText } from '../ui/dates.ts';
import styles from './notice.module.css';

export function VersionsSection({ meeting, view }: { meeting: Meeting; view: NoticeView }) {
  const { t, i18n } = useTranslation('notice');
  const id = useId();
  const { versions, latest } = view;
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('versions.title')}</h2>
      <ol className={styles.versions}>
        {versions.toReversed().map(({ number, at, by, mailed, sha256 }) => (
          <li key={number}>
            <p>
              <b>{t('versions.one', { number })}</b>{' '}
              {t('versions.by', {
                when: `${dayText(dateAt(at, meeting.timeZone), i18n.language, { short: true })} ${clock(at, i18n.language, meeting.timeZone)}`,
                by,
              })}
              {mailed && `, ${t('versions.mailed')}`}
            </p>
            {latest?.number === number && latest.changes.length > 0 && (
              <ul className={styles.changes} aria-label={t('versions.changes')}>
                {latest.changes.map((change) => (
                  <li key={JSON.stringify(change)}>{noticeWords(latest.language).change(change)}</li>
                ))}
              </ul>
            )}
            <ul className={styles.files} aria-label={t('versions.files', { number })}>
              {NOTICE_FORMATS.map((format) => (
                <li key={format}>
                  <a href={noticeFile(meeting.id, number, format)} download>
                    {t(`file.${format}`)}
                  </a>
                </li>
              ))}
            </ul>
            <p className={styles.hash}>{t('versions.hash', { hash: sha256 })}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
