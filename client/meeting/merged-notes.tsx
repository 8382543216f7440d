/** Why this file exists: two items that became one keep both their notes; those of the other stand under its old title. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '#shared/agenda.ts';
import type { Meeting } from '#shared/api.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { useRoom } from '../collab/index.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/problem.tsx';
import styles from './item-view.module.css';

const NotesEditor = lazy(() => import('../editor/index.ts').then((m) => ({ default: m.NotesEditor })));

/** Read here; to write on, take it out again or write in the item's own notes. */
export function MergedNotes({
  meeting,
  item,
  canWrite,
  onTakeOut,
}: {
  meeting: Meeting;
  item: AgendaItem;
  canWrite: boolean;
  onTakeOut(): void;
}) {
  const { t } = useTranslation('meeting');
  const room = useRoom(roomName({ kind: 'item', meetingId: meeting.id, itemId: item.id }));
  const title = item.title || t('untitled');
  return (
    <section className={styles.block} aria-label={t('notesOf', { item: title })}>
      <div className={styles.label}>
        <h2>{title}</h2>
        <p>{t('mergedHere')}</p>
        {canWrite && (
          <Button variant="link" onClick={onTakeOut}>
            {t('takeOut')}
          </Button>
        )}
      </div>
      <Suspense fallback={<Skeleton label={t('loadingItem', { item: title })} />}>
        <NotesEditor
          room={room}
          fragment={NOTES_FRAGMENT}
          label={t('notesOf', { item: title })}
          editable={false}
          participants={[]}
        />
      </Suspense>
    </section>
  );
}
