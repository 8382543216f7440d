/** Why this file exists: what is said of one person at single items: a conflict of interest, not there, there for it alone. */
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { ITEM_ENTRY_KINDS, type ItemEntryKind } from '#shared/attendance/attendance.ts';
import type { AttendanceFrame } from '#shared/attendance/frame.ts';
import type { Id } from '#shared/ids.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './dialog.module.css';
import type { ItemRow, RecordForm } from './sheet-form.ts';
import { ServesFor } from './sitting-rows.tsx';

export function ItemRows({
  meeting,
  frame,
  form,
  personId,
  onChange,
}: {
  meeting: Meeting;
  frame: AttendanceFrame;
  form: RecordForm;
  personId: Id;
  onChange(form: RecordForm): void;
}) {
  const { t } = useTranslation('attendance');
  const numbered = [...frame.items.values()].filter(({ number }) => number !== '');
  const free = numbered.filter(({ id }) => !form.items.some(({ itemId }) => itemId === id));
  const nameOf = (id: Id): string => {
    const item = frame.items.get(id);
    return item ? [item.number, item.title].filter(Boolean).join(' ') : '';
  };
  const set = (itemId: Id, change: Partial<ItemRow>) =>
    onChange({ ...form, items: form.items.map((row) => (row.itemId === itemId ? { ...row, ...change } : row)) });
  return (
    <fieldset className={styles.day}>
      <legend>
        <b>{t('dialog.items')}</b> <span className="muted">{t('dialog.itemsHint')}</span>
      </legend>
      {form.items.map(({ itemId, kind, forPersonId }) => (
        <div className={styles.item} key={itemId}>
          <span>{nameOf(itemId)}</span>
          <select
            aria-label={t('dialog.atItem', { item: nameOf(itemId) })}
            value={kind}
            onChange={(event) => set(itemId, { kind: event.target.value as ItemEntryKind })}
          >
            {ITEM_ENTRY_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`dialog.item_${one}`)}
              </option>
            ))}
          </select>
          <IconButton
            label={t('dialog.removeItem', { item: nameOf(itemId) })}
            onClick={() => onChange({ ...form, items: form.items.filter((row) => row.itemId !== itemId) })}
          >
            <Trash2 size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
          {kind === 'substitute' && (
            <ServesFor
              meeting={meeting}
              personId={personId}
              label={`${t('dialog.servesFor')}, ${nameOf(itemId)}`}
              value={forPersonId}
              onChange={(chosen) => set(itemId, { forPersonId: chosen })}
            />
          )}
        </div>
      ))}
      {free.length > 0 && (
        <select
          aria-label={t('dialog.addItem')}
          value=""
          onChange={(event) => {
            if (!event.target.value) return;
            const row: ItemRow = { itemId: event.target.value, kind: 'conflict', forPersonId: '', note: '' };
            onChange({ ...form, items: [...form.items, row] });
          }}
        >
          <option value="">{t('dialog.addItem')}</option>
          {free.map(({ id }) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}
