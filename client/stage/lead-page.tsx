/**
 * Why this file exists: the page of who leads a workshop. Time above, who waits at the left, the wall for the rest, one line
 * to everybody below. Nothing of it lives on this device: another officer who opens it sees and leads the same.
 */
import { Clock, Maximize2, MessageSquare, MoveRight } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound, type Round } from '#shared/workshop/workshop.ts';
import { useMeeting } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { usePresence } from '../collab/index.ts';
import { useRooms } from '../harvest/use-rooms.ts';
import { may } from '../meeting/may.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { paths } from '../navigation.ts';
import { useQuietPresence } from '../presence/use-quiet-presence.ts';
import { useShortcuts } from '../ui/keyboard.ts';
import type { MenuAction } from '../ui/menu.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen, SkipLink, useTitle } from '../ui/screen.tsx';
import { useWorkshopItem } from '../workshop/use-item.ts';
import { useWorkshop } from '../workshop/use-workshop.ts';
import { ClockStrip } from './clock-strip.tsx';
import styles from './lead.module.css';
import { MoveDialog } from './move-dialog.tsx';
import { Need } from './need.tsx';
import { SayBar } from './say-bar.tsx';
import { AnswersBlock, GroupsBlock } from './side.tsx';
import { useLead } from './use-lead.ts';
import { useEarlierKeys, usePulses } from './wall/use-pulses.ts';
import { Wall } from './wall/wall.tsx';
import { type WallGroup, wallGroups } from './wall-group.ts';

export function LeadPage({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('stage');
  const meeting = useMeeting(meetingId);
  const workshop = useWorkshop(meetingId, itemId);
  const error = meeting.error ?? workshop.error;
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
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
  const leads = may(meeting.data, 'run-workshop');
  if (!leads || workshop.data === null)
    return (
      <Screen title="">
        <h1>{leads ? t('none') : t('notYours')}</h1>
        <p>
          <Link href={leads ? paths.groups(meetingId, itemId) : paths.item(meetingId, itemId)}>
            {leads ? t('noneAction') : t('back')}
          </Link>
        </p>
      </Screen>
    );
  return <Leading meeting={meeting.data} workshop={workshop.data} />;
}

function Leading({ meeting, workshop }: { meeting: Meeting; workshop: WorkshopView }) {
  const { t } = useTranslation('stage');
  const [, navigate] = useLocation();
  const { meetingId, itemId } = workshop;
  const { node, title } = useWorkshopItem(meeting, itemId);
  useTitle(t('title', { item: title }));
  const agenda = useAgendaRoom(meetingId);
  const present = usePresence(agenda);
  const here = useMemo(() => new Set(present.map(({ user }) => user.id)), [present]);

  const round = currentRound(workshop) as Round;
  const groups = useMemo(
    () => wallGroups(workshop, round, meeting.participants),
    [workshop, round, meeting.participants],
  );
  const groupIds = useMemo(() => round.groups.map(({ id }) => id), [round]);
  const joined = groupIds.join(' ');
  const names = useMemo(
    () => joined.split(' ').map((groupId) => roomName({ kind: 'group', meetingId, groupId })),
    [joined, meetingId],
  );
  const rooms = useRooms(names);
  useQuietPresence(rooms);
  const promptIds = useMemo(() => workshop.prompts.map(({ id }) => id), [workshop.prompts]);
  const pulses = usePulses(rooms, promptIds);
  useEarlierKeys(meetingId, itemId, groupIds, pulses);

  const lead = useLead(workshop);
  const [moving, move] = useState<{ from: Id | null } | null>(null);
  const [to, setTo] = useState<Id | ''>('');
  const field = useRef<HTMLInputElement>(null);
  const say = useCallback((groupId: Id | '') => {
    setTo(groupId);
    field.current?.focus();
  }, []);
  useShortcuts(useMemo(() => [{ key: 'm', label: t('keys.say'), run: () => say('') }], [t, say]));
  const go = (groupId: Id) => navigate(paths.group(meetingId, itemId, groupId));

  const actionsOf = ({ group }: WallGroup): (MenuAction | null)[] => [
    {
      id: 'go',
      label: t('need.goLabel', { group: group.name }),
      icon: <Maximize2 size={16} strokeWidth={1.75} aria-hidden />,
      onAction: () => go(group.id),
    },
    {
      id: 'say',
      label: t('wall.message', { group: group.name }),
      icon: <MessageSquare size={16} strokeWidth={1.75} aria-hidden />,
      // The menu gives focus back to its button first.
      onAction: () => requestAnimationFrame(() => say(group.id)),
    },
    {
      id: 'move',
      label: t('wall.moveFrom', { group: group.name }),
      icon: <MoveRight size={16} strokeWidth={1.75} aria-hidden />,
      disabled: group.members.length === 0,
      onAction: () => move({ from: group.id }),
    },
    null,
    ...[1, 5].map((minutes) => ({
      id: `more-${minutes}`,
      label: t('wall.moreFor', { count: minutes, group: group.name }),
      icon: <Clock size={16} strokeWidth={1.75} aria-hidden />,
      disabled: round.startedAt === null,
      onAction: () => lead.clock({ do: 'extend', minutes, groupId: group.id }),
    })),
  ];

  return (
    <div className={styles.page}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer />
      <ClockStrip workshop={workshop} round={round} lead={lead} number={node?.number ?? ''} title={title} />
      <main className={styles.lead} id="content">
        <div className={styles.side}>
          <Need meeting={meeting} round={round} groups={groups} pulses={pulses} here={here} lead={lead} onGo={go} />
          <AnswersBlock workshop={workshop} pulses={pulses} />
          <GroupsBlock workshop={workshop} round={round} lead={lead} onMove={() => move({ from: null })} />
        </div>
        <div className={styles.stage}>
          <Wall
            workshop={workshop}
            groups={groups}
            rooms={rooms}
            pulses={pulses}
            onGo={go}
            onLower={lead.lower}
            actionsOf={actionsOf}
          />
          <SayBar workshop={workshop} groups={groups} lead={lead} to={to} onTo={setTo} field={field} />
        </div>
      </main>
      {moving && (
        <MoveDialog meeting={meeting} round={round} from={moving.from} lead={lead} onClose={() => move(null)} />
      )}
    </div>
  );
}
