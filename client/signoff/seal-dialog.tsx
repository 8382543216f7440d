/** Why this file exists: sealing cannot be undone, so what it means and what is left is said before. */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { SignOffView } from '#shared/signoff/api.ts';
import { signOffApi } from '../api/signoff.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useSignOffChange } from './use-signoff.ts';

interface SealDialogProps {
  meetingId: Id;
  view: SignOffView;
  lang: 'sv' | 'en';
  onClose(): void;
}

export function SealDialog({ meetingId, view, lang, onClose }: SealDialogProps) {
  const { t } = useTranslation('signoff');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const seal = useSignOffChange(meetingId, (hash: string) => signOffApi.seal(meetingId, { hash, lang }));
  const { parts, suggestions } = view.left;
  const ready = parts.length === 0 && suggestions.length === 0 && view.signers.length > 0;
  return (
    <Dialog title={t('sealTitle')} onClose={onClose}>
      <p>{t('sealText')}</p>
      {!ready && (
        <Notice tone="warm">
          {view.signers.length === 0 && <p>{t('noSigners')}</p>}
          {parts.length > 0 && <p>{t('partsLeft', { count: parts.length })}</p>}
          {suggestions.length > 0 && <p>{t('suggestionsLeft', { count: suggestions.length })}</p>}
        </Notice>
      )}
      {seal.error && <Notice tone="refuse">{problem(seal.error)}</Notice>}
      <DialogActions>
        <Button
          variant="primary"
          disabled={!ready || seal.isPending}
          onClick={() => seal.mutate(view.hash, { onSuccess: onClose })}
        >
          {t('sealDo')}
        </Button>
        <Button variant="quiet" data-autofocus onClick={onClose}>
          {common('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
