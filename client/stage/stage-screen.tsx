/**
 * Why this file exists: the page from which a workshop is led: its clock at the top, who waits at the left, and the wall
 * with what every group writes. Any of those who run the meeting may have it open at the same time, and take over.
 */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound, type Round } from '#shared/workshop/workshop.ts';
import { useMeeting } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { may } from '../meeting/may.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { SavingTrouble } from '../meeting/saving-trouble.tsx';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { paths } from '../navigation.ts';
import { useOwnPresence } from '../presence/use-own-presence.ts';
import { LinkButton } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen, SkipLink, useTitle } from '../ui/screen.tsx';
import { useWorkshopItem } from '../workshop/use-item.ts';
import { useWorkshop } from '../workshop/use-workshop.ts';
import { ClockStrip } from './clock-strip.tsx';
import { Openness } from './openness.tsx';
import { Say } from './say.tsx';
import styles from './stage.module.css';
import { Waiting } from './waiting.tsx';
import { Wall } from './wall.tsx';

export function StageScreen({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('stage');
  const meeting = useMeeting(meetingId);
  const workshop = useWorkshop(meetingId, itemId);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  const error = meeting.error ?? workshop.error;
  if (!meeting.data || workshop.data === undefined)
    return (
      <Screen title="">
        {error ? (
          <Problem error={error} onRetry={() => void Promise.all([meeting.refetch(), workshop.refetch()])} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  if (workshop.data === null || !may(meeting.data, 'run-workshop'))
    return (
      <Screen title={t('title', { item: '' })} width="reading">
        <h1>{t('notHere')}</h1>
        <Notice>{workshop.data === null ? t('noWorkshop') : t('notYours')}</Notice>
        <LinkButton href={paths.item(meetingId, itemId)}>{t('toItem')}</LinkButton>
      </Screen>
    );
  return <Leading meeting={meeting.data} workshop={workshop.data} />;
}

function Leading({ meeting, workshop }: { meeting: Meeting; workshop: WorkshopView }) {
  const { t } = useTranslation('stage');
  const { node, title } = useWorkshopItem(meeting, workshop.itemId);
  const agenda = useAgendaRoom(meeting.id);
  useOwnPresence(agenda, workshop.itemId);
  useTitle(t('title', { item: title }));
  const round = currentRound(workshop) as Round;
  return (
    <div className={styles.page}>
      <SkipLink />
      <div>
        <MeetingBar meeting={meeting} officer />
        <SavingTrouble />
      </div>
      <main id="content" className={styles.main}>
        <ClockStrip
          key={round.id}
          meeting={meeting}
          workshop={workshop}
          round={round}
          title={title}
          number={node?.number ?? ''}
        />
        <div className={styles.columns}>
          <aside className={styles.side} aria-label={t('side')}>
            <Waiting meeting={meeting} workshop={workshop} round={round} />
            <Openness workshop={workshop} />
          </aside>
          <div className={styles.stage}>
            <Wall key={round.id} meeting={meeting} workshop={workshop} round={round} />
            <Say meeting={meeting} workshop={workshop} round={round} />
          </div>
        </div>
      </main>
    </div>
  );
}
