/** Why this file exists: a new code and the end of guest access cannot be taken back: they alone ask first. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { guestsApi } from '../api/guests.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useGuestsChange } from './use-guests.ts';

export function RotateDialog({
  meeting,
  hasGuests,
  onClose,
}: {
  meeting: Meeting;
  hasGuests: boolean;
  onClose(): void;
}) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const [endGuests, setEndGuests] = useState(false);
  const rotate = useGuestsChange(meeting.id, () => guestsApi.rotate(meeting.id, { endGuests }));
  return (
    <Dialog title={t('rotate.title')} onClose={onClose}>
      <p>{t('rotate.text')}</p>
      {hasGuests && (
        <CheckField
          label={t('rotate.endGuests')}
          checked={endGuests}
          onChange={(event) => setEndGuests(event.target.checked)}
        />
      )}
      {rotate.error && <Notice tone="refuse">{text(rotate.error)}</Notice>}
      <DialogActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button
          variant="primary"
          data-autofocus
          disabled={rotate.isPending}
          onClick={() => rotate.mutate(undefined, { onSuccess: onClose })}
        >
          {t('rotate.do')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

export function EndDialog({ meeting, count, onClose }: { meeting: Meeting; count: number; onClose(): void }) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const end = useGuestsChange(meeting.id, () => guestsApi.end(meeting.id));
  return (
    <Dialog title={t('end.title')} onClose={onClose}>
      <p>{t('end.text', { count })}</p>
      {end.error && <Notice tone="refuse">{text(end.error)}</Notice>}
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          variant="primary"
          disabled={end.isPending}
          onClick={() => end.mutate(undefined, { onSuccess: onClose })}
        >
          {t('end.do')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
