/** Why this file exists: an attachment that was put under the wrong item is moved, not uploaded again. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaNode } from '#shared/agenda-tree.ts';
import type { AttachmentView } from '#shared/attachments/api.ts';
import type { Id } from '#shared/ids.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import styles from './attachments.module.css';

export interface MoveDialogProps {
  one: AttachmentView;
  rows: readonly AgendaNode[];
  onClose(): void;
  onMove(itemId: Id): void;
}

export function MoveDialog({ one, rows, onClose, onMove }: MoveDialogProps) {
  const { t } = useTranslation('attachments');
  const others = rows.filter(({ item }) => item.kind !== 'break' && item.id !== one.itemId);
  const [itemId, setItemId] = useState<Id>(others[0]?.item.id ?? '');
  return (
    <Dialog title={t('moveTitle', { name: one.name })} onClose={onClose}>
      <label className={styles.choice}>
        {t('moveItem')}
        <select value={itemId} data-autofocus onChange={(event) => setItemId(event.target.value)}>
          {others.map(({ item, number }) => (
            <option key={item.id} value={item.id}>
              {`${number} ${item.title || t('untitled')}`.trim()}
            </option>
          ))}
        </select>
      </label>
      {one.fixed && <p className="muted">{t('fixed')}</p>}
      <DialogActions>
        <Button variant="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="primary" disabled={itemId === ''} onClick={() => onMove(itemId)}>
          {t('move')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
