/** Why this file exists: the group was closed before a line was sent: its writer still has the words, to copy. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { keepDraft, readDraft } from '../../collab/drafts.ts';
import { Button, ButtonRow } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './group.module.css';
import { oneLine } from './lines.ts';

/** What somebody had begun under a question and did not send; nothing when there is nothing. */
export function UnsentLine({ ownId, promptId }: { ownId: Id; promptId: Id }) {
  const { t } = useTranslation('group');
  const { t: saving } = useTranslation('saving');
  const [text, setText] = useState(() => oneLine(readDraft(ownId, promptId)));
  const [copied, setCopied] = useState(false);
  if (text === '') return null;
  return (
    <Notice tone="refuse">
      <p>{t('line.unsent')}</p>
      <blockquote className={styles.unsent}>{text}</blockquote>
      <ButtonRow>
        <Button size="small" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {saving(copied ? 'refusal.copied' : 'refusal.copy')}
        </Button>
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            keepDraft(ownId, promptId, '');
            setText('');
          }}
        >
          {saving('refusal.dismiss')}
        </Button>
      </ButtonRow>
    </Notice>
  );
}
