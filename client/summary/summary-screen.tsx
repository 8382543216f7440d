/**
 * Why this file exists: the page of a shared summary: written while it is open, read when it is final, with what it was
 * made from and what people say of it beside it.
 */
import { useTranslation } from 'react-i18next';
import { readItem } from '#shared/agenda.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { useMeeting } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { useRoom, useRoomState, useSaving } from '../collab/index.ts';
import { SavingTrouble } from '../meeting/saving-trouble.tsx';
import { paths } from '../navigation.ts';
import { LinkButton } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { SavedMark } from '../ui/saved-mark.tsx';
import { Screen } from '../ui/screen.tsx';
import { useWorkshop } from '../workshop/use-workshop.ts';
import { FinalView } from './final-view.tsx';
import styles from './summary.module.css';
import { useSummary } from './use-summary.ts';
import { Writing } from './writing.tsx';

export function SummaryScreen({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('summary');
  const meeting = useMeeting(meetingId);
  const workshop = useWorkshop(meetingId, itemId);
  const summary = useSummary(meetingId, itemId);
  const agenda = useRoom(roomName({ kind: 'agenda', meetingId }));
  useRoomState(agenda);
  // Held also when the text is final: what came too late is given back to its author by the room itself.
  useRoom(summary.data?.mayRead ? roomName({ kind: 'summary', meetingId, itemId }) : null);
  const saving = useSaving();
  const item = agenda ? readItem(agenda.doc, itemId) : null;
  const title = item?.title ? t('titleOf', { item: item.title }) : t('title');

  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  const error = meeting.error ?? workshop.error ?? (workshop.data ? summary.error : null);
  const end = (
    <>
      <SavedMark status={saving.status} at={saving.lastSavedAt} />
      <LinkButton variant="quiet" href={paths.item(meetingId, itemId)}>
        {t('toItem')}
      </LinkButton>
    </>
  );
  const inside = () => {
    if (workshop.data === null) return <p>{t('none')}</p>;
    if (!meeting.data || !workshop.data || !summary.data)
      return error ? (
        <Problem
          error={error}
          onRetry={() => void Promise.all([meeting.refetch(), workshop.refetch(), summary.refetch()])}
        />
      ) : (
        <Skeleton label={t('loading')} lines={9} />
      );
    const common = { meeting: meeting.data, workshop: workshop.data, summary: summary.data, title };
    if (workshop.data.summary.status === 'final' && summary.data.revisions.length > 0) return <FinalView {...common} />;
    return <Writing {...common} />;
  };
  return (
    <Screen title={title} end={end}>
      <div className={styles.trouble}>
        <SavingTrouble />
      </div>
      {inside()}
    </Screen>
  );
}
