/** Why this file exists: a wording with what became of it: what was taken away struck out, what came instead underlined. */
import { useTranslation } from 'react-i18next';
import { wordDiff } from '#shared/proposals/word-diff.ts';
import styles from './wording.module.css';

/** What colours say is said in words too, for who hears it read. */
export function Wording({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('decisions');
  let at = 0;
  return wordDiff(before, after).map(({ kind, text }) => {
    const key = `${kind}${at}`;
    at += text.length;
    if (kind === 'same') return <span key={key}>{text}</span>;
    if (kind === 'removed')
      return (
        <del key={key} className={styles.removed}>
          <span className="sr">{t('diff.removed')} </span>
          {text}
          <span className="sr"> {t('diff.end')}</span>
        </del>
      );
    return (
      <ins key={key} className={styles.added}>
        <span className="sr">{t('diff.added')} </span>
        {text}
        <span className="sr"> {t('diff.end')}</span>
      </ins>
    );
  });
}
