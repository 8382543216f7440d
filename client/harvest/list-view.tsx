/**
 * Why this file exists: everything that can be done on the board, as plain lists with plain buttons: for screen readers,
 * small screens, and whoever would rather read than drag.
 */
import { Check } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contribution } from '#shared/workshop/contributions.ts';
import { clusterOf } from '#shared/workshop/harvest.ts';
import { Button } from '../ui/button.tsx';
import { useBoard } from './board-context.ts';
import { allUsed, ClusterMenu, ClusterMeta } from './cluster-section.tsx';
import styles from './list-view.module.css';
import { Origin } from './slip.tsx';
import { SlipMenu } from './slip-menu.tsx';

const NEW = 'new';

export function ListView() {
  const { t } = useTranslation('harvest');
  const { data, unsorted, clusters, clusterName, act, ask } = useBoard();
  const tray = useId();
  return (
    <div className={styles.list}>
      <p className={styles.intro}>{t('list.intro')}</p>
      {data.maySort && (
        <Button size="small" onClick={() => ask({ what: 'name', cluster: null, keys: [] })}>
          {t('newCluster')}
        </Button>
      )}
      {clusters.map((shown) => (
        <section key={shown.cluster.id} aria-labelledby={`${tray}-${shown.cluster.id}`}>
          <div className={styles.head}>
            <h2 id={`${tray}-${shown.cluster.id}`}>{clusterName(shown.cluster.id)}</h2>
            <ClusterMenu shown={shown} label={t('list.cluster', { name: clusterName(shown.cluster.id) })} />
          </div>
          <ClusterMeta shown={shown} />
          {data.mayPromote && shown.contributions.length > 0 && !allUsed(shown, data.coverage?.used) && (
            <Button size="small" onClick={() => act.promoteCluster(shown.cluster.id)}>
              {t('menu.promoteCluster')}
            </Button>
          )}
          <Contributions label={clusterName(shown.cluster.id)} list={shown.contributions} empty={t('emptyCluster')} />
        </section>
      ))}
      <section aria-labelledby={tray}>
        <div className={styles.head}>
          <h2 id={tray}>{t('tray')}</h2>
        </div>
        <Contributions
          label={t('tray')}
          list={unsorted}
          empty={t(data.contributions.length > 0 ? 'emptyTray' : 'emptyGroups')}
        />
      </section>
    </div>
  );
}

function Contributions({ label, list, empty }: { label: string; list: readonly Contribution[]; empty: string }) {
  if (list.length === 0) return <p className="muted">{empty}</p>;
  return (
    // Lists without marks are not lists to every screen reader unless they are said to be.
    // biome-ignore lint/a11y/noRedundantRoles: as above.
    <ul role="list" aria-label={label}>
      {list.map((one) => (
        <Row key={one.key} contribution={one} />
      ))}
    </ul>
  );
}

function Row({ contribution }: { contribution: Contribution }) {
  const { t } = useTranslation('harvest');
  const { data, clusters, clusterName, act, ask } = useBoard();
  const { key, text } = contribution;
  const used = data.coverage?.used.has(key) ?? false;
  return (
    <li className={styles.row} data-row={key}>
      <p className={styles.text}>{text}</p>
      <Origin contribution={contribution} where />
      <div className={styles.buttons}>
        {data.maySort && (
          <select
            aria-label={t('list.liesLabel', { text })}
            value={clusterOf(data.harvest, key)}
            onChange={(event) => {
              if (event.target.value === NEW) ask({ what: 'name', cluster: null, keys: [key] });
              else act.move([key], event.target.value);
            }}
          >
            <option value="">{t('tray')}</option>
            {clusters.map(({ cluster }) => (
              <option key={cluster.id} value={cluster.id}>
                {clusterName(cluster.id)}
              </option>
            ))}
            <option value={NEW}>{t('list.new')}</option>
          </select>
        )}
        {data.mayPromote && (
          <Button size="small" aria-label={t('list.promoteLabel', { text })} onClick={() => act.promote([key])}>
            {used && <Check size={15} strokeWidth={2} aria-hidden />}
            {t('list.promote')}
          </Button>
        )}
        <SlipMenu contribution={contribution} label={t('list.more', { text })} />
      </div>
    </li>
  );
}
