/** Why this file exists: my meetings: now, soon, to finish; and the way to a new one. */
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MeetingSummary } from '#shared/api.ts';
import { TEMPLATES } from '#shared/terms.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { useMeetings } from '../api/hooks.ts';
import { useNow } from '../collab/use-now.ts';
import { MinutesImportButton } from '../imports/minutes-button.tsx';
import { paths } from '../navigation.ts';
import { LinkButton } from '../ui/button.tsx';
import { capitalised, clock, clockText, dateAt, dayText, isoWeek } from '../ui/dates.ts';
import page from '../ui/page.module.css';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import styles from './home.module.css';
import { listsOf, nextSitting } from './lists.ts';

export function HomeScreen() {
  const { t, i18n } = useTranslation('home');
  const { t: common } = useTranslation('common');
  const meetings = useMeetings();
  const now = useNow(60_000);
  const today = dateAt(now);
  const lists = listsOf(meetings.data ?? [], now);
  return (
    <Screen title={t('title')} end={<UserMenu />}>
      <div className={styles.home}>
        <div className={styles.main}>
          <h1 className={page.title}>{capitalised(dayText(today, i18n.language))}</h1>
          <p className={styles.week}>{t('week', { week: isoWeek(today), time: clock(now, i18n.language) })}</p>
          {meetings.error && !meetings.data && (
            <Problem error={meetings.error} onRetry={() => void meetings.refetch()} />
          )}
          {meetings.isPending && <Skeleton label={common('loading')} lines={7} />}
          {meetings.data?.length === 0 && (
            <section className={styles.group}>
              <h2>{t('none.title')}</h2>
              <p className="muted">{t('none.text')}</p>
              <p className={styles.enter}>
                <LinkButton href={paths.newMeeting('session')} variant="primary">
                  {t('none.begin')}
                </LinkButton>
              </p>
            </section>
          )}
          {lists.now.length > 0 && (
            <section className={styles.group} aria-labelledby="now">
              <h2 id="now">{t('now')}</h2>
              {lists.now.map((meeting) => (
                <Live key={meeting.id} meeting={meeting} now={now} />
              ))}
            </section>
          )}
          <Rows id="soon" title={t('soon')} meetings={lists.soon} now={now} />
          <Rows id="finish" title={t('toFinish')} meetings={lists.toFinish} now={now} />
          {lists.rest.length > 0 && (
            <details className={styles.rest}>
              <summary>{t('rest', { count: lists.rest.length })}</summary>
              <Rows id="rest" title="" meetings={lists.rest} now={now} />
            </details>
          )}
        </div>
        <section className={styles.aside} aria-labelledby="new">
          <h2 id="new" className={page.heading}>
            {t('new')}
          </h2>
          <ul className={styles.templates}>
            {TEMPLATES.map((template) => (
              <li key={template}>
                <Link href={paths.newMeeting(template)}>
                  <span>
                    <b>{common(`template.${template}.name`)}</b>
                    <small>{common(`template.${template}.hint`)}</small>
                  </span>
                  <ChevronRight size={18} strokeWidth={1.75} aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
          <MinutesImportButton />
        </section>
      </div>
    </Screen>
  );
}

function useRole(): (meeting: MeetingSummary) => string {
  const { t } = useTranslation('common');
  return (meeting) => meeting.myRoles.map((role) => t(`role.${role}`)).join(', ');
}

/** The one that is going on: what is being dealt with, and the way in. */
function Live({ meeting, now }: { meeting: MeetingSummary; now: number }) {
  const { t, i18n } = useTranslation('home');
  const sitting = nextSitting(meeting, now);
  const ongoing = meeting.phase === 'ongoing';
  return (
    <article className={styles.live}>
      <p className={styles.when}>
        <i aria-hidden="true" />
        {t(ongoing ? 'ongoing' : 'opening')}
      </p>
      <div>
        <h3>{meeting.title}</h3>
        <p className={styles.place}>
          {[
            meeting.body,
            sitting?.venue,
            sitting &&
              t('hours', { from: clockText(sitting.start, i18n.language), to: clockText(sitting.end, i18n.language) }),
          ]
            .filter(Boolean)
            .join(', ')}
          . {meeting.hereNow > 0 && t('here', { count: meeting.hereNow })}
        </p>
        {meeting.currentItem && (
          <p className={styles.current}>
            {meeting.currentItem.number ? t('currentNumber', { number: meeting.currentItem.number }) : t('current')}{' '}
            <b>{meeting.currentItem.title}</b>
          </p>
        )}
        <p className={styles.enter}>
          <LinkButton href={paths.meeting(meeting.id)} variant="primary">
            {t('enter')}
            <span className="sr"> {meeting.title}</span>
          </LinkButton>
        </p>
      </div>
    </article>
  );
}

function Rows({
  id,
  title,
  meetings,
  now,
}: {
  id: string;
  title: string;
  meetings: readonly MeetingSummary[];
  now: number;
}) {
  const { t, i18n } = useTranslation('home');
  const role = useRole();
  if (meetings.length === 0) return null;
  return (
    <section className={styles.group} {...(title && { 'aria-labelledby': id })}>
      {title && <h2 id={id}>{title}</h2>}
      <ul className={styles.rows}>
        {meetings.map((meeting) => {
          const sitting = nextSitting(meeting, now);
          const state =
            meeting.cancelledAt !== null
              ? t('cancelled')
              : meeting.archivedAt !== null
                ? t('archived')
                : meeting.phase === 'verified'
                  ? t('verified')
                  : meeting.phase === 'verification'
                    ? t('verification')
                    : '';
          return (
            <li key={meeting.id}>
              <Link className={styles.row} href={paths.meeting(meeting.id)}>
                <span className={styles.date}>
                  {sitting ? dayText(sitting.date, i18n.language, { short: true }) : t('noDay')}
                  {sitting && <small>{t('from', { time: clockText(sitting.start, i18n.language) })}</small>}
                </span>
                <span>
                  <span className={styles.title}>{meeting.title}</span>
                  <span className={styles.about}>
                    {[meeting.body, sitting?.venue, state].filter(Boolean).join(', ')}
                  </span>
                </span>
                <span className={styles.role}>{capitalised(role(meeting))}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
