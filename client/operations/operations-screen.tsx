/**
 * Why this file exists: how the server is, live, for administrators: first in one sentence, then in numbers, then what led
 * here. What moves by itself can be paused.
 */
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Clock3, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationsView } from '#shared/api.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { api } from '../api/api.ts';
import { keys, useSession } from '../api/hooks.ts';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { Notice } from '../ui/notice.tsx';
import page from '../ui/page.module.css';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import { Charts } from './charts.tsx';
import { figuresIn } from './figures.ts';
import styles from './operations.module.css';
import { BackupState, Events, OccupiedMeetings, Refused } from './tables.tsx';

const EVERY_MS = 3_000;
/** From here on people notice that their words are not saved yet, milliseconds. */
const SLOW_MS = 1_000;

export function OperationsScreen() {
  const { t } = useTranslation('operations');
  const session = useSession();
  return (
    <Screen title={t('title')} end={<UserMenu />}>
      <h1 className={page.title}>{t('title')}</h1>
      {session.data?.person.isAdmin ? <Live /> : <p className={page.lead}>{t('adminsOnly')}</p>}
    </Screen>
  );
}

function Live() {
  const { t, i18n } = useTranslation('operations');
  const { t: common } = useTranslation('common');
  const [paused, setPaused] = useState(false);
  const live = useQuery({
    queryKey: keys.operations,
    queryFn: api.operations,
    refetchInterval: paused ? false : EVERY_MS,
    staleTime: EVERY_MS,
    // The interval is the retry.
    retry: false,
  });
  if (!live.data)
    return live.error ? (
      <Problem error={live.error} onRetry={() => void live.refetch()} />
    ) : (
      <Skeleton label={common('loading')} />
    );
  const view = live.data;
  const from = { time: clock(view.at, i18n.language) };
  return (
    <>
      <p className={page.lead}>{t('intro')}</p>
      <div className={styles.bar}>
        <State view={view} />
        <Button onClick={() => setPaused(!paused)}>
          {paused ? (
            <Play size={18} strokeWidth={1.75} aria-hidden />
          ) : (
            <Pause size={18} strokeWidth={1.75} aria-hidden />
          )}
          {t(paused ? 'resume' : 'pause')}
        </Button>
      </div>
      {paused && <Notice>{t('pausedAt', from)}</Notice>}
      {live.isError && !paused && <Notice tone="warm">{t('stale', from)}</Notice>}
      {view.now.storageUnavailable !== null && (
        <Notice tone="refuse">
          {t('storageText', { time: figuresIn(i18n.language).lasting(view.now.storageUnavailable) })}
        </Notice>
      )}
      <Now view={view} />
      <Charts view={view} />
      <div className={styles.sides}>
        <div>
          <OccupiedMeetings meetings={view.meetings} />
          <Refused counts={view.counts} />
          <BackupState backup={view.backup} />
        </div>
        <Events counts={view.counts} />
      </div>
    </>
  );
}

/** The one sentence; told again only when it becomes another. */
function State({ view }: { view: OperationsView }) {
  const { t } = useTranslation('operations');
  const slow = (view.lastMinute.persistP99 ?? 0) >= SLOW_MS;
  const state = view.now.storageUnavailable !== null ? 'storage' : slow ? 'slow' : 'good';
  const Icon = { good: CircleCheck, slow: Clock3, storage: CircleAlert }[state];
  return (
    <p className={state === 'storage' ? `${styles.state} ${styles.bad}` : styles.state} role="status">
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      {t(`state.${state}`)}
    </p>
  );
}

function Now({ view }: { view: OperationsView }) {
  const { t, i18n } = useTranslation('operations');
  const figures = figuresIn(i18n.language);
  const { now } = view;
  const rows: [string, string][] = [
    [t('people'), figures.number(now.people)],
    [t('connections'), figures.number(now.connections)],
    [t('rooms'), figures.number(now.rooms)],
    [t('memory'), figures.bytes(now.memory)],
    [t('uptime'), figures.lasting(view.at - view.startedAt)],
    [t('version'), view.version],
  ];
  return (
    <section aria-labelledby="now">
      <h2 id="now" className="sr">
        {t('now')}
      </h2>
      <dl className={styles.now}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
