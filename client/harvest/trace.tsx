/** Why this file exists: from a contribution one can see who said it, where it lies, and every place in the summary it went into. */
import { useTranslation } from 'react-i18next';
import { clusterOf } from '#shared/workshop/harvest.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { useBoard } from './board-context.ts';
import styles from './dialogs.module.css';
import { Origin } from './slip.tsx';

export function Trace({ contributionKey }: { contributionKey: string }) {
  const { t } = useTranslation('harvest');
  const { data, ask, clusterName, promptName, marks } = useBoard();
  const contribution = data.byKey.get(contributionKey);
  const blocks = data.coverage?.used.get(contributionKey) ?? [];
  const { names } = contribution ? data.written(contribution) : { names: [] };
  const cluster = clusterOf(data.harvest, contributionKey);
  return (
    <Dialog title={t('trace.title')} onClose={() => ask(null)}>
      {contribution ? (
        <div className={styles.facts}>
          <p className={styles.said}>{contribution.text}</p>
          <Origin contribution={contribution} />
          <p>
            {t('group', { name: marks.get(contribution.groupId)?.name ?? '' })} · {promptName(contribution.promptId)}
          </p>
          {names.length > 0 && <p>{t('trace.by', { names: names.join(', ') })}</p>}
          <p>{cluster === '' ? t('trace.unsorted') : t('trace.cluster', { name: clusterName(cluster) })}</p>
          {data.coverage && (
            <>
              <h3>{blocks.length > 0 ? t('trace.used', { count: blocks.length }) : t('trace.unused')}</h3>
              {blocks.map((block) => (
                <blockquote key={block.id}>{block.text}</blockquote>
              ))}
            </>
          )}
        </div>
      ) : (
        <p>{t('sources.gone')}</p>
      )}
      <DialogActions>
        <Button onClick={() => ask(null)}>{t('trace.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
