/** Why this file exists: somebody comes or goes, and the one who keeps the record presses once. */
import { useTranslation } from 'react-i18next';
import type { Participant } from '#shared/api.ts';
import { type AttendanceEntry, attends } from '#shared/attendance/attendance.ts';
import type { AttendanceFrame } from '#shared/attendance/frame.ts';
import { statusAt } from '#shared/attendance/presence.ts';
import { Button } from '../ui/button.tsx';
import styles from './panel.module.css';
import type { AttendanceActions } from './use-attendance.ts';

/** Offers what is the next thing to say: that they have come, or that they go. */
export function MarkButton({
  frame,
  entries,
  person,
  actions,
  inText = false,
}: {
  frame: AttendanceFrame;
  entries: readonly AttendanceEntry[];
  person: Pick<Participant, 'personId' | 'name'>;
  actions: AttendanceActions;
  /** Looks like words, not like a button. */
  inText?: boolean;
}) {
  const { t } = useTranslation('attendance');
  const { personId, name } = person;
  const status = statusAt(frame, entries, personId, frame.now);
  const here = status !== null && attends(status.kind);
  return (
    <Button
      size="small"
      variant={inText ? 'link' : here ? 'quiet' : 'plain'}
      aria-label={t(here ? 'leaveName' : 'arriveName', { name })}
      className={inText ? `${styles.inText} ${here ? styles.leave : ''}` : ''}
      data-mark={here ? 'leave' : 'arrive'}
      onClick={() =>
        actions.change({ do: here ? 'leave' : 'arrive', personId }, t(here ? 'said.left' : 'said.arrived', { name }))
      }
    >
      {t(here ? 'leave' : 'arrive')}
    </Button>
  );
}
