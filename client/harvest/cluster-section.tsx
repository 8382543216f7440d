/** Why this file exists: a cluster is a heading and what lies under it; whatever can be done with it is in its menu. */
import { ArrowLeft, ArrowRight, Check, Ellipsis, Eye, EyeOff, GitMerge, Pencil, Split } from 'lucide-react';
import { useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Contribution } from '#shared/workshop/contributions.ts';
import type { Shown } from '#shared/workshop/harvest.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.ts';
import { SlipList } from './slip-list.tsx';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
/** More than these are shown when somebody asks. */
const FIRST = 8;

/** Everything that can be done with a cluster. */
export function ClusterMenu({ shown, label }: { shown: Shown<Contribution>; label?: string }) {
  const { t } = useTranslation('harvest');
  const { data, act, ask, clusterName, clusters, workshop, promptName } = useBoard();
  const { cluster, merged } = shown;
  const words = label ?? t('menu.cluster', { name: clusterName(cluster.id) });
  const at = clusters.findIndex((one) => one.cluster.id === cluster.id);
  const list: (MenuAction | null)[] = [];
  if (data.mayPromote) {
    list.push({
      id: 'promote',
      label: t('menu.promoteCluster'),
      icon: <ArrowRight {...icon} />,
      onAction: () => act.promoteCluster(cluster.id),
    });
    if (workshop.prompts.length > 1)
      for (const { id } of workshop.prompts)
        list.push({
          id: `under-${id}`,
          label: t('menu.promoteUnder', { heading: promptName(id) }),
          icon: <ArrowRight {...icon} />,
          onAction: () => act.promoteCluster(cluster.id, id),
        });
  }
  if (data.maySort) {
    if (list.length > 0) list.push(null);
    list.push(
      {
        id: 'rename',
        label: t('menu.rename'),
        icon: <Pencil {...icon} />,
        keys: 'e',
        onAction: () => ask({ what: 'name', cluster: cluster.id, keys: [] }),
      },
      {
        id: 'merge',
        label: t('menu.merge'),
        icon: <GitMerge {...icon} />,
        keys: 'm',
        disabled: clusters.length < 2,
        onAction: () => ask({ what: 'merge', cluster: cluster.id }),
      },
    );
    for (const one of merged)
      list.push({
        id: `split-${one.id}`,
        label: t('menu.split', { name: one.name || t('unnamed') }),
        icon: <Split {...icon} />,
        onAction: () => act.split(one.id),
      });
    list.push(
      null,
      {
        id: 'left',
        label: t('menu.left'),
        icon: <ArrowLeft {...icon} />,
        disabled: at <= 0,
        onAction: () => act.stepCluster(cluster.id, -1),
      },
      {
        id: 'right',
        label: t('menu.right'),
        icon: <ArrowRight {...icon} />,
        disabled: at < 0 || at === clusters.length - 1,
        onAction: () => act.stepCluster(cluster.id, 1),
      },
      {
        id: 'hide',
        label: cluster.hidden ? t('menu.unhide') : t('menu.hide'),
        icon: cluster.hidden ? <Eye {...icon} /> : <EyeOff {...icon} />,
        onAction: () => act.hideCluster(cluster.id, !cluster.hidden),
      },
    );
  }
  if (list.length === 0) return null;
  return (
    <Menu
      label={words}
      button={
        <AriaButton className={buttonClass({ variant: 'quiet', size: 'small' }, true)} aria-label={words}>
          <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      }
      actions={list}
    />
  );
}

/** What is said under a cluster's name: how much lies in it, its dots, what was merged into it, whether it is used. */
export function ClusterMeta({ shown }: { shown: Shown<Contribution> }) {
  const { t } = useTranslation('harvest');
  const { data, dotsOf, act } = useBoard();
  const { cluster, merged, contributions } = shown;
  const dots = dotsOf(cluster.id);
  const names = merged.map((one) => one.name || t('unnamed')).join(', ');
  return (
    <>
      <p className={styles.meta}>
        <span>{t('contributions', { count: contributions.length })}</span>
        {dots !== null && (
          <>
            <span aria-hidden="true">·</span>
            <b>{t('dots', { count: dots })}</b>
          </>
        )}
        {cluster.hidden && (
          <>
            <span aria-hidden="true">·</span>
            <span>{t('hiddenMark')}</span>
          </>
        )}
      </p>
      {merged.length > 0 && (
        <p className={styles.merged}>
          {t('merged', { count: merged.length, names })}{' '}
          {data.maySort && (
            <button
              type="button"
              className={buttonClass({ variant: 'link' })}
              onClick={() => {
                for (const one of merged) act.split(one.id);
              }}
            >
              {t('splitAgain')}
            </button>
          )}
        </p>
      )}
    </>
  );
}

/** Whether all of a cluster stands in the summary. */
export function allUsed(shown: Shown<Contribution>, used: ReadonlyMap<string, unknown> | undefined): boolean {
  return shown.contributions.length > 0 && used !== undefined && shown.contributions.every(({ key }) => used.has(key));
}

export function ClusterSection({ shown }: { shown: Shown<Contribution> }) {
  const { t } = useTranslation('harvest');
  const { data, act, digitOf, clusterName } = useBoard();
  const [all, setAll] = useState(false);
  const id = useId();
  const { cluster, contributions } = shown;
  const name = clusterName(cluster.id);
  const digit = digitOf.get(cluster.id);
  const rest = contributions.length - FIRST;
  return (
    <section className={styles.cluster} aria-labelledby={id} data-cluster={cluster.id}>
      <header>
        <div className={styles.clusterHead}>
          <h3 id={id}>{name}</h3>
          {data.maySort && digit && <kbd title={t('keys.move')}>{digit}</kbd>}
          <ClusterMenu shown={shown} />
        </div>
        <ClusterMeta shown={shown} />
        {allUsed(shown, data.coverage?.used) ? (
          <p className={styles.in}>
            <Check size={15} strokeWidth={2} aria-hidden />
            {t('allUsed')}
          </p>
        ) : (
          data.mayPromote &&
          contributions.length > 0 && (
            <p className={styles.promote}>
              <Button size="small" onClick={() => act.promoteCluster(cluster.id)} aria-describedby={id}>
                <ArrowRight {...icon} />
                {t('menu.promoteCluster')}
              </Button>
            </p>
          )
        )}
      </header>
      <SlipList
        label={name}
        slips={all ? contributions : contributions.slice(0, FIRST)}
        into={cluster.id}
        empty={t('emptyCluster')}
      />
      {rest > 0 && (
        <p className={styles.rest}>
          <button type="button" className={buttonClass({ variant: 'link' })} onClick={() => setAll(!all)}>
            {all ? t('fewer') : t('more', { count: rest })}
          </button>
        </p>
      )}
    </section>
  );
}
