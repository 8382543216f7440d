/** Why this file exists: an error says what happened, what is safe and what to do; loading shows structure and never blinks. */
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/request.ts';
import { Button, ButtonRow } from './button.tsx';
import styles from './problem.module.css';

/** The sentence for an error, in the reader's language. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation('error');
  return (error) => {
    if (!(error instanceof ApiFailure)) return t('internal');
    return t(error.code, { seconds: error.retryAfter ?? 0, count: error.retryAfter ?? 0 });
  };
}

/** A place where something should have been. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('error');
  const text = useProblemText();
  return (
    <div className={styles.problem} role="alert">
      <h2>{t('title')}</h2>
      <p>{text(error)}</p>
      {onRetry && (
        <ButtonRow>
          <Button onClick={onRetry}>{t('retry')}</Button>
        </ButtonRow>
      )}
      {error instanceof ApiFailure && error.requestId && <small>{t('reference', { id: error.requestId })}</small>}
    </div>
  );
}

/** The shape of a page before its words. */
export function Skeleton({ label, lines = 6 }: { label: string; lines?: number }) {
  return (
    <div aria-busy="true">
      <p className="sr" role="status">
        {label}
      </p>
      <div className={styles.skeleton} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity.
          <i key={index} />
        ))}
      </div>
    </div>
  );
}
