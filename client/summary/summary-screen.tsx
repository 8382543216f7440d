/**
 * Why this file exists: the page of a shared summary: written while it is open, read when it is final, with what it was
 * made from and what people say of it beside it.
 */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { useMeeting } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { useRoom } from '../collab/index.ts';
import { NotFound } from '../ui/not-found.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import { useWorkshop } from '../workshop/use-workshop.ts';
import { FinalView } from './final-view.tsx';
import { Frame } from './frame.tsx';
import { useSummary } from './use-summary.ts';
import { Writing } from './writing.tsx';

export function SummaryScreen({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('summary');
  const meeting = useMeeting(meetingId);
  const workshop = useWorkshop(meetingId, itemId);
  const summary = useSummary(meetingId, itemId);
  // Held also when the text is final: what came too late is given back to its author by the room itself.
  useRoom(summary.data?.mayRead ? roomName({ kind: 'summary', meetingId, itemId }) : null);

  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (meeting.data && workshop.data === null)
    return (
      <Frame meeting={meeting.data} itemId={itemId} workshop={null} about={[]}>
        <p>{t('none')}</p>
      </Frame>
    );
  if (!meeting.data || !workshop.data || !summary.data) {
    const error = meeting.error ?? workshop.error ?? (workshop.data ? summary.error : null);
    return (
      <Screen title={t('title')}>
        {error ? (
          <Problem
            error={error}
            onRetry={() => void Promise.all([meeting.refetch(), workshop.refetch(), summary.refetch()])}
          />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  }
  const common = { meeting: meeting.data, workshop: workshop.data, summary: summary.data };
  if (workshop.data.summary.status === 'final' && summary.data.revisions.length > 0) return <FinalView {...common} />;
  return <Writing {...common} />;
}
