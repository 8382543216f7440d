/** Why this file exists: one version to read: as it was, with its authors or beside what stands there now. */
import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows, History, Trash2, UserRound } from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { Meeting, Version } from '#shared/api.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { api, type RoomOf } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import type { RoomClient } from '../collab/index.ts';
import { NotesView } from '../editor/notes-view.tsx';
import type { OriginLabel } from '../editor/origins.ts';
import { may } from '../meeting/may.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { AgendaThen } from './agenda-then.tsx';
import { Authors } from './authors.tsx';
import { Differences } from './differences.tsx';
import { type AgendaWords, type Line, linesOfAgenda, linesOfNotes } from './lines.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { useLiveDocument } from './use-live-document.ts';
import styles from './versions.module.css';
import { useVersionWords } from './words.ts';

interface VersionTextProps {
  of: RoomOf;
  meeting: Meeting;
  version: Version;
  /** The room as it is now; `null` while it is not known. */
  room: RoomClient | null;
  canWrite: boolean;
  originLabel: OriginLabel;
  onRestored(): void;
  onRemoved(): void;
}

function documentOf(state: string): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(
    doc,
    Uint8Array.from(atob(state), (letter) => letter.charCodeAt(0)),
  );
  return doc;
}

export function VersionText({
  of,
  meeting,
  version,
  room,
  canWrite,
  originLabel,
  onRestored,
  onRemoved,
}: VersionTextProps) {
  const { t } = useTranslation('versions');
  const words = useVersionWords(meeting.timeZone);
  const content = useQuery({
    queryKey: keys.version(of, version.id),
    queryFn: () => api.version(of, version.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const state = content.data?.state;
  const then = useMemo(() => (state === undefined ? null : documentOf(state)), [state]);
  const [comparing, setComparing] = useState(false);
  const [naming, setNaming] = useState(false);
  const [restoring, setRestoring] = useState(false);
  const [removing, setRemoving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const when = `${words.day(version)} ${words.time(version)}`;
  const agendaWords = useMemo(
    (): AgendaWords => ({
      untitled: t('untitled'),
      minutes: (minutes) => t('minutes', { minutes }),
      person: (id) => meeting.participants.find((one) => one.personId === id)?.name ?? '',
    }),
    [meeting.participants, t],
  );
  const authorship = naming ? (content.data?.authorship ?? null) : null;

  return (
    <article className={styles.version} aria-labelledby="version-heading">
      <h2 id="version-heading" ref={heading} tabIndex={-1}>
        {t('asItWas', { when })}
      </h2>
      <p className="muted">{[words.why(version), words.who(version)].filter(Boolean).join(' · ')}</p>
      <ButtonRow>
        <Button
          aria-pressed={comparing}
          onClick={() => {
            setComparing(!comparing);
            setNaming(false);
          }}
        >
          <GitCompareArrows size={16} strokeWidth={1.75} aria-hidden />
          {t('compare')}
        </Button>
        <Button
          aria-pressed={naming}
          onClick={() => {
            setNaming(!naming);
            setComparing(false);
          }}
        >
          <UserRound size={16} strokeWidth={1.75} aria-hidden />
          {t('who')}
        </Button>
        {canWrite && (
          <Button variant="primary" disabled={!then} onClick={() => setRestoring(true)}>
            <History size={16} strokeWidth={1.75} aria-hidden />
            {t('restore')}
          </Button>
        )}
      </ButtonRow>
      {!canWrite && <p className="muted">{t('readOnly')}</p>}
      {content.error && !content.data && <Problem error={content.error} onRetry={() => void content.refetch()} />}
      {!then && !content.error && <Skeleton label={t('loadingOne')} />}
      {then && comparing && <Compared of={of} meeting={meeting} then={then} room={room} agendaWords={agendaWords} />}
      {then && !comparing && of.itemId === null && (
        <AgendaThen doc={then} meeting={meeting} words={agendaWords} authorship={authorship} />
      )}
      {then && !comparing && of.itemId !== null && (
        // The editor's sentences may still be on their way; the page around must not be hidden for them.
        <Suspense fallback={<Skeleton label={t('loadingOne')} />}>
          <NotesView
            fragment={then.getXmlFragment(NOTES_FRAGMENT)}
            label={t('text')}
            originLabel={originLabel}
            {...(authorship && { about: (block: Y.XmlElement) => <Authors block={block} authorship={authorship} /> })}
          />
        </Suspense>
      )}
      {may(meeting, 'remove-version') && (
        <ButtonRow className={styles.foot ?? ''}>
          <Button size="small" variant="quiet" onClick={() => setRemoving(true)}>
            <Trash2 size={16} strokeWidth={1.75} aria-hidden />
            {t('remove')}
          </Button>
        </ButtonRow>
      )}
      {removing && (
        <RemoveDialog
          of={of}
          versionId={version.id}
          when={when}
          onClose={() => setRemoving(false)}
          onRemoved={onRemoved}
        />
      )}
      {restoring && (
        <RestoreDialog
          of={of}
          versionId={version.id}
          when={when}
          onClose={() => setRestoring(false)}
          onRestored={onRestored}
        />
      )}
    </article>
  );
}

interface ComparedProps {
  of: RoomOf;
  meeting: Meeting;
  then: Y.Doc;
  room: RoomClient | null;
  agendaWords: AgendaWords;
}

/** The version beside the room as it is, which goes on changing. */
function Compared({ of, meeting, then, room, agendaWords }: ComparedProps) {
  const { t } = useTranslation('versions');
  const now = room?.state.known ? room.doc : null;
  const changes = useLiveDocument(now);
  const lines = useMemo(
    () =>
      (doc: Y.Doc): Line[] =>
        of.itemId === null
          ? linesOfAgenda(doc, meeting.sittings, agendaWords)
          : linesOfNotes(doc.getXmlFragment(NOTES_FRAGMENT)),
    [of.itemId, meeting.sittings, agendaWords],
  );
  const before = useMemo(() => lines(then), [lines, then]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the document is the same object whatever is written in it.
  const after = useMemo(() => (now ? lines(now) : null), [lines, now, changes]);
  if (!after) return <p role="status">{t('changes.wait')}</p>;
  return <Differences before={before} after={after} />;
}
