/** Why this file exists: the meeting's page put together: who follows whom, which side is open, and the keys that lead. */
import { FileText, ListOrdered, Users } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaNode } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { AgendaPanel } from '../agenda/agenda-panel.tsx';
import { useAgenda } from '../agenda/use-agenda.ts';
import { api } from '../api/api.ts';
import { useMeetingChange } from '../api/hooks.ts';
import { usePanelAttendance } from '../attendance/panel.tsx';
import { type RoomClient, usePresence, useRoomState } from '../collab/index.ts';
import { ImportedLine } from '../imports/imported-line.tsx';
import { ReplyStrip } from '../notice/reply-strip.tsx';
import { assemble } from '../presence/assembly.ts';
import { JoinLog } from '../presence/join-log.tsx';
import { PeoplePanel } from '../presence/people-panel.tsx';
import { useOwnPresence } from '../presence/use-own-presence.ts';
import { WhoIsHere } from '../presence/who-is-here.tsx';
import { BottomBar } from '../ui/bottom-bar.tsx';
import { Button } from '../ui/button.tsx';
import { useShortcuts } from '../ui/keyboard.ts';
import { Skeleton, useProblemText } from '../ui/problem.tsx';
import { SkipLink, useTitle } from '../ui/screen.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ItemView } from './item-view.tsx';
import { may } from './may.ts';
import { MeetingBar } from './meeting-bar.tsx';
import { SavingTrouble } from './saving-trouble.tsx';
import { Sheet } from './sheet.tsx';
import { SplitDialog } from './split-dialog.tsx';
import { useItemRoom } from './use-meeting-room.ts';
import { useMedia } from './use-width.ts';
import styles from './workspace.module.css';

const VersionsView = lazy(() => import('../versions/versions-view.tsx').then((m) => ({ default: m.VersionsView })));

export interface MeetingWorkspaceProps {
  meeting: Meeting;
  itemId: Id | null;
  versionsOf: 'item' | 'agenda' | null;
  room: RoomClient;
  ownId: Id;
  officer: boolean;
  canWrite: boolean;
  onOpen(id: Id): void;
}

/** What can be opened: sections are headings, everything else has a page of its own. */
function openable(rows: readonly AgendaNode[]): AgendaNode[] {
  return rows.filter((row) => row.item.kind !== 'section');
}

