/** Why this file exists: what a sentence was made from, beside it: the words of the groups, and whose they were. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Id } from '#shared/ids.ts';
import type { GroupMark } from '../harvest/group-marks.ts';
import { GroupSquare } from '../harvest/group-square.tsx';
import { paths } from '../navigation.ts';
import styles from './summary.module.css';

export interface LiveSource {
  key: string;
  mark: GroupMark;
  prompt: string;
  /** `null` when this reader may not read it, or it is gone. */
  text: string | null;
  names: readonly string[];
}

/** Whose summary it is. */
export interface SourceOf {
  meetingId: Id;
  itemId: Id;
}

/** `null` before anything has been pointed at. */
export function Sources({ sources, of }: { sources: readonly LiveSource[] | null; of: SourceOf }) {
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
              <SourceRow key={key} {...source} of={of} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

/** One contribution, and the way to the group that said it, for those who may read there. */
export function SourceRow({ mark, prompt, text, names, of }: Omit<LiveSource, 'key'> & { of: SourceOf }) {
  const { t } = useTranslation('summary');
  const about = [prompt, names.join(', ')].filter((one) => one !== '').join(' · ');
  const readable = text !== null && mark.roundId !== '';
  return (
    <li className={styles.source}>
      <GroupSquare mark={mark} />
      <div>
        {text === null ? <p className={styles.hint}>{t('sources.hidden')}</p> : <p className={styles.words}>{text}</p>}
        <small>
          {readable ? <Link href={paths.group(of.meetingId, of.itemId, mark.groupId)}>{mark.name}</Link> : mark.name}
          {about !== '' && ` · ${about}`}
        </small>
      </div>
    </li>
  );
}
