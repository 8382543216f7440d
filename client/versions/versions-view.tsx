/**
 * Why this file exists: anyone in a meeting can look at what a text or the agenda was, see what has changed since, and go
 * back. It stands where the item otherwise stands, so the meeting goes on around it.
 */
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Bookmark } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { mayWithVersions } from '#shared/policy.ts';
import { api } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import { type RoomClient, useRoomState } from '../collab/index.ts';
import { paths } from '../navigation.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { useArrival } from '../ui/screen.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { VersionList } from './version-list.tsx';
import { VersionText } from './version-text.tsx';
import styles from './versions.module.css';

/** Versions come by themselves while one looks; nobody is told, so they are asked for, milliseconds. */
const ASK_MS = 10_000;

export interface VersionsViewProps {
  meeting: Meeting;
  agenda: Agenda;
  /** The item whose text it is about; `null` for the agenda. */
  itemId: Id | null;
  /** What the room is called. */
  name: string;
  room: RoomClient | null;
}

export function VersionsView({ meeting, agenda, itemId, name, room }: VersionsViewProps) {
  const { t } = useTranslation('versions');
  const { t: meetingWords } = useTranslation('meeting');
  const [, navigate] = useLocation();
  const of = useMemo(() => ({ meetingId: meeting.id, itemId }), [meeting.id, itemId]);
  const list = useQuery({ queryKey: keys.versions(of), queryFn: () => api.versions(of), refetchInterval: ASK_MS });
  const state = useRoomState(room);
  const canWrite =
    state?.everSynced === true && state.closedCode === null && mayWithVersions({ access: state.access }, 'restore');
  const [chosen, setChosen] = useState<Id | null>(null);
  const [saving, setSaving] = useState(false);
  const heading = useArrival<HTMLHeadingElement>();
  const versions = list.data?.versions;
  const version = versions?.find((one) => one.id === chosen);
  const home = itemId === null ? paths.meeting(meeting.id) : paths.item(meeting.id, itemId);
  const originLabel = useMemo(
    () => (id: string) => {
      const source = agenda.byId.get(id);
      return source ? meetingWords('splitFrom', { item: source.number || source.item.title }) : null;
    },
    [agenda, meetingWords],
  );

  return (
    <div className={styles.view}>
      <LinkButton variant="quiet" size="small" href={home}>
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
        {t(itemId === null ? 'backToAgenda' : 'back')}
      </LinkButton>
      <div className={styles.head}>
        <h1 ref={heading} tabIndex={-1}>
          {t('title', { name })}
        </h1>
        {canWrite && (
          <Button onClick={() => setSaving(true)}>
            <Bookmark size={16} strokeWidth={1.75} aria-hidden />
            {t('save')}
          </Button>
        )}
      </div>
      {!versions && list.error && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {!versions && !list.error && <Skeleton label={t('loading')} />}
      {versions?.length === 0 && (
        <div className={styles.empty}>
          <h2>{t('empty.title')}</h2>
          <p>{t('empty.text')}</p>
          {canWrite && <p>{t('empty.save')}</p>}
        </div>
      )}
      {versions && versions.length > 0 && (
        <div className={version ? `${styles.columns} ${styles.reading}` : styles.columns}>
          <div className={styles.times}>
            <VersionList versions={versions} chosen={chosen} timeZone={meeting.timeZone} onChoose={setChosen} />
          </div>
          {version ? (
            <div className={styles.one}>
              <Button variant="quiet" size="small" className={styles.toList ?? ''} onClick={() => setChosen(null)}>
                <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
                {t('backToList')}
              </Button>
              <VersionText
                key={version.id}
                of={of}
                meeting={meeting}
                version={version}
                room={room}
                canWrite={canWrite}
                originLabel={originLabel}
                onRestored={() => navigate(home)}
                onRemoved={() => {
                  setChosen(null);
                  heading.current?.focus();
                }}
              />
            </div>
          ) : (
            <p className={`${styles.choose} muted`}>{t('choose')}</p>
          )}
        </div>
      )}
      {saving && <SaveDialog of={of} onClose={() => setSaving(false)} />}
    </div>
  );
}
