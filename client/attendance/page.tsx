/**
 * Why this file exists: who was there, kept while it happens and put right afterwards: the strip, what does not hold together,
 * and the list as it will stand in the minutes.
 */
import { ArrowLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceView } from '#shared/attendance/api.ts';
import type { EntryDraft } from '#shared/attendance/attendance.ts';
import { recordedIds } from '#shared/attendance/changes.ts';
import { sittingAt } from '#shared/attendance/frame.ts';
import { lineOf, saidOf } from '#shared/attendance/line.ts';
import { presentAt } from '#shared/attendance/presence.ts';
import type { RollOf } from '#shared/attendance/roll.ts';
import { attendanceWarnings } from '#shared/attendance/warnings.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { useMeeting } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { may } from '../meeting/may.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { paths } from '../navigation.ts';
import { FillButton } from '../notice/fill-button.tsx';
import { Button, ButtonRow } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen, SkipLink, useArrival, useTitle } from '../ui/screen.tsx';
import styles from './page.module.css';
import { PersonDialog } from './person-dialog.tsx';
import { RollPreview } from './roll-preview.tsx';
import { Strip } from './strip.tsx';
import { useAttendance, useAttendanceActions, useFrame } from './use-attendance.ts';
import { WarningsList } from './warnings-list.tsx';

export function AttendancePage({ meetingId }: { meetingId: Id }) {
  const { t } = useTranslation('attendance');
  const meeting = useMeeting(meetingId);
  const attendance = useAttendance(meetingId);
  const error = meeting.error ?? attendance.error;
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (meeting.data?.myRoles.includes('screen')) return <Redirect to={paths.projector(meetingId)} replace />;
  if (!meeting.data || !attendance.data)
    return (
      <Screen title="">
        {error ? (
          <Problem error={error} onRetry={() => void Promise.all([meeting.refetch(), attendance.refetch()])} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  return <Kept meeting={meeting.data} view={attendance.data} />;
}

function Kept({ meeting, view }: { meeting: Meeting; view: AttendanceView }) {
  const { t } = useTranslation('attendance');
  useTitle(`${t('title')} – ${meeting.title}`);
  const heading = useArrival<HTMLHeadingElement>();
  const room = useAgendaRoom(meeting.id);
  const agenda = useAgenda(room?.doc ?? null, meeting);
  const frame = useFrame(meeting, agenda, view);
  const actions = useAttendanceActions(meeting.id);
  const [correcting, setCorrecting] = useState<Id | null>(null);
  const { entries, decisions } = view;
  const canKeep = may(meeting, 'keep-presence');
  const roll = useMemo(
    (): RollOf => ({
      frame,
      entries,
      words: new Map(Object.entries(view.words)),
      participants: meeting.participants,
      organisations: meeting.organisations,
    }),
    [frame, entries, view.words, meeting.participants, meeting.organisations],
  );
  const warnings = useMemo(() => attendanceWarnings({ ...roll, decisions }), [roll, decisions]);
  const everybody = meeting.participants.map(({ personId }) => personId);
  const here = presentAt(frame, entries, everybody, { at: frame.now, itemId: null }).length;
  const sitting = sittingAt(frame, frame.now).id;
  const unsaid = everybody.filter(
    (id) => !lineOf(frame, saidOf(entries, id)).some((piece) => piece.sittingId === sitting),
  );
  const begun = entries.some(({ id }) => id !== '');

  const rewrite = (personId: Id, drafts: EntryDraft[], done?: () => void) => {
    const name = meeting.participants.find((one) => one.personId === personId)?.name ?? '';
    const people = [{ personId, was: recordedIds(entries, personId), entries: drafts }];
    actions.change({ do: 'rewrite', people }, t('said.corrected', { name }), done);
  };
  return (
    <div className={styles.page}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer={isOfficer(meeting.myRoles)} />
      <main id="content" className={styles.main}>
        <header className={styles.head}>
          <div>
            <Link className={styles.back} href={paths.meeting(meeting.id)}>
              <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
              {t('back')}
            </Link>
            <h1 ref={heading} tabIndex={-1}>
              {t('title')}
            </h1>
            <p className="muted" role="status">
              {begun || !canKeep ? t('hereNow', { count: here }) : t('nobodyYet')}
            </p>
          </div>
          <ButtonRow>
            <FillButton meeting={meeting} view={view} actions={actions} />
            {canKeep && meeting.phase === 'ongoing' && unsaid.length > 0 && (
              <Button
                variant={begun ? 'plain' : 'primary'}
                title={t('allHereHint')}
                onClick={() =>
                  actions.change({ do: 'all-here', personIds: unsaid }, t('said.all', { count: unsaid.length }))
                }
              >
                {t('allHere')}
              </Button>
            )}
          </ButtonRow>
        </header>
        <Strip
          meeting={meeting}
          frame={frame}
          entries={entries}
          canKeep={canKeep}
          actions={actions}
          onCorrect={setCorrecting}
          onMove={({ personId }, drafts) => rewrite(personId, drafts)}
        />
        <div className={styles.below}>
          <RollPreview of={roll} />
          <WarningsList
            meeting={meeting}
            frame={frame}
            warnings={warnings}
            canKeep={canKeep}
            onCorrect={setCorrecting}
          />
        </div>
      </main>
      {correcting && (
        <PersonDialog
          key={correcting}
          meeting={meeting}
          frame={frame}
          entries={entries}
          words={view.words[correcting] ?? ''}
          personId={correcting}
          busy={actions.pending}
          onSave={(drafts) => rewrite(correcting, drafts, () => setCorrecting(null))}
          onClose={() => setCorrecting(null)}
        />
      )}
    </div>
  );
}
