/** Why this file exists: a guest turns out to be somebody who takes part: the one thing to say is who. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { guestsApi } from '../api/guests.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useGuestsChange } from './use-guests.ts';

export function MergeDialog({
  meeting,
  guest,
  onClose,
}: {
  meeting: Meeting;
  guest: { personId: Id; name: string };
  onClose(): void;
}) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const [who, setWho] = useState('');
  const merge = useGuestsChange(meeting.id, () => guestsApi.merge(meeting.id, guest.personId, who));
  const people = meeting.participants
    .filter(({ roles }) => !roles.includes('guest'))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  return (
    <Dialog title={t('merge.title', { name: guest.name })} onClose={onClose}>
      <p>{t('merge.text')}</p>
      <SelectField label={t('merge.who')} data-autofocus value={who} onChange={(event) => setWho(event.target.value)}>
        <option value="">{t('merge.choose')}</option>
        {people.map(({ personId, name }) => (
          <option key={personId} value={personId}>
            {name}
          </option>
        ))}
      </SelectField>
      {merge.error && <Notice tone="refuse">{text(merge.error)}</Notice>}
      <DialogActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button
          variant="primary"
          disabled={who === '' || merge.isPending}
          onClick={() => merge.mutate(undefined, { onSuccess: onClose })}
        >
          {t('merge.do')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
