/**
 * Why this file exists: one meeting. The agenda at the left, the item that is asked about in the middle, the people at the
 * right; on narrow pages the sides come as sheets. Everything here looks at two rooms and one answer of the server.
 */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { useMeeting, useSession } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { type RoomClient, useRoomState } from '../collab/index.ts';
import { paths } from '../navigation.ts';
import { NotFound } from '../ui/not-found.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAgendaRoom } from './use-meeting-room.ts';
import { MeetingWorkspace } from './workspace.tsx';

export interface MeetingPageProps {
  meetingId: Id;
  /** The open item; `null` opens the current one, else the first. */
  itemId: Id | null;
  /** Shows the versions of the item's text, or of the agenda, in the middle. */
  versionsOf: 'item' | 'agenda' | null;
}

export function MeetingPage({ meetingId, itemId, versionsOf }: MeetingPageProps) {
  const { t } = useTranslation('meeting');
  const meeting = useMeeting(meetingId);
  const session = useSession();
  const room = useAgendaRoom(meetingId);

  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (!meeting.data || !session.data || !room)
    return (
      <Screen title="">
        {meeting.error ? (
          <Problem error={meeting.error} onRetry={() => void meeting.refetch()} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  // A screen belongs on the wall, whatever address it was given.
  if (meeting.data.myRoles.includes('screen')) return <Redirect to={paths.projector(meetingId)} replace />;
  return (
    <Opened meeting={meeting.data} itemId={itemId} versionsOf={versionsOf} room={room} ownId={session.data.person.id} />
  );
}

function Opened({
  meeting,
  itemId,
  versionsOf,
  room,
  ownId,
}: {
  meeting: Meeting;
  itemId: Id | null;
  versionsOf: MeetingPageProps['versionsOf'];
  room: RoomClient;
  ownId: Id;
}) {
  const [, navigate] = useLocation();
  const state = useRoomState(room);
  const open = useCallback((id: Id) => navigate(paths.item(meeting.id, id)), [navigate, meeting.id]);
  const officer = isOfficer(meeting.myRoles);
  // What may be changed here is what the room says, not what this page thinks.
  const canWrite = state?.everSynced === true && state.access === 'write' && state.closedCode === null;
  return (
    <MeetingWorkspace
      key={room.doc.guid}
      meeting={meeting}
      itemId={itemId}
      versionsOf={versionsOf}
      room={room}
      ownId={ownId}
      officer={officer}
      canWrite={canWrite}
      onOpen={open}
    />
  );
}
