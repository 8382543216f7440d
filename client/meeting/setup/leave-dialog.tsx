/** Why this file exists: whoever takes themselves out of a meeting cannot undo it, so this is asked first; staying has focus. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { api } from '../../api/api.ts';
import { keys, useMeetingChange } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { paths } from '../../navigation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';

export function LeaveDialog({ meeting, personId, onClose }: { meeting: Meeting; personId: Id; onClose(): void }) {
  const { t } = useTranslation('setup');
  const text = useProblemText();
  const { toast } = useToasts();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const leave = useMeetingChange(() => api.removeParticipant(meeting.id, personId));
  const lastOfficer = leave.error instanceof ApiFailure && leave.error.fields.roles;
  return (
    <Dialog title={t('leave.title')} onClose={onClose}>
      <p>{t('leave.text')}</p>
      {leave.error && <Notice tone="refuse">{lastOfficer ? t('lastOfficer') : text(leave.error)}</Notice>}
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          {t('leave.stay')}
        </Button>
        <Button
          variant="quiet"
          disabled={leave.isPending}
          onClick={() =>
            leave.mutate(undefined, {
              onSuccess: () => {
                toast({ message: t('leave.done', { title: meeting.title }) });
                navigate(paths.home);
                // What was known of it is no longer ours to read.
                queries.removeQueries({ queryKey: keys.meeting(meeting.id) });
              },
            })
          }
        >
          {t('leave.go')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
