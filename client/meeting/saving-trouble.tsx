/**
 * Why this file exists: when something is not saved, the page says what happened, what is safe and what to do, above the
 * text and never over it. A refused text is shown to its author, to copy.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentRegistry, downloadCopy, type Refusal, useSaving } from '../collab/index.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { Notice } from '../ui/notice.tsx';
import styles from './saving-trouble.module.css';

export function SavingTrouble() {
  const { t, i18n } = useTranslation('saving');
  const saving = useSaving();
  const waits = saving.pendingCharacters > 0;
  return (
    <div className={styles.trouble}>
      {saving.mustReload && (
        <Notice tone="warm">
          <p>{t('reload')}</p>
          <Button size="small" onClick={() => location.reload()}>
            {t('reloadAction')}
          </Button>
        </Notice>
      )}
      {saving.status === 'offline' && (
        <Notice tone="warm">
          <p>
            <b>{t(saving.deviceStorage === 'ok' ? 'offlineLong' : 'offlineNoDevice')}</b>{' '}
            {waits &&
              saving.pendingSince !== null &&
              t('pending', { count: saving.pendingCharacters, time: clock(saving.pendingSince, i18n.language) })}
          </p>
          <ButtonRow>
            <Button size="small" onClick={reconnectAll}>
              {t('tryNow')}
            </Button>
            {waits && (
              <Button size="small" variant="quiet" onClick={saveCopy}>
                {t('download')}
              </Button>
            )}
          </ButtonRow>
        </Notice>
      )}
      {saving.storageTrouble && saving.status !== 'offline' && (
        <Notice tone="warm">
          <p>{t('storageTrouble')}</p>
          <Button size="small" variant="quiet" onClick={saveCopy}>
            {t('download')}
          </Button>
        </Notice>
      )}
      {saving.deviceStorage === 'unavailable' && saving.status !== 'offline' && (
        <Notice>
          <p>{t('deviceUnavailable')}</p>
        </Notice>
      )}
      {saving.refused.map((refusal) => (
        <Refused key={refusal.id} refusal={refusal} />
      ))}
    </div>
  );
}

function reconnectAll(): void {
  for (const client of currentRegistry()?.clients() ?? []) client.reconnect();
}

function saveCopy(): void {
  const text = downloadCopy(currentRegistry()?.clients() ?? []);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'radslag.txt';
  link.click();
  URL.revokeObjectURL(url);
}

function Refused({ refusal }: { refusal: Refusal }) {
  const { t, i18n } = useTranslation('saving');
  const [copied, setCopied] = useState(false);
  return (
    <div className={styles.refused} role="alert">
      <h2>{t(refusal.reason === 'history-replaced' ? 'refusal.titleReplaced' : 'refusal.title')}</h2>
      <p>
        {t(`refusal.reason.${refusal.reason}`)} {t('refusal.at', { time: clock(refusal.at, i18n.language) })}
      </p>
      {refusal.text ? <p className={styles.copyme}>{refusal.text}</p> : <p>{t('refusal.onlyDeletion')}</p>}
      <ButtonRow>
        {refusal.text && (
          <Button
            variant="primary"
            onClick={() => void navigator.clipboard.writeText(refusal.text).then(() => setCopied(true))}
          >
            {t(copied ? 'refusal.copied' : 'refusal.copy')}
          </Button>
        )}
        <Button
          variant="quiet"
          onClick={() => {
            for (const client of currentRegistry()?.clients() ?? []) client.dismissRefusal(refusal.id);
          }}
        >
          {t('refusal.dismiss')}
        </Button>
      </ButtonRow>
    </div>
  );
}