export function MeetingWorkspace(props: MeetingWorkspaceProps) {
  const { meeting, itemId, versionsOf, room, ownId, officer, canWrite, onOpen } = props;
  const { t } = useTranslation('meeting');
  const { t: presence } = useTranslation('presence');
  const text = useProblemText();
  const { toast } = useToasts();
  const agenda = useAgenda(room.doc, meeting);
  const state = useRoomState(room);
  const known = state?.known ?? false;
  const rows = useMemo(() => openable(agenda.rows), [agenda]);

  const fallback = rows.find((row) => row.item.id === meeting.currentItemId) ?? rows[0];
  const node = (itemId ? agenda.byId.get(itemId) : undefined) ?? (itemId ? undefined : fallback);
  const openId = node?.item.id ?? null;

  const people = usePresence(room);
  const delegations = useMemo(() => assemble(meeting, people), [meeting, people]);
  const presenceByItem = useMemo(() => {
    const byItem = new Map<Id, { id: Id; name: string; colour: number; typing: boolean }[]>();
    for (const person of people) {
      if (!person.itemId || person.hidden || person.self) continue;
      const entry = { id: person.user.id, name: person.user.name, colour: person.user.colour, typing: person.typing };
      byItem.set(person.itemId, [...(byItem.get(person.itemId) ?? []), entry]);
    }
    return byItem;
  }, [people]);
  const attendance = usePanelAttendance(meeting, agenda, ownId);
  const own = useOwnPresence(room, openId);
  const itemRoom = useItemRoom(meeting.id, openId, room, node !== undefined);

  const [side, setSide] = useState<'agenda' | 'people' | null>(null);
  const [asking, setAsking] = useState(false);
  const [splitting, setSplitting] = useState<Id | null>(null);
  const [following, setFollowing] = useState<Id | null>(null);
  const roomy = useMedia('(min-width: 900px)');
  const wide = useMedia('(min-width: 1200px)');
  const heading = useRef<HTMLHeadingElement>(null);
  const titleField = useRef<HTMLTextAreaElement>(null);

  const itemName = useMemo(() => {
    return (id: Id) => {
      const found = agenda.byId.get(id);
      if (!found) return null;
      const title = found.item.title || t('untitled');
      return found.number ? `${found.number} ${title}` : title;
    };
  }, [agenda, t]);
  /** As it is said in passing: "punkt 5". */
  const shortName = useMemo(() => {
    return (id: Id) => {
      const found = agenda.byId.get(id);
      return found?.number ? t('inItem', { number: found.number }) : itemName(id);
    };
  }, [agenda, itemName, t]);
  useTitle(openId ? `${itemName(openId) ?? ''} – ${meeting.title}` : meeting.title);

  /** One goes oneself: whoever was followed is let go. */
  const goTo = (id: Id) => {
    setFollowing(null);
    setSide(null);
    // A section is a heading: going there is going to what it holds.
    const at = agenda.rows.findIndex((row) => row.item.id === id);
    const target = agenda.rows.slice(Math.max(0, at)).find((row) => row.item.kind !== 'section');
    onOpen(target?.item.id ?? id);
  };
  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.item.id === openId);
    const next = rows[at + by];
    if (next) goTo(next.item.id);
  };

  const followed = following ? people.find((person) => person.user.id === following) : undefined;
  const target = followed?.itemId ?? '';
  useEffect(() => {
    if (target && target !== openId && agenda.byId.has(target)) onOpen(target);
  }, [target, openId, agenda, onOpen]);

  const setCurrent = useMeetingChange((id: Id | null) => api.setCurrentItem(meeting.id, id));
  const canSetCurrent = may(meeting, 'set-current-item');
  const makeCurrent = (id: Id | null) => setCurrent.mutate(id, { onError: (error) => toast({ message: text(error) }) });

  useShortcuts([
    { key: 'n', label: t('keys.next'), run: () => step(1) },
    // Beside an open agenda these are the panel's own.
    ...(roomy ? [] : [{ key: 'e', label: t('keys.edit'), run: () => titleField.current?.focus() }]),
    {
      key: 'Enter',
      label: t('keys.open'),
      run: () => document.querySelector<HTMLElement>('[data-notes] [contenteditable="true"]')?.focus(),
    },
    { key: 'h', label: t('keys.who'), run: () => setAsking(true) },
  ]);

  const agendaPanel = (
    <AgendaPanel
      doc={room.doc}
      meeting={meeting}
      canWrite={canWrite}
      canSetCurrent={canSetCurrent}
      openItemId={openId}
      onOpen={goTo}
      presenceByItem={presenceByItem}
      onAction={(action) => {
        if (action.do === 'set-current') makeCurrent(action.itemId);
        else {
          setSide(null);
          setSplitting(action.itemId);
        }
      }}
    />
  );
  const peoplePanel = (
    <PeoplePanel
      below={attendance.head}
      mark={attendance.mark}
      delegations={delegations}
      itemName={shortName}
      ownId={ownId}
      following={following}
      onFollow={setFollowing}
      onWhoIsHere={() => {
        setSide(null);
        setAsking(true);
      }}
    />
  );

  return (
    <div className={styles.page}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer={officer} />
      <SavingTrouble />
      <ImportedLine meeting={meeting} />
      <ReplyStrip meeting={meeting} />
      <div className={styles.columns}>
        {roomy && (
          <nav className={`${styles.side} ${styles.agenda}`} aria-label={t('agenda')}>
            {agendaPanel}
          </nav>
        )}
        <main id="content" className={styles.main}>
          {followed && (
            <p className={styles.follow} role="status">
              <span>{presence('followBar', { name: followed.user.name })}</span>
              <Button size="small" onClick={() => setFollowing(null)}>
                {presence('unfollow')}
              </Button>
            </p>
          )}
          {versionsOf && (versionsOf === 'agenda' || node) ? (
            <Suspense fallback={<Skeleton label={t('versions.loading')} />}>
              <VersionsView
                key={versionsOf === 'agenda' ? '' : node?.item.id}
                meeting={meeting}
                agenda={agenda}
                itemId={versionsOf === 'agenda' ? null : (node?.item.id ?? null)}
                name={versionsOf === 'agenda' || !node ? t('agenda') : (itemName(node.item.id) ?? '')}
                room={versionsOf === 'agenda' ? room : itemRoom}
              />
            </Suspense>
          ) : node ? (
            <ItemView
              key={node.item.id}
              meeting={meeting}
              agenda={agenda}
              node={node}
              rows={rows}
              room={room}
              ownId={ownId}
              itemRoom={itemRoom}
              people={people}
              officer={officer}
              canWrite={canWrite}
              canSetCurrent={canSetCurrent}
              headingRef={heading}
              titleRef={titleField}
              onOpen={goTo}
              onSetCurrent={makeCurrent}
              onTyping={own.setTyping}
              onSplit={() => setSplitting(node.item.id)}
            />
          ) : (
            <Empty known={known} missing={itemId !== null} canWrite={canWrite} />
          )}
        </main>
        {wide && (
          <aside className={`${styles.side} ${styles.people}`} aria-label={presence('here')}>
            {peoplePanel}
          </aside>
        )}
      </div>
      {!wide && (
        <BottomBar label={t('parts')} cornered>
          {!roomy && (
            <button type="button" aria-expanded={side === 'agenda'} onClick={() => setSide('agenda')}>
              <ListOrdered size={22} strokeWidth={1.75} aria-hidden />
              {t('agenda')}
            </button>
          )}
          {!roomy && (
            <button type="button" aria-current="true" onClick={() => heading.current?.focus()}>
              <FileText size={22} strokeWidth={1.75} aria-hidden />
              {node?.number ? t('itemNumber', { number: node.number }) : t('item')}
            </button>
          )}
          <button type="button" aria-expanded={side === 'people'} onClick={() => setSide('people')}>
            <Users size={22} strokeWidth={1.75} aria-hidden />
            {t('hereCount', { count: people.length })}
          </button>
        </BottomBar>
      )}
      {side === 'agenda' && !roomy && (
        <Sheet label={t('agenda')} onClose={() => setSide(null)}>
          {agendaPanel}
        </Sheet>
      )}
      {side === 'people' && !wide && (
        <Sheet label={presence('here')} onClose={() => setSide(null)}>
          {peoplePanel}
        </Sheet>
      )}
      {asking && <WhoIsHere delegations={delegations} itemName={itemName} onClose={() => setAsking(false)} />}
      {splitting && (
        <SplitDialog
          meetingId={meeting.id}
          itemId={splitting}
          title={itemName(splitting) ?? ''}
          onClose={() => setSplitting(null)}
          onDone={(id) => {
            setSplitting(null);
            goTo(id);
          }}
        />
      )}
      <JoinLog present={people} />
    </div>
  );
}

function Empty({ known, missing, canWrite }: { known: boolean; missing: boolean; canWrite: boolean }) {
  const { t } = useTranslation('meeting');
  if (!known)
    return (
      <div className={styles.empty}>
        <Skeleton label={t('loadingAgenda')} lines={8} />
      </div>
    );
  return (
    <div className={styles.empty}>
      <h1 tabIndex={-1}>{t(missing ? 'gone.title' : 'empty.title')}</h1>
      <p className="muted">{t(missing ? 'gone.text' : canWrite ? 'empty.text' : 'empty.wait')}</p>
    </div>
  );
}
