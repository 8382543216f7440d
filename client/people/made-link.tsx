/** Why this file exists: a one-time link is shown once; copying it is the whole point, and how long it lasts stands beside it. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../meeting/setup/setup.module.css';
import { Button } from '../ui/button.tsx';
import { clock, dateAt, dayText } from '../ui/dates.ts';
import { Dialog } from '../ui/dialog.tsx';

export interface MadeLinkDialogProps {
  title: string;
  /** The sentence above the link; gets `{{time}}`. */
  text(time: string): string;
  link: { url: string; expiresAt: number };
  onClose(): void;
}

export function MadeLinkDialog({ title, text, link, onClose }: MadeLinkDialogProps) {
  const { t, i18n } = useTranslation('common');
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // A page served over plain http has no clipboard to write to: the older way copies what is selected.
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link.url);
      setCopied(true);
    } catch {
      setCopied(document.execCommand('copy'));
    }
  };
  const until = `${dayText(dateAt(link.expiresAt), i18n.language)} ${clock(link.expiresAt, i18n.language)}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text(until)}</p>
      <div className={styles.linkBox}>
        <input
          ref={field}
          aria-label={t('link')}
          readOnly
          value={link.url}
          onFocus={(event) => event.target.select()}
        />
        <Button variant="primary" data-autofocus onClick={() => void copy()}>
          {t(copied ? 'copied' : 'copy')}
        </Button>
      </div>
      <p className="sr" role="status">
        {copied ? t('copied') : ''}
      </p>
    </Dialog>
  );
}
