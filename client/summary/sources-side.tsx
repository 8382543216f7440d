/** Why this file exists: what a sentence was made from, beside it: the words of the groups, and whose they were. */
import { useTranslation } from 'react-i18next';
import type { GroupMark } from '../harvest/group-marks.ts';
import { GroupSquare } from '../harvest/group-square.tsx';
import styles from './summary.module.css';

export interface LiveSource {
  key: string;
  mark: GroupMark;
  prompt: string;
  /** `null` when this reader may not read it, or it is gone. */
  text: string | null;
  names: readonly string[];
}

/** `null` before anything has been pointed at. */
export function Sources({ sources }: { sources: readonly LiveSource[] | null }) {
  const { t } = useTranslation('summary');
  return (
    <section className={styles.panel} aria-labelledby="summary-sources">
      <h2 id="summary-sources">{t('sources.title')}</h2>
      <div aria-live="polite">
        {sources === null && <p className={styles.hint}>{t('sources.hint')}</p>}
        {sources?.length === 0 && <p className={styles.hint}>{t('sources.none')}</p>}
        {sources && sources.length > 0 && (
          <ul className={styles.sources}>
            {sources.map(({ key, ...source }) => (
              <SourceRow key={key} {...source} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

/** One contribution. */
export function SourceRow({ mark, prompt, text, names }: Omit<LiveSource, 'key'>) {
  const { t } = useTranslation('summary');
  const where = { group: mark.name, prompt, names: names.join(', ') };
  return (
    <li className={styles.source}>
      <GroupSquare mark={mark} />
      <div>
        {text === null ? <p className={styles.hint}>{t('sources.hidden')}</p> : <p className={styles.words}>{text}</p>}
        <small>{prompt === '' ? mark.name : names.length > 0 ? t('sources.by', where) : t('sources.of', where)}</small>
      </div>
    </li>
  );
}
