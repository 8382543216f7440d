/**
 * Why this file exists: the address of a group leads to where one is now. Whoever is moved is brought along at once, and
 * what the old group did not take of their words stays in sight to be copied.
 */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { useAgenda } from '../../agenda/use-agenda.ts';
import { useMeeting, useSession } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { type RoomClient, useRoom, useRoomState } from '../../collab/index.ts';
import { SavingTrouble } from '../../meeting/saving-trouble.tsx';
import { useAgendaRoom } from '../../meeting/use-meeting-room.ts';
import { paths } from '../../navigation.ts';
import { useOwnPresence } from '../../presence/use-own-presence.ts';
import { ButtonRow, LinkButton } from '../../ui/button.tsx';
import { NotFound } from '../../ui/not-found.tsx';
import pageStyles from '../../ui/page.module.css';
import { Problem, Skeleton } from '../../ui/problem.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useWorkshop } from '../use-workshop.ts';
import { GroupPage } from './group-page.tsx';
import { whereabouts } from './which-group.ts';

export interface GroupScreenProps {
  meetingId: Id;
  itemId: Id;
  groupId: Id;
}

export function GroupScreen({ meetingId, itemId, groupId }: GroupScreenProps) {
  const { t } = useTranslation('group');
  const meeting = useMeeting(meetingId);
  const session = useSession();
  const workshop = useWorkshop(meetingId, itemId);
  const agenda = useAgendaRoom(meetingId);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  const error = meeting.error ?? workshop.error;
  if (!meeting.data || !session.data || !agenda || workshop.data === undefined)
    return (
      <Screen title="">
        {error ? (
          <Problem error={error} onRetry={() => void Promise.all([meeting.refetch(), workshop.refetch()])} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  return (
    <Found
      meeting={meeting.data}
      workshop={workshop.data}
      agenda={agenda}
      itemId={itemId}
      groupId={groupId}
      ownId={session.data.person.id}
    />
  );
}

interface FoundProps {
  meeting: Meeting;
  workshop: NonNullable<ReturnType<typeof useWorkshop>['data']> | null;
  agenda: RoomClient;
  itemId: Id;
  groupId: Id;
  ownId: Id;
}

function Found({ meeting, workshop, agenda, itemId, groupId, ownId }: FoundProps) {
  const { t } = useTranslation('group');
  const [, navigate] = useLocation();
  const { byId } = useAgenda(agenda.doc, meeting);
  /** Groups one was in, or asked for in vain, whose rooms may still have something to say. */
  const [former, setFormer] = useState<readonly Id[]>([]);
  /** Where one was brought last. */
  const [broughtTo, setBroughtTo] = useState<Id | null>(null);
  const memberOf = useRef<Id | null>(null);
  useOwnPresence(agenda, itemId);

  const where = workshop
    ? whereabouts(workshop, groupId, ownId, isOfficer(meeting.myRoles), memberOf.current === groupId)
    : null;
  const target = where?.kind === 'moved' ? where.to.id : null;
  const member = where?.kind === 'here' && where.member;
  useEffect(() => {
    if (member) memberOf.current = groupId;
  }, [member, groupId]);
  const away = where?.kind !== 'here';
  useEffect(() => {
    setFormer((known) => {
      const others = known.filter((id) => id !== groupId);
      return away ? [...others, groupId] : others;
    });
  }, [away, groupId]);
  useEffect(() => {
    if (target === null) return;
    setBroughtTo(target);
    navigate(paths.group(meeting.id, itemId, target), { replace: true });
  }, [target, navigate, meeting.id, itemId]);

  const node = byId.get(itemId);
  const itemTitle = [node?.number, node?.item.title].filter(Boolean).join(' ');
  return (
    <>
      {former.map((id) => (
        <FormerRoom
          key={id}
          name={roomName({ kind: 'group', meetingId: meeting.id, groupId: id })}
          onDone={() => setFormer((known) => known.filter((one) => one !== id))}
        />
      ))}
      {workshop && where?.kind === 'here' ? (
        <GroupPage
          key={where.group.id}
          meeting={meeting}
          workshop={workshop}
          round={where.round}
          group={where.group}
          member={where.member}
          ownId={ownId}
          itemTitle={itemTitle}
          arrival={
            broughtTo !== where.group.id
              ? ''
              : where.group.place
                ? t('movedPlace', { group: where.group.name, place: where.group.place })
                : t('moved', { group: where.group.name })
          }
        />
      ) : where?.kind === 'moved' ? (
        <Screen title="">
          <Skeleton label={t('loading')} lines={9} />
        </Screen>
      ) : (
        <Nowhere meeting={meeting} itemId={itemId} own={where?.kind === 'nowhere' ? where.own : null} />
      )}
    </>
  );
}

/**
 * Keeps a room one was moved out of, for what it did not take: that is shown above the text until it is dismissed. Done
 * when the room has said its last word and nothing is left to show; held longer, a closed room would count as offline.
 */
function FormerRoom({ name, onDone }: { name: string; onDone(): void }) {
  const state = useRoomState(useRoom(name));
  const over = state !== null && (state.closedCode !== null || (state.synced && state.saving === 'saved'));
  const done = over && state.refused.length === 0;
  const tell = useRef(onDone);
  useEffect(() => {
    tell.current = onDone;
  });
  useEffect(() => {
    if (done) tell.current();
  }, [done]);
  return null;
}

/** Whoever was taken out and is in no group yet still finds what was not taken. */
function Nowhere({ meeting, itemId, own }: { meeting: Meeting; itemId: Id; own: { id: Id; name: string } | null }) {
  const { t } = useTranslation('group');
  return (
    <Screen title={t('none.title')} width="reading">
      <SavingTrouble />
      <div className={pageStyles.stack}>
        <h1 className={pageStyles.title}>{t('none.title')}</h1>
        <p className={pageStyles.lead}>{t('none.text')}</p>
        <ButtonRow>
          {own && (
            <LinkButton variant="primary" href={paths.group(meeting.id, itemId, own.id)}>
              {t('none.own', { group: own.name })}
            </LinkButton>
          )}
          <LinkButton variant={own ? 'plain' : 'primary'} href={paths.item(meeting.id, itemId)}>
            {t('toItem')}
          </LinkButton>
        </ButtonRow>
      </div>
    </Screen>
  );
}
