/** Why this file exists: who has the floor and how long they have left, by the server's clock, quietly until it is out. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import { useNow } from '../collab/use-now.ts';
import styles from './floor.module.css';
import { type SpeakerTime, speakerFigures, speakerTime } from './own.ts';

/** The turn's time now. Ticks every second. */
export function useSpeakerTime(turn: Turn): SpeakerTime {
  return speakerTime(turn, useNow(1000));
}

export function SpeakerNow({ meeting, floor }: { meeting: Meeting; floor: FloorView }) {
  const { t } = useTranslation('floor');
  const { speaker } = floor;
  if (!speaker) return <p className={styles.nobody}>{t('now.nobody')}</p>;
  return (
    <div className={styles.now}>
      <div className={styles.nowWho}>
        <p className={styles.label}>{t(speaker.kind === 'rejoinder' ? 'now.hasReply' : 'now.has')}</p>
        <p className={styles.nowName}>{speaker.person}</p>
        <p className={styles.note}>{organisationOf(meeting, speaker.personId)}</p>
      </div>
      <NowTime turn={speaker} />
    </div>
  );
}

function NowTime({ turn }: { turn: Turn }) {
  const { t } = useTranslation('floor');
  const time = useSpeakerTime(turn);
  const { minutes, seconds, face } = speakerFigures(time);
  const spoken = { minutes, seconds };
  const label = {
    left: t('now.timeLeft', spoken),
    over: t('now.timeOver', spoken),
    gone: t('now.timeGone', spoken),
  }[time.kind];
  return (
    <>
      <p
        className={time.kind === 'over' ? `${styles.time} ${styles.out}` : styles.time}
        role="timer"
        aria-label={label}
      >
        <span className={styles.figure} aria-hidden="true">
          {time.kind === 'over' ? `+${face}` : face}
        </span>
        <span className={styles.timeWords} aria-hidden="true">
          {t(`now.${time.kind}`)}
        </span>
      </p>
      {time.part !== null && (
        <span className={time.kind === 'over' ? `${styles.bar} ${styles.barOut}` : styles.bar} aria-hidden="true">
          <i style={{ width: `${Math.round(time.part * 1000) / 10}%` }} />
        </span>
      )}
      {time.kind === 'over' && <p className={styles.outWords}>{t('now.out')}</p>}
    </>
  );
}

/** The organisation somebody stands for in the meeting; empty when none. */
export function organisationOf(meeting: Meeting, personId: string): string {
  const person = meeting.participants.find((one) => one.personId === personId);
  return meeting.organisations.find(({ id }) => id === person?.organisationId)?.name ?? '';
}
