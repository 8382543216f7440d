/** Why this file exists: one item became two. The chosen blocks are copied, with where they came from; the old item keeps its text. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { api } from '../api/api.ts';
import { type RoomClient, useRoom, useRoomState } from '../collab/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton, useProblemText } from '../ui/problem.tsx';
import styles from './split-dialog.module.css';

interface Block {
  /** `client:clock` of its element: the name the server knows it by. */
  id: string;
  words: string;
}

function wordsOf(node: Y.XmlElement | Y.XmlFragment | Y.XmlText): string {
  if (node instanceof Y.XmlText)
    return node
      .toDelta()
      .map((part: { insert?: unknown }) => (typeof part.insert === 'string' ? part.insert : ''))
      .join('');
  return node
    .toArray()
    .map((child) => (child instanceof Y.XmlElement || child instanceof Y.XmlText ? wordsOf(child) : ''))
    .filter(Boolean)
    .join(' ');
}

function blocksOf(room: RoomClient): Block[] {
  const blocks: Block[] = [];
  for (const child of room.doc.getXmlFragment(NOTES_FRAGMENT).toArray()) {
    if (!(child instanceof Y.XmlElement) || !child._item) continue;
    const words = wordsOf(child).trim();
    if (words) blocks.push({ id: `${child._item.id.client}:${child._item.id.clock}`, words });
  }
  return blocks;
}

export interface SplitDialogProps {
  meetingId: Id;
  itemId: Id;
  /** Of the item that is divided. */
  title: string;
  onClose(): void;
  onDone(id: Id): void;
}

export function SplitDialog({ meetingId, itemId, title, onClose, onDone }: SplitDialogProps) {
  const { t } = useTranslation('meeting');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const room = useRoom(roomName({ kind: 'item', meetingId, itemId }));
  const state = useRoomState(room);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const split = useMutation({
    mutationFn: (blocks: string[]) => api.splitItem(meetingId, itemId, { title: name, blocks }),
    onSuccess: (result) => onDone(result.itemId),
  });
  const blocks = room && state?.known ? blocksOf(room) : null;
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Dialog title={t('split.title', { item: title })} onClose={onClose} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          split.mutate((blocks ?? []).filter((block) => chosen.has(block.id)).map((block) => block.id));
        }}
      >
        <p className="muted">{t('split.text')}</p>
        {split.error && <Notice tone="refuse">{text(split.error)}</Notice>}
        <TextField
          label={t('split.newTitle')}
          required
          maxLength={300}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className={styles.blocks}>
          <legend>{t('split.blocks')}</legend>
          {blocks === null && <Skeleton label={t('loading')} lines={3} />}
          {blocks?.length === 0 && <p className="muted">{t('split.none')}</p>}
          {blocks?.map((block) => (
            <CheckField
              key={block.id}
              label={block.words.length > 180 ? `${block.words.slice(0, 180)}…` : block.words}
              checked={chosen.has(block.id)}
              onChange={() => toggle(block.id)}
            />
          ))}
        </fieldset>
        <DialogActions>
          {/* Only what the server has can be copied there. */}
          <Button type="submit" variant="primary" disabled={split.isPending || !room || state?.saving !== 'saved'}>
            {t('split.do')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
