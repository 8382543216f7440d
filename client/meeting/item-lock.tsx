/** Why this file exists: an officer closes one item for writing, with a reason everybody can read, and opens it again. */
import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { api } from '../api/api.ts';
import { useMeetingChange } from '../api/hooks.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { may } from './may.ts';

export function ItemLock({ meeting, itemId, officer }: { meeting: Meeting; itemId: Id; officer: boolean }) {
  const { t } = useTranslation('meeting');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const lock = useMeetingChange((why: string) => api.lockItem(meeting.id, itemId, why));
  const unlock = useMeetingChange(() => api.unlockItem(meeting.id, itemId));
  const locked = meeting.items.find((entry) => entry.itemId === itemId)?.locked ?? null;
  // What is decided is opened where it was decided, with a reason.
  if (!officer || !may(meeting, 'lock-item') || locked?.decided) return null;
  if (locked)
    return (
      <Button
        size="small"
        variant="quiet"
        onClick={() => unlock.mutate(undefined, { onError: (error) => toast({ message: text(error) }) })}
      >
        <LockOpen size={16} strokeWidth={1.75} aria-hidden />
        {t('lock.open')}
      </Button>
    );
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => setAsking(true)}>
        <Lock size={16} strokeWidth={1.75} aria-hidden />
        {t('lock.close')}
      </Button>
      {asking && (
        <Dialog title={t('lock.title')} onClose={() => setAsking(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              lock.mutate(reason, { onSuccess: () => setAsking(false) });
            }}
          >
            <p>{t('lock.text')}</p>
            {lock.error && <Notice tone="refuse">{text(lock.error)}</Notice>}
            <TextField
              label={t('lock.reason')}
              hint={t('lock.hint')}
              maxLength={200}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <DialogActions>
              <Button type="submit" variant="primary" disabled={lock.isPending}>
                {t('lock.close')}
              </Button>
              <Button variant="quiet" onClick={() => setAsking(false)}>
                {common('cancel')}
              </Button>
            </DialogActions>
          </form>
        </Dialog>
      )}
    </>
  );
}
