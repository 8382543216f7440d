/** Why this file exists: a change of wording is seen word by word, and heard by those who do not see it. */
import { useTranslation } from 'react-i18next';
import { wordDiff } from '#shared/proposals/word-diff.ts';
import styles from './signoff.module.css';

export function WordDiff({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('signoff');
  let at = 0;
  return (
    <p className={styles.diff}>
      {wordDiff(before, after).map(({ kind, text }) => {
        const key = at;
        at += text.length + 1;
        if (kind === 'removed')
          return (
            <del key={key}>
              <span className="sr">{t('removed')} </span>
              {text}
            </del>
          );
        if (kind === 'added')
          return (
            <ins key={key}>
              <span className="sr">{t('added')} </span>
              {text}
            </ins>
          );
        return <span key={key}>{text}</span>;
      })}
    </p>
  );
}
