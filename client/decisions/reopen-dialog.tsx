/** Why this file exists: a decided item is opened again for a reason, which everybody reads afterwards. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useDecisionChange } from './use-decisions.ts';

export function ReopenDialog({ of, onClose }: { of: DecisionsOf; onClose(): void }) {
  const { t } = useTranslation('decisions');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const [reason, setReason] = useState('');
  const reopen = useDecisionChange(of, (why: string) => decisionsApi.reopen(of, why));
  return (
    <Dialog title={t('reopen.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) reopen.mutate(reason, { onSuccess: onClose });
        }}
      >
        <p>{t('reopen.lead')}</p>
        {reopen.error && <Notice tone="refuse">{problem(reopen.error)}</Notice>}
        <TextField
          label={t('reopen.reason')}
          required
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <DialogActions>
          <Button type="submit" variant="primary" disabled={reopen.isPending || !reason.trim()}>
            {t('reopen.open')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
