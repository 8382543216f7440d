/**
 * Why this file exists: the wall of the room. It shows what those who run the meeting have chosen, follows them by itself,
 * and is worked by nobody: no bar, no buttons, letters that can be read from the back row.
 */
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { planOf } from '#shared/agenda-time.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Projector } from '#shared/projector/api.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { useMeeting } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { type RoomClient, useRoomState } from '../collab/index.ts';
import { useNow } from '../collab/use-now.ts';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { clock } from '../ui/dates.ts';
import { NotFound } from '../ui/not-found.tsx';
import { useTitle } from '../ui/screen.tsx';
import { useWorkshop } from '../workshop/use-workshop.ts';
import styles from './projector.module.css';
import { spacedCode } from './spaced-code.ts';
import { useProjector } from './use-projector.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { AgendaView } from './views/agenda.tsx';
import { BreakView } from './views/break.tsx';
import { FloorView } from './views/floor.tsx';
import type { ViewProps } from './views/frame.ts';
import { GroupsView } from './views/groups.tsx';
import { HarvestView } from './views/harvest.tsx';
import { ItemView } from './views/item.tsx';
import { VoteView } from './views/vote.tsx';
import { WallView } from './views/wall.tsx';
import { WelcomeView } from './views/welcome.tsx';
import { WordingView } from './views/wording.tsx';

export function ProjectorPage({ meetingId }: { meetingId: Id }) {
  const { t } = useTranslation('projector');
  useWakeLock();
  const meeting = useMeeting(meetingId);
  const shown = useProjector(meetingId);
  const room = useAgendaRoom(meetingId);
  const { refetch } = shown;
  const again = useCallback(() => void refetch(), [refetch]);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (!meeting.data || !shown.data || !room)
    return (
      <main className={styles.page} aria-busy="true">
        <p className={styles.centre}>{t(meeting.error || shown.error ? 'lost' : 'loading')}</p>
      </main>
    );
  return <Shown meeting={meeting.data} shown={shown.data} room={room} cut={shown.error !== null} onEnded={again} />;
}

interface ShownProps {
  meeting: Meeting;
  shown: Projector;
  room: RoomClient;
  cut: boolean;
  onEnded(): void;
}

function Shown({ meeting, shown, room, cut, onEnded }: ShownProps) {
  const { t } = useTranslation('projector');
  const agenda = useAgenda(room.doc, meeting);
  const plan = useMemo(() => planOf(agenda, meeting.sittings, meeting.timeZone), [agenda, meeting]);
  const state = useRoomState(room);
  // Its session is over: asking once leads to the page that says so, without waiting for the next time it is asked anyway.
  const ended = state !== null && state.closedCode !== null;
  useEffect(() => {
    if (ended) onEnded();
  }, [ended, onEnded]);
  useTitle(`${t('title')} – ${meeting.title}`);
  const itemId = shown.itemId ?? meeting.currentItemId;
  const lost = cut || (state?.known === true && !state.synced);
  const view: ViewProps = { meeting, agenda, plan, shown, itemId };
  return (
    <main className={styles.page} data-view={shown.view}>
      <p className={styles.top}>
        <b>
          {shown.view === 'welcome' ? (
            ''
          ) : shown.view === 'wording' ? (
            <ItemName agenda={agenda} itemId={itemId} />
          ) : (
            meeting.title
          )}
        </b>
        <Clock timeZone={meeting.timeZone} />
      </p>
      <div className={styles.view} key={shown.view}>
        <View {...view} />
      </div>
      <p className={styles.foot}>
        {shown.join && shown.view !== 'welcome' && shown.view !== 'wording' ? (
          <>
            <span>
              {t('writeAlong')} <b>{shown.join.url.replace(/^https?:\/\//, '').replace(/\/[^/]*$/, '')}</b>
            </span>
            <span className={styles.footCode}>
              <span className="sr">{t('code')} </span>
              {spacedCode(shown.join.code)}
            </span>
          </>
        ) : (
          <span />
        )}
      </p>
      <p className={lost ? styles.lost : 'sr'} role="status">
        {lost ? t('lost') : ''}
      </p>
    </main>
  );
}

/** Beside a clause that is being worded nothing is said but where it belongs. */
function ItemName({ agenda, itemId }: Pick<ViewProps, 'agenda' | 'itemId'>) {
  const node = itemId === null ? undefined : agenda.byId.get(itemId);
  return node ? [node.number, node.item.title].filter(Boolean).join(' ') : '';
}

function View(props: ViewProps) {
  switch (props.shown.view) {
    case 'welcome':
      return <WelcomeView {...props} />;
    case 'agenda':
      return <AgendaView {...props} />;
    case 'item':
      return <ItemView {...props} />;
    case 'floor':
      return <FloorView {...props} />;
    case 'break':
      return <BreakView {...props} />;
    case 'wording':
      return props.itemId === null ? <ItemView {...props} /> : <WordingView {...props} itemId={props.itemId} />;
    default:
      // The rest is about an item; without one there is none to show.
      return props.itemId === null ? <ItemView {...props} /> : <OfItem {...props} itemId={props.itemId} />;
  }
}

function OfItem(props: ViewProps & { itemId: Id }) {
  const { t } = useTranslation('projector');
  const workshop = useWorkshop(props.meeting.id, props.itemId);
  if (props.shown.view === 'vote' && workshop.data)
    return <VoteView meetingId={props.meeting.id} itemId={props.itemId} />;
  if (workshop.data === undefined) return null;
  if (workshop.data === null)
    return (
      <div className={styles.centre}>
        <h1 className={styles.title}>{t('groups.none')}</h1>
      </div>
    );
  const of = { ...props, workshop: workshop.data };
  if (props.shown.view === 'groups') return <GroupsView {...of} />;
  if (props.shown.view === 'wall') return <WallView {...of} />;
  return <HarvestView {...of} />;
}

function Clock({ timeZone }: { timeZone: string }) {
  const { i18n } = useTranslation('projector');
  return <span className="num">{clock(useNow(10_000), i18n.language, timeZone)}</span>;
}
