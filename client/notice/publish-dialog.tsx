/** Why this file exists: publishing cannot be taken back, so what will be said and to whom is shown before. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { NoticeView } from '#shared/notice/api.ts';
import { noticeWords } from '#shared/notice/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './notice.module.css';

export interface PublishDialogProps {
  meeting: Meeting;
  office: NonNullable<NoticeView['office']>;
  busy: boolean;
  onPublish(mail: boolean): void;
  onClose(): void;
}

export function PublishDialog({ meeting, office, busy, onPublish, onClose }: PublishDialogProps) {
  const { t } = useTranslation('notice');
  const [mail, setMail] = useState(true);
  const { draft, people, leftOut, mailConfigured } = office;
  const called = people.filter(({ personId }) => !leftOut.includes(personId));
  const reachable = called.filter(({ hasAddress }) => hasAddress).length;
  const words = noticeWords(draft.language);
  const untimed = meeting.sittings.length === 0;
  return (
    <Dialog
      title={draft.number === 1 ? t('dialog.title') : t('dialog.titleNew', { number: draft.number })}
      onClose={onClose}
    >
      <div className={styles.dialog}>
        <p>{t('dialog.called', { count: called.length })}</p>
        {draft.number > 1 &&
          (draft.changes.length === 0 ? (
            <p>{t('dialog.unchanged', { number: draft.number - 1 })}</p>
          ) : (
            <div>
              <p>{t('dialog.changed')}</p>
              <ul className={styles.changes}>
                {draft.changes.map((change) => (
                  <li key={JSON.stringify(change)}>{words.change(change)}</li>
                ))}
              </ul>
            </div>
          ))}
        <p className="muted">{t('dialog.frozen')}</p>
        {mailConfigured ? (
          <CheckField
            label={t('dialog.mail')}
            hint={t('dialog.mailHint', { count: reachable })}
            checked={mail}
            onChange={({ target }) => setMail(target.checked)}
          />
        ) : (
          <Notice>{t('dialog.noMail')}</Notice>
        )}
        {untimed && <Notice tone="refuse">{t('refused.noSitting')}</Notice>}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        <Button
          variant="primary"
          data-autofocus
          disabled={busy || untimed || called.length === 0}
          onClick={() => onPublish(mail && mailConfigured)}
        >
          {t('dialog.go')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
