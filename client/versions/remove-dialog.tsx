/** Why this file exists: taking a version away is the one thing here that cannot be undone, so it is asked about. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { api, type RoomOf } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

interface RemoveDialogProps {
  of: RoomOf;
  versionId: Id;
  /** The moment in words. */
  when: string;
  onClose(): void;
  onRemoved(): void;
}

export function RemoveDialog({ of, versionId, when, onClose, onRemoved }: RemoveDialogProps) {
  const { t } = useTranslation('versions');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.removeVersion(of, versionId),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: keys.version(of, versionId) });
      await queries.invalidateQueries({ queryKey: keys.versions(of), exact: true });
      toast({ message: t('removeDialog.done') });
      onRemoved();
    },
  });
  return (
    <Dialog title={t('removeDialog.title')} onClose={onClose}>
      <p>{t('removeDialog.text', { when })}</p>
      {remove.error && <Notice tone="refuse">{text(remove.error)}</Notice>}
      <DialogActions>
        <Button variant="primary" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t('removeDialog.do')}
        </Button>
        <Button variant="quiet" data-autofocus onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
