/** Why this file exists: a moment worth going back to gets a name from people. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type RoomOf } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

export function SaveDialog({ of, onClose }: { of: RoomOf; onClose(): void }) {
  const { t } = useTranslation('versions');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => api.keepVersion(of, { name }),
    onSuccess: (answer) => {
      queries.setQueryData(keys.versions(of), answer);
      toast({ message: t('saveDialog.done', { name: name.trim() }) });
      onClose();
    },
  });
  return (
    <Dialog title={t('saveDialog.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate();
        }}
      >
        <p>{t('saveDialog.text')}</p>
        {save.error && <Notice tone="refuse">{text(save.error)}</Notice>}
        <TextField
          label={t('saveDialog.name')}
          hint={t('saveDialog.hint')}
          maxLength={120}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button type="submit" variant="primary" disabled={save.isPending || name.trim() === ''}>
            {t('saveDialog.do')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
