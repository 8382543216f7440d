/** Why this file exists: what has been final stays to be read: every revision, and what changed from one to the next. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { RevisionView, SummaryView } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { clock, dateAt, dayText } from '../ui/dates.ts';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Differences } from '../versions/differences.tsx';
import { Downloads } from './downloads.tsx';
import { linesOfSummary } from './lines.ts';
import { Reading } from './reading.tsx';
import styles from './summary.module.css';
import { useRevision } from './use-summary.ts';

/** When something happened, in the meeting's time. */
export function useMoment(timeZone: string): (at: number) => { day: string; time: string } {
  const { i18n } = useTranslation('summary');
  return (at) => ({
    day: dayText(dateAt(at, timeZone), i18n.language),
    time: clock(at, i18n.language, timeZone),
  });
}

/** Those behind the one that stands, or all of them while the text is open. */
export function Revisions({
  meeting,
  workshop,
  summary,
}: {
  meeting: Meeting;
  workshop: WorkshopView;
  summary: SummaryView;
}) {
  const { t } = useTranslation('summary');
  const [shown, setShown] = useState<number | null>(null);
  const earlier = (summary.final ? summary.revisions.slice(0, -1) : summary.revisions).toReversed();
  if (earlier.length === 0) return null;
  return (
    <section className={styles.revisions} aria-labelledby="summary-earlier">
      <h2 id="summary-earlier">{t('final.earlier')}</h2>
      <ul>
        {earlier.map((revision) => (
          <li key={revision.n}>
            <RevisionLine revision={revision} timeZone={meeting.timeZone} />
            <Button
              size="small"
              variant="quiet"
              aria-expanded={shown === revision.n}
              onClick={() => setShown(shown === revision.n ? null : revision.n)}
            >
              {t('final.show', { n: revision.n })}
            </Button>
            {shown === revision.n && <Earlier meeting={meeting} workshop={workshop} summary={summary} n={revision.n} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who made a revision final and when; and who opened it again, and why. */
export function RevisionLine({ revision, timeZone }: { revision: RevisionView; timeZone: string }) {
  const { t } = useTranslation('summary');
  const moment = useMoment(timeZone);
  return (
    <div className={styles.line}>
      <p>
        <b>{t('final.number', { n: revision.n })}</b> ·{' '}
        {t('final.by', { name: revision.person, ...moment(revision.at) })} ·{' '}
        <span title={t('final.hashHelp', { hash: revision.sha256 })}>
          {t('final.hash', { hash: revision.sha256.slice(0, 8) })}
        </span>
      </p>
      {revision.reopened && (
        <p className={styles.hint}>
          {t('final.reopened', {
            name: revision.reopened.person,
            reason: revision.reopened.reason,
            ...moment(revision.reopened.at),
          })}
        </p>
      )}
    </div>
  );
}

function Earlier({
  meeting,
  workshop,
  summary,
  n,
}: {
  meeting: Meeting;
  workshop: WorkshopView;
  summary: SummaryView;
  n: number;
}) {
  const { t } = useTranslation('summary');
  const of = { meetingId: meeting.id, itemId: workshop.itemId };
  const next = summary.revisions.find((one) => one.n > n)?.n ?? null;
  const [comparing, setComparing] = useState(false);
  const revision = useRevision(of.meetingId, of.itemId, n);
  const other = useRevision(of.meetingId, of.itemId, comparing ? next : null);
  if (revision.error) return <Problem error={revision.error} onRetry={() => void revision.refetch()} />;
  if (!revision.data) return <Skeleton label={t('loading')} lines={4} />;
  return (
    <div className={styles.earlier}>
      <p className={styles.hint} role="status">
        {comparing && next !== null ? t('final.comparing', { from: n, to: next }) : t('final.showing', { n })}
      </p>
      {next !== null && (
        <ButtonRow>
          <Button size="small" onClick={() => setComparing(!comparing)}>
            {comparing ? t('final.stopComparing') : t('final.compare', { n: next })}
          </Button>
        </ButtonRow>
      )}
      {comparing && other.data ? (
        <Differences
          before={linesOfSummary(revision.data.document.sections)}
          after={linesOfSummary(other.data.document.sections)}
        />
      ) : (
        <Reading content={revision.data} workshop={workshop} />
      )}
      <Downloads of={of} n={n} />
    </div>
  );
}
