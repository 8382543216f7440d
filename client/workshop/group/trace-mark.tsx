/** Why this file exists: what became of a sentence of the group, beside it: small, and said to who cannot see the margin. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { paths } from '../../navigation.ts';
import { sentenceId } from '../../summary/sentence.ts';
import styles from './trace.module.css';
import type { Fate } from './use-trace.ts';

export function TraceMark({ fate, workshop }: { fate: Fate; workshop: WorkshopView }) {
  const { t } = useTranslation('group');
  const { meetingId, itemId } = workshop;
  const sentence = (blockId: string) => `${paths.summary(meetingId, itemId)}#${sentenceId(blockId)}`;
  const [first, ...others] = fate.blocks;
  return (
    <span className={styles.trace} data-trace={first ? 'used' : fate.unused ? 'unused' : 'sorted'}>
      {first && (
        <span className={styles.line}>
          <Link href={sentence(first.id)} title={first.text}>
            {t('trace.used')}
            <span className="sr">: {first.text}</span>
          </Link>
          {others.map((block, i) => (
            <Link key={block.id} href={sentence(block.id)} title={block.text}>
              <span aria-hidden="true">{i + 2}</span>
              <span className="sr">
                {t('trace.also', { number: i + 2 })}: {block.text}
              </span>
            </Link>
          ))}
        </span>
      )}
      {fate.unused && (
        <span className={styles.line}>{t(fate.unused === 'final' ? 'trace.unused' : 'trace.notYet')}</span>
      )}
      {fate.cluster !== '' && (
        <span className={styles.line} title={fate.cluster}>
          <span className="sr">{t('trace.cluster')} </span>
          {fate.cluster}
        </span>
      )}
    </span>
  );
}
