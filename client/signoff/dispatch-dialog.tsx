/**
 * Why this file exists: handing out a protocol: to whom, which items, as what, and what is left out of a version that
 * everybody may read. What was handed out is in the log and can be fetched there.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { type DispatchInput, signOffApi } from '../api/signoff.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { paragraphsOf } from './paragraphs.ts';
import styles from './signoff.module.css';
import { useSignOffChange } from './use-signoff.ts';

interface DispatchDialogProps {
  meetingId: Id;
  document: MinutesDocument;
  onClose(): void;
  onDone(): void;
}

const toggled = (all: readonly string[], one: string): string[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one];

export function DispatchDialog({ meetingId, document, onClose, onDone }: DispatchDialogProps) {
  const { t } = useTranslation('signoff');
  const { t: common } = useTranslation('common');
  const { t: minutes } = useTranslation('minutes');
  const problem = useProblemText();
  const dispatch = useSignOffChange(meetingId, (input: DispatchInput) => signOffApi.dispatch(meetingId, input));
  const [to, setTo] = useState('');
  const [format, setFormat] = useState<DispatchInput['format']>('pdf');
  const [some, setSome] = useState(false);
  const [itemIds, setItemIds] = useState<string[]>([]);
  const [published, setPublished] = useState(false);
  const [hides, setHides] = useState({ email: true, phone: true, guests: true });
  const [words, setWords] = useState('');
  const [blocks, setBlocks] = useState<string[]>([]);
  const items = document.items.filter(({ kind }) => kind !== 'section');
  const chosen = some ? items.filter(({ id }) => itemIds.includes(id)) : items;
  const listed = words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word.length > 1);
  const input: DispatchInput = {
    to,
    format,
    itemIds: some ? itemIds : null,
    redaction: published ? { ...hides, words: listed, blocks } : {},
  };
  return (
    <Dialog title={t('dispatchTitle')} wide onClose={onClose}>
      <TextField
        label={t('to')}
        hint={t('toHint')}
        data-autofocus
        maxLength={200}
        value={to}
        onChange={({ target }) => setTo(target.value)}
      />
      <SelectField
        label={t('as')}
        value={format}
        onChange={({ target }) => setFormat(['zip', ...EXPORT_FORMATS].find((one) => one === target.value) as 'zip')}
      >
        {EXPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {minutes(`download.${one}`)}
          </option>
        ))}
        <option value="zip">{t('package')}</option>
      </SelectField>
      <CheckField label={t('extract')} hint={t('extractHint')} checked={some} onChange={() => setSome(!some)} />
      {some && (
        <fieldset className={styles.choices}>
          <legend>{t('items')}</legend>
          {items.map(({ id, number, title }) => (
            <CheckField
              key={id}
              label={[number, title].filter((part) => part !== '').join(' ')}
              checked={itemIds.includes(id)}
              onChange={() => setItemIds(toggled(itemIds, id))}
            />
          ))}
        </fieldset>
      )}
      <CheckField
        label={t('publish')}
        hint={t('publishHint')}
        checked={published}
        onChange={() => setPublished(!published)}
      />
      {published && (
        <>
          <fieldset className={styles.choices}>
            <legend>{t('hide')}</legend>
            {(['email', 'phone', 'guests'] as const).map((one) => (
              <CheckField
                key={one}
                label={t(`hides.${one}`)}
                checked={hides[one]}
                onChange={() => setHides({ ...hides, [one]: !hides[one] })}
              />
            ))}
          </fieldset>
          <TextField
            label={t('hideWords')}
            hint={t('hideWordsHint')}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
          <fieldset className={styles.choices}>
            <legend>{t('hideBlocks')}</legend>
            {chosen.flatMap(({ blocks: written, number }) =>
              paragraphsOf(written).map(({ id, text }) => (
                <CheckField
                  key={id}
                  label={`${number} ${text.length > 90 ? `${text.slice(0, 90)} …` : text}`}
                  checked={blocks.includes(id)}
                  onChange={() => setBlocks(toggled(blocks, id))}
                />
              )),
            )}
          </fieldset>
        </>
      )}
      {dispatch.error && <Notice tone="refuse">{problem(dispatch.error)}</Notice>}
      <DialogActions>
        <Button
          variant="primary"
          disabled={dispatch.isPending || to.trim() === '' || (some && itemIds.length === 0)}
          onClick={() => dispatch.mutate(input, { onSuccess: onDone })}
        >
          {dispatch.isPending ? t('making') : t('dispatchDo')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
