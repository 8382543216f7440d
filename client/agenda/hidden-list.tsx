/** Why this file exists: nothing of an agenda is ever gone; what is archived or merged is listed here with its way back. */
import { useTranslation } from 'react-i18next';
import type { HiddenItem } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';
import { Button } from '../ui/button.tsx';
import styles from './agenda.module.css';

export interface HiddenListProps {
  hidden: readonly HiddenItem[];
  titleOf(id: Id): string;
  /** `null` for those who may only read. */
  onRestore: ((id: Id) => void) | null;
}

export function HiddenList({ hidden, titleOf, onRestore }: HiddenListProps) {
  const { t } = useTranslation('agenda');
  if (hidden.length === 0) return null;
  const why = ({ why: reason, holder }: HiddenItem) => {
    if (reason === 'archived' || holder === '') return t('hidden.archived');
    return t(reason === 'merged' ? 'hidden.merged' : 'hidden.inArchived', { title: titleOf(holder) });
  };
  return (
    <details className={styles.hidden}>
      <summary>
        {t('hidden.title')} <span className="num">{hidden.length}</span>
      </summary>
      <ul>
        {hidden.map((entry) => {
          const merged = entry.why === 'merged';
          const title = titleOf(entry.item.id);
          return (
            <li key={entry.item.id}>
              <span className={styles.hiddenTitle}>
                {title}
                <small>{why(entry)}</small>
              </span>
              {onRestore && (
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={t(merged ? 'hidden.separateLabel' : 'hidden.restoreLabel', { title })}
                  onClick={() => onRestore(entry.item.id)}
                >
                  {t(merged ? 'hidden.separate' : 'hidden.restore')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
