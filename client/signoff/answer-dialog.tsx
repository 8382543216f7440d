/** Why this file exists: a suggestion that is not taken as it is gets an answer in words, and the answer is kept. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { SuggestionView } from '#shared/signoff/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useStep } from './use-signoff.ts';
import { WordDiff } from './words.tsx';

export function AnswerDialog({ meetingId, of, onClose }: { meetingId: Id; of: SuggestionView; onClose(): void }) {
  const { t } = useTranslation('signoff');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const step = useStep(meetingId);
  const [text, setText] = useState('');
  return (
    <Dialog title={t('answerTitle', { person: of.person })} onClose={onClose}>
      {of.block !== '' && <WordDiff before={of.before} after={of.after} />}
      {of.reason !== '' && <p>{t('quoted', { text: of.reason })}</p>}
      <Field label={t('answerLabel')} hint={t('answerHint')}>
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
      {step.error && <Notice tone="refuse">{problem(step.error)}</Notice>}
      <DialogActions>
        <Button
          variant="primary"
          disabled={step.isPending || text.trim() === ''}
          onClick={() => step.mutate({ do: 'answer', suggestionId: of.id, text }, { onSuccess: onClose })}
        >
          {t('answerDo')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
