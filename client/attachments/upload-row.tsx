/** Why this file exists: a file on its way: how much of it has been kept, and what to do when it does not come through. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import styles from './attachments.module.css';
import type { UploadState } from './upload.ts';
import { sizeWords } from './words.ts';

export function UploadRow({ state, onCancel, onRetry }: { state: UploadState; onCancel(): void; onRetry(): void }) {
  const { t, i18n } = useTranslation('attachments');
  const { name, size, received, step, problem } = state;
  const sizes = { received: sizeWords(received, i18n.language), size: sizeWords(size, i18n.language) };
  // What depends on the file alone is the same the next time.
  const again = problem === 'refused' || problem === 'too-many';
  return (
    <li className={styles.upload} data-step={step}>
      <span className={styles.uploadName}>{name}</span>
      {step === 'failed' ? (
        <span className={styles.problem} role="alert">
          {t(`problem.${problem ?? 'refused'}`)}
        </span>
      ) : (
        <>
          <progress className={styles.progress} max={size} value={received} aria-label={t('progressOf', { name })} />
          <span className={styles.about} role="status">
            {t(`step.${step}`, sizes)}
          </span>
        </>
      )}
      <span className={styles.uploadTools}>
        {again && (
          <Button size="small" variant="quiet" onClick={onRetry}>
            {t('again')}
          </Button>
        )}
        <Button size="small" variant="quiet" onClick={onCancel}>
          {t(step === 'failed' ? 'letGo' : 'cancel')}
        </Button>
      </span>
    </li>
  );
}
