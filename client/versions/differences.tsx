/** Why this file exists: what has changed since a version, to read from the top: struck through, underlined, and in words. */
import { useTranslation } from 'react-i18next';
import { type Change, compare, countChanges, folded } from './comparison.ts';
import type { Line } from './lines.ts';
import styles from './versions.module.css';

/** `after` is what stands there now, and follows it. */
export function Differences({ before, after }: { before: readonly Line[]; after: readonly Line[] }) {
  const { t } = useTranslation('versions');
  const changes = compare(before, after);
  const count = countChanges(changes);
  return (
    <section className={styles.differences} aria-label={t('changes.text')}>
      <p className={styles.legend} role="status">
        {count === 0 ? t('changes.none') : `${t('changes.count', { count })}. ${t('changes.legend')}`}
      </p>
      {count > 0 &&
        folded(changes).map((stretch, index) => {
          // Stretches have no identity but their place.
          const key = index;
          const lines = stretch.changes.map((change) => (
            <Changed key={`${change.kind} ${change.line.is}`} change={change} />
          ));
          return stretch.kind === 'changes' ? (
            <div key={key}>{lines}</div>
          ) : (
            <details key={key} className={styles.skipped}>
              <summary>{t('changes.same', { count: stretch.changes.length })}</summary>
              {lines}
            </details>
          );
        })}
    </section>
  );
}

function Changed({ change }: { change: Change }) {
  const { t } = useTranslation('versions');
  const { line } = change;
  const look = `${styles.line} ${styles[line.look]} ${styles[`level${Math.min(line.depth, 3)}`] ?? ''}`;
  // A line break keeps an empty line its height.
  const text = line.text === '' ? '\u00a0' : line.text;
  switch (change.kind) {
    case 'same':
      return <p className={look}>{text}</p>;
    case 'gone':
      return (
        <p className={`${look} ${styles.gone}`}>
          <span className="sr">{t('changes.gone')} </span>
          <del>{text}</del>
        </p>
      );
    case 'new':
      return (
        <p className={`${look} ${styles.new}`}>
          <span className="sr">{t('changes.new')} </span>
          <ins>{text}</ins>
        </p>
      );
    case 'rewritten':
      return (
        <p className={`${look} ${styles.rewritten}`}>
          <span className="sr">{t('changes.rewritten')} </span>
          {change.words.map(({ text: words, change: how }, index) => {
            // Words have no identity but their place.
            const key = index;
            if (how === 'gone') return <del key={key}>{words}</del>;
            return how === 'new' ? <ins key={key}>{words}</ins> : <span key={key}>{words}</span>;
          })}
          {change.words.every((one) => one.change === 'same') && (
            <span className={styles.form}>{t('changes.form')}</span>
          )}
        </p>
      );
  }
}
