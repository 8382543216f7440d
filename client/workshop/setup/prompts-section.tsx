/** Why this file exists: the questions can be changed while the groups write; what somebody has answered stays. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../../api/api.ts';
import { ApiFailure } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useWorkshopChange } from '../use-workshop.ts';
import { type PromptDraft, PromptFields, promptsInput } from './prompts-editor.tsx';
import styles from './setup.module.css';

export function PromptsSection({ workshop, canEdit }: { workshop: WorkshopView; canEdit: boolean }) {
  const { t } = useTranslation('workshop');
  const { t: common } = useTranslation('common');
  const [editing, setEditing] = useState(false);
  return (
    <section className={styles.questions} aria-labelledby="prompts">
      <div className={styles.sectionHead}>
        <h2 id="prompts">{t('prompts')}</h2>
        {canEdit && (
          <Button size="small" variant="quiet" aria-label={t('promptsEdit')} onClick={() => setEditing(true)}>
            {common('edit')}
          </Button>
        )}
      </div>
      <ol className={styles.questionList}>
        {workshop.prompts.map(({ id, heading, help, minutes }) => (
          <li key={id}>
            <b>{heading}</b>
            {help && <span>{help}</span>}
            {minutes > 0 && <small>{t('minutesCount', { count: minutes })}</small>}
          </li>
        ))}
      </ol>
      {editing && <PromptsDialog workshop={workshop} onClose={() => setEditing(false)} />}
    </section>
  );
}

function PromptsDialog({ workshop, onClose }: { workshop: WorkshopView; onClose(): void }) {
  const { t } = useTranslation('workshop');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const [prompts, setPrompts] = useState<PromptDraft[]>(() =>
    workshop.prompts.map((prompt) => ({ ...prompt, isNew: false })),
  );
  const [missing, setMissing] = useState(false);
  const save = useWorkshopChange(() =>
    api.workshop.update({ meetingId: workshop.meetingId, itemId: workshop.itemId }, { prompts: promptsInput(prompts) }),
  );
  const written = save.error instanceof ApiFailure && save.error.fields.prompts === 'written';
  return (
    <Dialog title={t('promptsEdit')} wide onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (prompts.some(({ heading }) => heading.trim() === '')) return setMissing(true);
          save.mutate(undefined, {
            onSuccess: () => {
              toast({ message: t('promptsSaved') });
              onClose();
            },
          });
        }}
      >
        <PromptFields prompts={prompts} showMissing={missing} onChange={setPrompts} />
        {save.error && <Notice tone="refuse">{written ? t('promptWritten') : text(save.error)}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" type="submit" disabled={save.isPending}>
            {common('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
