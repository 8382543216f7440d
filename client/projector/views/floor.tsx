/** Why this file exists: the room sees who has the floor, how long they have left, and who comes then. */
import { useTranslation } from 'react-i18next';
import type { Turn } from '#shared/floor/floor.ts';
import { speakerFigures } from '../../floor/own.ts';
import { organisationOf, useSpeakerTime } from '../../floor/speaker-now.tsx';
import { useFloor } from '../../floor/use-floor.ts';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';
import { TimeBar } from './item.tsx';

const MOST_NEXT = 3;

export function FloorView({ meeting }: ViewProps) {
  const { t } = useTranslation('projector');
  const floor = useFloor(meeting.id).data;
  if (!floor) return null;
  const { speaker, waiting } = floor;
  return (
    <>
      {speaker ? (
        <div className={styles.split}>
          <div>
            <p className={styles.kicker}>{t(speaker.kind === 'rejoinder' ? 'floor.reply' : 'floor.has')}</p>
            <h1 className={styles.title}>{speaker.person}</h1>
            <p className={styles.lead}>{organisationOf(meeting, speaker.personId)}</p>
          </div>
          <SpeakerTime turn={speaker} />
        </div>
      ) : (
        <div className={styles.centre}>
          <h1 className={styles.title}>{t(floor.drawn ? 'floor.drawn' : 'floor.free')}</h1>
          {waiting.length === 0 && <p className={styles.lead}>{t('floor.nobody')}</p>}
        </div>
      )}
      {waiting.length > 0 && (
        <div className={styles.speakers}>
          <p className={styles.beyond} aria-hidden="true">
            {t('floor.next')}
          </p>
          <ol aria-label={t('floor.next')}>
            {waiting.slice(0, MOST_NEXT).map((one, at) => (
              <li key={one.id}>
                <span className={styles.rowNumber}>{at + 1}</span>
                <span>{one.person}</span>
                {one.kind === 'rejoinder' && <span className={styles.rowNote}>{t('floor.replyShort')}</span>}
              </li>
            ))}
          </ol>
        </div>
      )}
      <p className={styles.beyond}>
        {[
          waiting.length > MOST_NEXT ? t('floor.more', { count: waiting.length - MOST_NEXT }) : '',
          floor.drawn && speaker ? t('floor.drawn') : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  );
}

function SpeakerTime({ turn }: { turn: Turn }) {
  const { t } = useTranslation('projector');
  const time = useSpeakerTime(turn);
  const { face } = speakerFigures(time);
  const over = time.kind === 'over';
  return (
    <div className={over ? `${styles.time} ${styles.late}` : styles.time} role="timer">
      <p className={styles.figure}>{over ? `+${face}` : face}</p>
      <p className={over ? styles.state : styles.timeWords}>{t(over ? 'floor.out' : `item.${time.kind}`)}</p>
      {time.part !== null && <TimeBar part={time.part} />}
    </div>
  );
}
