/**
 * Why this file exists: a signer says what should stand there instead, and sees the change as others will; or says in
 * words what is missing.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { paragraphsOf } from './paragraphs.ts';
import type { PartMarginProps } from './part-margin.tsx';
import { useStep } from './use-signoff.ts';
import { WordDiff } from './words.tsx';

export function SuggestDialog({
  meetingId,
  part,
  document,
  named,
  onClose,
}: Pick<PartMarginProps, 'meetingId' | 'part' | 'document'> & { named: string; onClose(): void }) {
  const { t } = useTranslation('signoff');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const step = useStep(meetingId);
  // As it was when the dialog opened: what one reads does not move while one writes.
  const [paragraphs] = useState(() => paragraphsOf(document.items.find(({ id }) => id === part.id)?.blocks ?? []));
  const [block, setBlock] = useState(paragraphs[0]?.id ?? '');
  const chosen = useMemo(() => paragraphs.find(({ id }) => id === block), [paragraphs, block]);
  const [after, setAfter] = useState(paragraphs[0]?.text ?? '');
  const [reason, setReason] = useState('');
  const ready = chosen ? after !== chosen.text : reason.trim() !== '';
  return (
    <Dialog title={t('suggestTitle', { part: named })} wide onClose={onClose}>
      {paragraphs.length > 0 && (
        <SelectField
          label={t('paragraph')}
          value={block}
          onChange={({ target }) => {
            setBlock(target.value);
            setAfter(paragraphs.find(({ id }) => id === target.value)?.text ?? '');
          }}
        >
          {paragraphs.map(({ id, text }) => (
            <option key={id} value={id}>
              {text.length > 70 ? `${text.slice(0, 70)} …` : text}
            </option>
          ))}
          <option value="">{t('wordsOnly')}</option>
        </SelectField>
      )}
      {chosen && (
        <Field label={t('after')}>
          {(control) => (
            <textarea
              {...control}
              data-autofocus
              rows={5}
              maxLength={20_000}
              value={after}
              onChange={({ target }) => setAfter(target.value)}
            />
          )}
        </Field>
      )}
      {chosen && after !== chosen.text && <WordDiff before={chosen.text} after={after} />}
      <Field label={chosen ? t('reason') : t('remark')}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={2_000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      {step.error && <Notice tone="refuse">{problem(step.error)}</Notice>}
      <DialogActions>
        <Button
          variant="primary"
          disabled={!ready || step.isPending}
          onClick={() =>
            step.mutate(
              chosen
                ? { do: 'suggest', part: part.id, block: chosen.id, before: chosen.text, after, reason }
                : { do: 'suggest', part: part.id, reason },
              { onSuccess: onClose },
            )
          }
        >
          {t('suggestDo')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
