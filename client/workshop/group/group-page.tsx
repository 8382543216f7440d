/** Why this file exists: a group at work: its questions, its clock, who is at the table, and what the facilitator says. */
import { FileText, Hand as HandIcon, PencilLine, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type * as Y from 'yjs';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { api } from '../../api/api.ts';
import { usePresence, useRoom, useRoomState } from '../../collab/index.ts';
import { MeetingBar } from '../../meeting/meeting-bar.tsx';
import { SavingTrouble } from '../../meeting/saving-trouble.tsx';
import { Sheet } from '../../meeting/sheet.tsx';
import { useMedia } from '../../meeting/use-width.ts';
import { paths } from '../../navigation.ts';
import { useOwnPresence } from '../../presence/use-own-presence.ts';
import { colourClass } from '../../ui/avatar.tsx';
import { BottomBar } from '../../ui/bottom-bar.tsx';
import { Skeleton } from '../../ui/problem.tsx';
import { SkipLink, useArrival, useTitle } from '../../ui/screen.tsx';
import { RailClock, ShortClock, TimeAnnouncer, useGroupTime } from './clock-view.tsx';
import styles from './group.module.css';
import { HandControl, useHand } from './hand.tsx';
import { Messages } from './messages.tsx';
import { NextStep } from './next-step.tsx';
import { atTheTable } from './people.ts';
import { PromptSection } from './prompt-section.tsx';
import { TableView } from './table-view.tsx';
import { TraceMark } from './trace-mark.tsx';
import { useTrace } from './use-trace.ts';

export interface GroupPageProps {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  group: Group;
  member: boolean;
  ownId: Id;
  itemTitle: string;
  /** A sentence for who has just been brought here; '' for others. */
  arrival: string;
}

export function GroupPage({ meeting, workshop, round, group, member, ownId, itemTitle, arrival }: GroupPageProps) {
  const { t } = useTranslation('group');
  const room = useRoom(roomName({ kind: 'group', meetingId: meeting.id, groupId: group.id }));
  const state = useRoomState(room);
  const present = usePresence(room);
  const officer = isOfficer(meeting.myRoles);
  const time = useGroupTime(round, group);
  const phone = useMedia('(max-width: 720px)');
  const narrow = useMedia('(max-width: 899px)');
  const heading = useArrival<HTMLHeadingElement>();
  const [sheet, setSheet] = useState(false);
  /** The question with the editor; the first until one has chosen, and on phones none. */
  const [chosen, setChosen] = useState<{ id: Id | null; focus: boolean } | null>(null);
  const [at, setAt] = useState<Id | null>(null);
  const openId = chosen ? chosen.id : phone ? null : (workshop.prompts[0]?.id ?? null);
  const own = useOwnPresence(room, at ?? openId);
  const hand = useHand(workshop, group.id);
  useTitle(t('title', { group: group.name, meeting: meeting.title }));

  const promptIds = useMemo(() => workshop.prompts.map(({ id }) => id), [workshop.prompts]);
  const table = atTheTable(group.members, meeting.participants, present, ownId, promptIds);
  const mentions = useMemo(
    () => meeting.participants.map(({ personId, name, colour }) => ({ id: personId, name, colour })),
    [meeting.participants],
  );
  // What may be written is what the room says, not what this page thinks.
  const canWrite =
    state?.everSynced === true &&
    state.closedCode === null &&
    (state.access === 'write' || state.accessReason === 'storage');
  const number = round.groups.findIndex(({ id }) => id === group.id) + 1;
  const square = (
    <span className={`${styles.square} ${colourClass(group.colour)}`}>
      <span className="sr">{t('number', { number })}</span>
      <span aria-hidden="true">{number}</span>
    </span>
  );
  const closed = group.state === 'closed';
  const trace = useTrace(meeting, workshop, group, ownId, room?.doc ?? null);
  const behind = useMemo(
    () =>
      trace === null
        ? undefined
        : (element: Y.XmlElement) => {
            const fate = trace(element);
            return fate && <TraceMark fate={fate} workshop={workshop} />;
          },
    [trace, workshop],
  );
  const about = (
    <>
      <RailClock time={time} timeZone={meeting.timeZone} />
      {member && !closed && group.state !== 'planned' && (
        <HandControl workshop={workshop} groupId={group.id} meeting={meeting} />
      )}
      <TableView people={table} />
    </>
  );

  return (
    <div className={`${styles.page} ${colourClass(group.colour)}`}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer={officer} floor={closed || group.state === 'planned'} />
      <SavingTrouble />
      {narrow && (
        <section className={styles.short} aria-label={t('time.short')}>
          {square}
          <span className={styles.shortName}>{group.name}</span>
          <ShortClock time={time} />
        </section>
      )}
      <TimeAnnouncer kind={time.kind} />
      <Messages workshop={workshop} groupId={group.id} meeting={meeting} />
      {arrival !== '' && (
        <p className={styles.arrival} role="status">
          {arrival}
        </p>
      )}
      {!member && <p className={styles.arrival}>{officer ? t('visiting') : t('reading', { group: group.name })}</p>}
      <div className={styles.columns}>
        <main id="content" className={styles.main}>
          <div className={styles.head}>
            {square}
            <div>
              <h1 ref={heading} tabIndex={-1}>
                {group.name}
              </h1>
              <p>
                {t('about', { item: itemTitle, count: workshop.prompts.length })}{' '}
                <Link href={paths.item(meeting.id, workshop.itemId)}>{t('toItem')}</Link>
              </p>
              {(group.topic || group.place) && <p>{[group.topic, group.place].filter(Boolean).join(' · ')}</p>}
            </div>
          </div>
          {closed && <NextStep workshop={workshop} officer={officer} />}
          {room && state?.known ? (
            workshop.prompts.map((prompt, index) => (
              <PromptSection
                key={`${room.doc.guid}:${prompt.id}`}
                prompt={prompt}
                number={index + 1}
                room={room}
                ownId={ownId}
                open={openId === prompt.id}
                focus={chosen?.focus ?? false}
                canWrite={canWrite}
                over={closed && member}
                lines={phone}
                writers={present.filter((one) => one.typing && !one.self && one.itemId === prompt.id).length}
                participants={mentions}
                behind={behind}
                loadAuthorship={() => api.workshop.groupAuthorship(meeting.id, group.id)}
                onOpen={() => {
                  setAt(prompt.id);
                  setChosen({ id: prompt.id, focus: true });
                }}
                onClose={() => setChosen({ id: null, focus: false })}
                onAt={() => setAt(prompt.id)}
                onTyping={own.setTyping}
              />
            ))
          ) : (
            <Skeleton label={t('loading')} lines={8} />
          )}
        </main>
        {!narrow && (
          <aside className={styles.rail} aria-label={t('time.heading')}>
            {about}
          </aside>
        )}
      </div>
      {narrow && (
        <BottomBar label={t('parts')}>
          <a href="#content" aria-current="true">
            <PencilLine size={22} strokeWidth={1.75} aria-hidden />
            {t('write')}
          </a>
          <Link href={paths.item(meeting.id, workshop.itemId)}>
            <FileText size={22} strokeWidth={1.75} aria-hidden />
            {t('item')}
          </Link>
          {member && !closed && group.state !== 'planned' && (
            <button
              type="button"
              aria-pressed={hand.hand !== null}
              disabled={hand.pending}
              onClick={() => hand.set(hand.hand === null)}
            >
              <HandIcon size={22} strokeWidth={1.75} aria-hidden />
              {t(hand.hand ? 'hand.raised' : 'hand.raiseShort')}
            </button>
          )}
          <button type="button" aria-expanded={sheet} onClick={() => setSheet(true)}>
            <Users size={22} strokeWidth={1.75} aria-hidden />
            {t('people.heading', { count: group.members.length })}
          </button>
        </BottomBar>
      )}
      {narrow && sheet && (
        <Sheet label={t('time.heading')} onClose={() => setSheet(false)}>
          <div className={styles.sheet}>{about}</div>
        </Sheet>
      )}
    </div>
  );
}
