/** Why this file exists: a guest who has an account need not stay one: signing in here keeps the place and what was written. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { guestsApi } from '../api/guests.ts';
import { clearDevice, setCollabPerson } from '../collab/index.ts';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { rememberCame } from './remembered.ts';

export function ClaimDialog({ guestId, onClose }: { guestId: string; onClose(): void }) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const claim = useMutation({
    mutationFn: guestsApi.claim,
    onSuccess: async ({ meetingId }) => {
      rememberCame(false);
      setCollabPerson(null);
      await clearDevice(guestId);
      location.assign(paths.meeting(meetingId));
    },
  });
  return (
    <Dialog title={t('claim.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          claim.mutate({ email, password });
        }}
      >
        <p>{t('claim.text')}</p>
        {claim.error && <Notice tone="refuse">{text(claim.error)}</Notice>}
        <TextField
          label={t('claim.email')}
          type="email"
          autoComplete="username"
          data-autofocus
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={t('claim.password')}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" disabled={claim.isPending}>
            {t('claim.do')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
