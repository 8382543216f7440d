/** Why this file exists: what has happened since the start, where people are, and the last backup: words and numbers. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OperationsView } from '#shared/api.ts';
import { paths } from '../navigation.ts';
import { clock, dateAt, dayText } from '../ui/dates.ts';
import page from '../ui/page.module.css';
import { figuresIn } from './figures.ts';
import styles from './operations.module.css';

/** Reasons with words of their own. */
export const REASONS = [
  'owner',
  'gap',
  'count',
  'subdocument',
  'key',
  'depth',
  'content',
  'full',
  'order',
  'refused',
  'read',
  'observer',
  'not-open',
  'phase',
  'locked',
  'cancelled',
  'archived',
  'storage',
] as const;

const EVENTS = [
  'hashDifferences',
  'hashReplacements',
  'resyncs',
  'commitFailures',
  'loadErrors',
  'slowPeers',
  'malformed',
  'compactionFailures',
  'compactions',
] as const;

function Counts({ rows }: { rows: { key: string; words: string; count: number }[] }) {
  const { t, i18n } = useTranslation('operations');
  const figures = figuresIn(i18n.language);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('count')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, words, count }) => (
          <tr key={key} className={count > 0 ? styles.some : styles.none}>
            <th scope="row">{words}</th>
            <td>{figures.number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Refused edits by reason, most first. */
export function Refused({ counts }: { counts: OperationsView['counts'] }) {
  const { t } = useTranslation('operations');
  const rows = Object.entries(counts.refused)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => {
      const known = REASONS.find((reason) => reason === code);
      return { key: code, words: known ? t(`reason.${known}`) : t('reason.other', { code }), count };
    });
  return (
    <section className={page.section} aria-labelledby="refused">
      <h2 id="refused" className={page.heading}>
        {t('refused')}
      </h2>
      {rows.length > 0 ? <Counts rows={rows} /> : <p className="muted">{t('refusedNone')}</p>}
    </section>
  );
}

export function Events({ counts }: { counts: OperationsView['counts'] }) {
  const { t } = useTranslation('operations');
  return (
    <section className={page.section} aria-labelledby="events">
      <h2 id="events" className={page.heading}>
        {t('events')}
      </h2>
      <Counts rows={EVENTS.map((key) => ({ key, words: t(`event.${key}`), count: counts[key] }))} />
    </section>
  );
}

export function BackupState({ backup }: { backup: OperationsView['backup'] }) {
  const { t, i18n } = useTranslation('operations');
  const figures = figuresIn(i18n.language);
  const { last, nightly } = backup;
  return (
    <section className={page.section} aria-labelledby="backup">
      <h2 id="backup" className={page.heading}>
        {t('backup')}
      </h2>
      <p>
        {last
          ? t('backupLast', {
              day: dayText(dateAt(last.at), i18n.language),
              time: clock(last.at, i18n.language),
              size: figures.bytes(last.bytes),
            })
          : t('backupNever')}{' '}
        {t(nightly ? 'nightlyOn' : 'nightlyOff')}
      </p>
    </section>
  );
}

export function OccupiedMeetings({ meetings }: { meetings: OperationsView['meetings'] }) {
  const { t, i18n } = useTranslation('operations');
  const figures = figuresIn(i18n.language);
  return (
    <section className={page.section} aria-labelledby="meetings">
      <h2 id="meetings" className={page.heading}>
        {t('meetings')}
      </h2>
      {meetings.length === 0 ? (
        <p className="muted">{t('meetingsNone')}</p>
      ) : (
        <>
          <p className="muted">{t('meetingsHint')}</p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('meeting')}</th>
                <th scope="col">{t('people')}</th>
                <th scope="col">{t('connections')}</th>
              </tr>
            </thead>
            <tbody>
              {meetings.map(({ meetingId, title, people, connections }) => (
                <tr key={meetingId}>
                  <th scope="row">
                    {title === null ? (
                      <span className={styles.id}>{t('unnamed', { id: meetingId })}</span>
                    ) : (
                      <Link href={paths.meeting(meetingId)}>{title}</Link>
                    )}
                  </th>
                  <td>{figures.number(people)}</td>
                  <td>{figures.number(connections)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
