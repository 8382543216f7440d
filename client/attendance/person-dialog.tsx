/** Why this file exists: one person's record put right in fields: exact times, whole days, single items; read as it will print. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceEntry, EntryDraft } from '#shared/attendance/attendance.ts';
import type { AttendanceFrame } from '#shared/attendance/frame.ts';
import { saidOf } from '#shared/attendance/line.ts';
import { phrasesFor } from '#shared/attendance/phrases.ts';
import type { Id } from '#shared/ids.ts';
import type { Language } from '#shared/terms.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './dialog.module.css';
import { ItemRows } from './item-rows.tsx';
import { draftsFrom, formOf, type RecordForm } from './sheet-form.ts';
import { SittingRows } from './sitting-rows.tsx';

export interface PersonDialogProps {
  meeting: Meeting;
  frame: AttendanceFrame;
  entries: readonly AttendanceEntry[];
  words: string;
  personId: Id;
  busy: boolean;
  onSave(drafts: EntryDraft[]): void;
  onClose(): void;
}

export function PersonDialog(props: PersonDialogProps) {
  const { meeting, frame, entries, words, personId, busy, onSave, onClose } = props;
  const { t, i18n } = useTranslation('attendance');
  const said = saidOf(entries, personId);
  const [form, setForm] = useState<RecordForm>(() => formOf(frame, said));
  const [tried, setTried] = useState(false);
  const name = meeting.participants.find((one) => one.personId === personId)?.name ?? '';
  const { drafts, wrong } = draftsFrom(meeting, frame, form);
  const language: Language = i18n.language.startsWith('en') ? 'en' : 'sv';
  const names = (id: Id) => meeting.participants.find((one) => one.personId === id)?.name ?? null;
  const tentative = drafts.map((draft): AttendanceEntry => ({ ...draft, id: '', personId, at: 0, by: '' }));
  const phrase = phrasesFor(frame, tentative, personId, names, language);
  const printed =
    phrase.standing === 'present'
      ? phrase.presence
      : phrase.standing === 'unsaid'
        ? ''
        : t(`status.${phrase.standing}`);
  return (
    <Dialog title={t('dialog.title', { name })} onClose={onClose} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (wrong.length === 0) onSave(drafts);
        }}
      >
        {words && <p className="muted">{t('dialog.announced', { words })}</p>}
        {frame.sittings.map((sitting) => (
          <SittingRows
            key={sitting.day}
            meeting={meeting}
            sitting={sitting}
            several={frame.sittings.length > 1}
            form={form}
            wrong={tried ? wrong : []}
            personId={personId}
            onChange={setForm}
          />
        ))}
        <ItemRows meeting={meeting} frame={frame} form={form} personId={personId} onChange={setForm} />
        <p className={styles.printed} role="status">
          <span>{t('dialog.asWritten')}</span>
          <b>
            {name}
            {printed ? `, ${printed}` : ''}
          </b>
          {!printed && <span className="muted"> ({t('dialog.nothing')})</span>}
        </p>
        {tried && wrong.length > 0 && <Notice tone="refuse">{t('dialog.order')}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>{t('dialog.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={busy}>
            {t('dialog.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
