/** Why this file exists: what turns out wrong in a sealed protocol is said beside it, with a reason and a date. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { signOffApi } from '../api/signoff.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field, SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useSignOffChange } from './use-signoff.ts';

interface CorrectDialogProps {
  meetingId: Id;
  document: MinutesDocument;
  onClose(): void;
}

export function CorrectDialog({ meetingId, document, onClose }: CorrectDialogProps) {
  const { t } = useTranslation('signoff');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const correct = useSignOffChange(meetingId, (input: Parameters<typeof signOffApi.correct>[1]) =>
    signOffApi.correct(meetingId, input),
  );
  const [itemId, setItemId] = useState('');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Dialog title={t('correctTitle')} onClose={onClose}>
      <p>{t('correctText')}</p>
      <SelectField label={t('about')} value={itemId} onChange={({ target }) => setItemId(target.value)}>
        <option value="">{t('whole')}</option>
        {document.items.map(({ id, number, title }) => (
          <option key={id} value={id}>
            {[number, title].filter((part) => part !== '').join(' ')}
          </option>
        ))}
      </SelectField>
      <Field label={t('correction')}>
        {(control) => (
          <textarea
            {...control}
            data-autofocus
            maxLength={2_000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <TextField
        label={t('correctReason')}
        maxLength={2_000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {correct.error && <Notice tone="refuse">{problem(correct.error)}</Notice>}
      <DialogActions>
        <Button
          variant="primary"
          disabled={correct.isPending || text.trim() === '' || reason.trim() === ''}
          onClick={() => correct.mutate({ itemId: itemId || null, text, reason }, { onSuccess: onClose })}
        >
          {t('correctDo')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
