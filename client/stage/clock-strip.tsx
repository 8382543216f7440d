/**
 * Why this file exists: which item, how long is left, and what can be done with the time. One filled button: the next thing
 * in the life of a round.
 */
import { ChevronLeft, Pause, Play, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { useNow } from '../collab/use-now.ts';
import { paths } from '../navigation.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { clockFace, minutesAndSeconds } from '../workshop/group/group-time.ts';
import styles from './lead.module.css';
import { type RoundTime, roundTime } from './round-time.ts';
import type { Lead } from './use-lead.ts';

export interface ClockStripProps {
  workshop: WorkshopView;
  round: Round;
  lead: Lead;
  number: string;
  title: string;
}

export function ClockStrip({ workshop, round, lead, number, title }: ClockStripProps) {
  const { t } = useTranslation('stage');
  const time = roundTime(round, useNow(1000));
  return (
    <section className={styles.strip} aria-label={t('clock.label')}>
      <div className={styles.item}>
        <Link className={styles.back} href={paths.item(workshop.meetingId, workshop.itemId)}>
          <ChevronLeft size={15} strokeWidth={1.75} aria-hidden />
          {t('back')}
        </Link>
        <h1>
          {number && <span>{number}</span>}
          {title}
        </h1>
      </div>
      <Face round={round} time={time} />
      <div className={styles.deeds}>
        <Deeds workshop={workshop} time={time} lead={lead} />
      </div>
    </section>
  );
}

function Face({ round, time }: { round: Round; time: RoundTime }) {
  const { t, i18n } = useTranslation('stage');
  const at = (when: number) => clock(when, i18n.language);
  const late = time.kind === 'last-minute' || time.kind === 'ending';
  const left = 'left' in time ? time.left : null;
  const spoken = left === null ? undefined : t('clock.left', minutesAndSeconds(left));
  return (
    <div className={styles.clock}>
      <p className={late ? `${styles.figure} ${styles.late}` : styles.figure} role="timer" aria-label={spoken}>
        {left !== null
          ? clockFace(left)
          : t(
              `clock.${time.kind === 'running' || time.kind === 'last-minute' || time.kind === 'paused' ? 'free' : time.kind}`,
            )}
      </p>
      <div>
        <p className={styles.ends}>
          {(time.kind === 'running' || time.kind === 'last-minute') && t('clock.until', { time: at(time.endsAt) })}
          {time.kind === 'paused' && `${t('clock.paused')} · ${t('clock.pausedLeft')}`}
          {time.kind === 'planned' && round.minutes > 0 && t('clock.plan', { count: round.minutes })}
          {time.closesAt !== null && t('clock.endingHint', { time: at(time.closesAt) })}
          {time.kind === 'closed' && round.closedAt !== null && t('clock.closedAt', { time: at(round.closedAt) })}
          {time.apart > 0 && ` · ${t('clock.apart', { count: time.apart })}`}
        </p>
        {(time.kind === 'running' || time.kind === 'last-minute') && (
          <span className={styles.timebar} data-late={late ? '' : undefined}>
            <i style={{ width: `${Math.round(time.part * 1000) / 10}%` }} />
          </span>
        )}
      </div>
    </div>
  );
}

function Deeds({ workshop, time, lead }: { workshop: WorkshopView; time: RoundTime; lead: Lead }) {
  const { t } = useTranslation('stage');
  const { kind } = time;
  const more = (minutes: number) => (
    <Button
      key={minutes}
      disabled={lead.busy}
      aria-label={t('clock.moreAll', { count: minutes })}
      onClick={() => lead.clock({ do: 'extend', minutes })}
    >
      <Plus size={15} strokeWidth={1.75} aria-hidden />
      {t('clock.more', { count: minutes })}
    </Button>
  );
  if (kind === 'planned')
    return (
      <Button variant="primary" disabled={lead.busy} onClick={() => lead.clock({ do: 'start' }, t('clock.started'))}>
        {t('clock.start')}
      </Button>
    );
  if (kind === 'closed')
    return (
      <>
        {more(5)}
        <Button disabled={lead.busy} onClick={() => lead.clock({ do: 'reopen' })}>
          {t('clock.reopen')}
        </Button>
        <LinkButton variant="primary" href={paths.harvest(workshop.meetingId, workshop.itemId)}>
          {t('clock.toHarvest')}
        </LinkButton>
      </>
    );
  const close = (
    <Button
      {...(kind === 'ending' ? { variant: 'primary' as const } : {})}
      disabled={lead.busy}
      onClick={() => lead.clock({ do: 'close' }, t('clock.closedNow'))}
    >
      {t('clock.close')}
    </Button>
  );
  return (
    <>
      {more(1)}
      {more(5)}
      {(kind === 'running' || kind === 'last-minute') && (
        <Button disabled={lead.busy} onClick={() => lead.clock({ do: 'pause' })}>
          <Pause size={18} strokeWidth={1.75} aria-hidden />
          {t('clock.pause')}
        </Button>
      )}
      {kind === 'paused' && (
        <Button disabled={lead.busy} onClick={() => lead.clock({ do: 'resume' })}>
          <Play size={18} strokeWidth={1.75} aria-hidden />
          {t('clock.resume')}
        </Button>
      )}
      {kind === 'ending' ? (
        close
      ) : (
        <>
          {close}
          <Button
            variant="primary"
            disabled={lead.busy}
            onClick={() => lead.clock({ do: 'ask-to-finish' }, t('clock.finishing'))}
          >
            {t('clock.finish')}
          </Button>
        </>
      )}
    </>
  );
}
