/** Why this file exists: how long the group has left, in the rail and at the top of a phone, by the server's clock. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { useNow } from '../../collab/use-now.ts';
import { clock } from '../../ui/dates.ts';
import styles from './group.module.css';
import { clockFace, type GroupTime, groupTime, minutesAndSeconds } from './group-time.ts';

/** The group's clock as it is now. Ticks every second. */
export function useGroupTime(round: Round, group: Group): GroupTime {
  return groupTime(round, group, useNow(1000));
}

/** What somebody hears of the time who does not see it. */
function useSpoken(): (left: number) => string {
  const { t } = useTranslation('group');
  return (left) => {
    const { minutes, seconds } = minutesAndSeconds(left);
    return minutes > 0 ? t('time.left', { minutes, seconds }) : t('time.leftShort', { seconds });
  };
}

/** The clock in the rail: figures, what they mean, and how much is gone. */
export function RailClock({ time, timeZone }: { time: GroupTime; timeZone: string }) {
  const { t, i18n } = useTranslation('group');
  const spoken = useSpoken();
  if (time.kind === 'running' || time.kind === 'last-minute') {
    const late = time.kind === 'last-minute';
    return (
      <div>
        <p
          className={late ? `${styles.timer} ${styles.late}` : styles.timer}
          role="timer"
          aria-label={spoken(time.left)}
        >
          {clockFace(time.left)}
        </p>
        <p className={styles.timeWords}>
          {late ? t('time.lastMinute') : t('time.until', { time: clock(time.endsAt, i18n.language, timeZone) })}
        </p>
        <TimeBar part={time.part} late={late} />
      </div>
    );
  }
  if (time.kind === 'paused')
    return (
      <div>
        <p className={styles.timeState}>{t('time.paused', { left: clockFace(time.left) })}</p>
        <p className={styles.timeWords}>{t('time.pausedHint')}</p>
      </div>
    );
  return (
    <div>
      <p className={time.kind === 'ending' ? `${styles.timeState} ${styles.late}` : styles.timeState}>
        {t(`time.${time.kind}`)}
      </p>
      {time.kind !== 'closed' && <p className={styles.timeWords}>{t(`time.${time.kind}Hint`)}</p>}
    </div>
  );
}

function TimeBar({ part, late }: { part: number; late: boolean }) {
  return (
    <div className={late ? `${styles.bar} ${styles.barLate}` : styles.bar} aria-hidden="true">
      <i style={{ width: `${Math.round(part * 1000) / 10}%` }} />
    </div>
  );
}

/** The clock at the top of a phone: figures, or one word. */
export function ShortClock({ time }: { time: GroupTime }) {
  const { t } = useTranslation('group');
  const spoken = useSpoken();
  if (time.kind === 'running' || time.kind === 'last-minute')
    return (
      <span
        className={time.kind === 'last-minute' ? `${styles.shortTimer} ${styles.late}` : styles.shortTimer}
        role="timer"
        aria-label={spoken(time.left)}
      >
        {clockFace(time.left)}
      </span>
    );
  if (time.kind === 'paused') return <span className={styles.shortTimer}>{`${clockFace(time.left)} ‖`}</span>;
  if (time.kind === 'free') return <span />;
  return (
    <span className={time.kind === 'ending' ? `${styles.shortWord} ${styles.late}` : styles.shortWord}>
      {t(`time.${time.kind}`)}
    </span>
  );
}

/** Says once, politely, when the last minute begins and when the time is up. */
export function TimeAnnouncer({ kind }: { kind: GroupTime['kind'] }) {
  const { t } = useTranslation('group');
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (kind === 'last-minute') setSaid(t('time.lastMinute'));
    else if (kind === 'ending') setSaid(`${t('time.ending')}. ${t('time.endingHint')}`);
    else if (kind === 'closed') setSaid(t('time.closed'));
    else setSaid('');
  }, [kind, t]);
  return (
    <p className="sr" role="status">
      {said}
    </p>
  );
}
