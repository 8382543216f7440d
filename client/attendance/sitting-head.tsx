/** Why this file exists: above everybody's lines stand the sitting, the items as they were treated, and the clock. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceFrame, SittingSpan } from '#shared/attendance/frame.ts';
import { clock, dayText } from '../ui/dates.ts';
import { axisOf, shareOf, ticksOf } from './scale.ts';
import styles from './strip.module.css';
import { boundaries } from './strip-row.tsx';

/** "Dag 1 tors 12 nov". */
export function SittingName({ meeting, sitting }: { meeting: Meeting; sitting: SittingSpan }) {
  const { t, i18n } = useTranslation('attendance');
  const date = meeting.sittings.find(({ id }) => id === sitting.id)?.date;
  if (!date) return t('strip.whole');
  return (
    <>
      <b>{t('strip.day', { day: sitting.day })}</b> {dayText(date, i18n.language, { short: true })}
    </>
  );
}

/** What was treated when, and the clock. */
export function SittingHead({
  meeting,
  frame,
  sitting,
  narrow,
}: {
  meeting: Meeting;
  frame: AttendanceFrame;
  sitting: SittingSpan;
  narrow: boolean;
}) {
  const { t, i18n } = useTranslation('attendance');
  const axis = axisOf(sitting);
  const time = (at: number) => clock(at, i18n.language, frame.timeZone);
  const most = narrow ? 5 : Math.max(2, Math.round(((axis.to - axis.from) / 3_600_000) * 0.6));
  const starts = boundaries(frame, sitting);
  /** How much of the strip is free until the next item begins: a number that would run into the next says the wrong thing. */
  const room = (from: number): number => shareOf(axis, starts.find((at) => at > from) ?? axis.to) - shareOf(axis, from);
  const treated = [...frame.items.values()].flatMap(({ id, number, title, visits }) =>
    visits
      .filter((visit) => visit.from >= sitting.begins && visit.from < sitting.ends)
      .map((visit) => ({ id, number, title, from: visit.from, to: visit.to ?? Math.max(frame.now, visit.from) })),
  );
  return (
    <div className={styles.sitting}>
      {!narrow && (
        <p className={styles.label}>
          <SittingName meeting={meeting} sitting={sitting} />
        </p>
      )}
      <div className={styles.items}>
        {treated
          .filter(({ number }) => number !== '')
          .map(({ id, number, title, from, to }) => (
            <span
              key={`${id}-${from}`}
              className={styles.item}
              style={{
                left: `${shareOf(axis, from) * 100}%`,
                width: `${(shareOf(axis, to) - shareOf(axis, from)) * 100}%`,
              }}
              title={t('strip.item', { number, title, from: time(from), to: time(to) })}
            >
              {room(from) >= (4 + 7.5 * number.length) / (narrow ? 290 : 500) && number}
            </span>
          ))}
        {starts.map((at) => (
          <i key={at} className={styles.boundary} style={{ left: `${shareOf(axis, at) * 100}%` }} />
        ))}
      </div>
      <div className={styles.ticks}>
        {ticksOf(axis, frame, most).map((at) => (
          <span key={at} style={{ left: `${shareOf(axis, at) * 100}%` }}>
            {time(at)}
          </span>
        ))}
      </div>
    </div>
  );
}
