/**
 * Why this file exists: in the meeting's own list of people those who keep the record press once when somebody comes or goes,
 * and everybody says it of themselves. The whole record is one link away.
 */
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Meeting, Participant } from '#shared/api.ts';
import { attends } from '#shared/attendance/attendance.ts';
import { statusAt } from '#shared/attendance/presence.ts';
import type { Id } from '#shared/ids.ts';
import { may } from '../meeting/may.ts';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import { MarkButton } from './mark-button.tsx';
import styles from './panel.module.css';
import { useAttendance, useAttendanceActions, useFrame } from './use-attendance.ts';

export interface PanelAttendance {
  /** What one says of oneself, and the way to the record. */
  head: ReactNode;
  /** Beside a name; `null` when there is nothing to press. */
  mark(person: Participant): ReactNode;
}

/** Presence as the list of people shows it; asks nothing of the server while it has not begun. */
export function usePanelAttendance(meeting: Meeting, agenda: Agenda, ownId: Id): PanelAttendance {
  const { t } = useTranslation('attendance');
  const canKeep = may(meeting, 'keep-presence');
  const maySay = may(meeting, 'say-here');
  const { data } = useAttendance(meeting.id);
  const frame = useFrame(meeting, agenda, data);
  const actions = useAttendanceActions(meeting.id);
  const ongoing = meeting.phase === 'ongoing';
  return useMemo(() => {
    const own = data ? statusAt(frame, data.entries, ownId, frame.now) : null;
    const here = own !== null && attends(own.kind);
    return {
      head: (
        <p className={styles.head}>
          {data && maySay && !canKeep && (
            <Button size="small" onClick={() => actions.say(!here, t(here ? 'said.gone' : 'said.here'))}>
              {t(here ? 'iGo' : 'iAmHere')}
            </Button>
          )}
          <Link href={paths.attendance(meeting.id)}>{t('show')}</Link>
        </p>
      ),
      mark: (person) =>
        data && canKeep && ongoing ? (
          <MarkButton frame={frame} entries={data.entries} person={person} actions={actions} inText />
        ) : null,
    };
  }, [data, frame, ownId, actions, maySay, canKeep, ongoing, meeting.id, t]);
}
