/**
 * Why this file exists: going back concerns everybody in the room, so it says before what will happen to what is there
 * now, and offers the way back after.
 */
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

interface RestoreDialogProps {
  of: RoomOf;
  versionId: Id;
  /** The moment in words. */
  when: string;
  onClose(): void;
  onRestored(): void;
}

export function RestoreDialog({ of, versionId, when, onClose, onRestored }: RestoreDialogProps) {
  const { t } = useTranslation('versions');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const queries = useQueryClient();
  const refresh = async () => {
    const answer = await api.versions(of);
    queries.setQueryData(keys.versions(of), answer);
    return answer.versions;
  };
  const restore = useMutation({
    mutationFn: async () => {
      const { changed } = await api.restoreVersion(of, versionId);
      // The newest version is now the room as it was a moment ago.
      return { changed, before: changed ? (await refresh())[0]?.id : undefined };
    },
    onSuccess: ({ changed, before }) => {
      const undo = () => {
        if (before)
          api
            .restoreVersion(of, before)
            .then(refresh)
            .catch((error: unknown) => toast({ message: text(error) }));
      };
      toast({ message: t(changed ? 'restored' : 'unchanged'), ...(before && { undo }) });
      onRestored();
    },
  });
  return (
    <Dialog title={t('restoreDialog.title')} onClose={onClose}>
      <p>{t(of.itemId === null ? 'restoreDialog.agenda' : 'restoreDialog.text', { when })}</p>
      <p>{t('restoreDialog.kept')}</p>
      {restore.error && <Notice tone="refuse">{text(restore.error)}</Notice>}
      <DialogActions>
        <Button variant="primary" data-autofocus disabled={restore.isPending} onClick={() => restore.mutate()}>
          {t('restoreDialog.do')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
