/**
 * Why this file exists: the ways to look at what was said while one writes: what this paragraph is built on and what lies
 * beside it, by cluster, by group, and what is left.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { arrange, clusterOf } from '#shared/workshop/harvest.ts';
import { GroupSquare } from '../harvest/group-square.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './side.module.css';
import { unusedOf, useSide } from './side-data.ts';
import { ItemList, SourceList } from './side-item.tsx';

/** What the paragraph with the caret is built on, and what lies in the same clusters and is not used. */
export function BehindList() {
  const { t } = useTranslation('summary');
  const { data, keys } = useSide();
  const beside = useMemo(() => {
    const clusters = new Set((keys ?? []).map((key) => clusterOf(data.harvest, key)));
    clusters.delete('');
    return unusedOf(data).filter(({ key }) => clusters.has(clusterOf(data.harvest, key)));
  }, [keys, data]);
  return (
    <>
      <section aria-label={t('behind.title')} aria-live="polite">
        <h2>{t('behind.title')}</h2>
        {keys === null && <p className={styles.quiet}>{t('behind.pick')}</p>}
        {keys?.length === 0 && <p className={styles.quiet}>{t('sources.none')}</p>}
        {keys && keys.length > 0 && <SourceList keys={keys} />}
      </section>
      {beside.length > 0 && (
        <section aria-label={t('behind.beside')}>
          <h2>{t('behind.beside')}</h2>
          <ItemList contributions={beside} />
        </section>
      )}
    </>
  );
}

/** Everything as it is sorted in the harvest; the clusters behind the caret's paragraph stand open. */
export function ClusterList() {
  const { t } = useTranslation('summary');
  const { t: board } = useTranslation('harvest');
  const { data, keys } = useSide();
  const { harvest, contributions } = data;
  const shown = useMemo(() => {
    const { unsorted, clusters } = arrange(
      harvest,
      contributions.filter(({ key }) => !harvest.hidden.has(key)),
    );
    return [
      ...clusters
        .filter(({ cluster, contributions: list }) => !cluster.hidden && list.length > 0)
        .map(({ cluster, contributions: list }) => ({ id: cluster.id, name: cluster.name || board('unnamed'), list })),
      ...(unsorted.length > 0 ? [{ id: '', name: board('tray'), list: unsorted }] : []),
    ];
  }, [harvest, contributions, board]);
  const behind = new Set((keys ?? []).map((key) => clusterOf(harvest, key)));
  if (shown.length === 0) return <p className={styles.quiet}>{t('side.nothing')}</p>;
  return shown.map(({ id, name, list }) => (
    <details key={id} className={styles.part} open={behind.has(id) || shown[0]?.id === id}>
      <summary>
        <b>{name}</b> <Share list={list} />
      </summary>
      <ItemList contributions={list} />
    </details>
  ));
}

/** Everything as the groups wrote it. */
export function GroupList() {
  const { t } = useTranslation('summary');
  const { data, marks } = useSide();
  const groups = [...marks.values()]
    .map((mark) => ({ mark, list: data.contributions.filter(({ groupId }) => groupId === mark.groupId) }))
    .filter(({ list }) => list.length > 0);
  return (
    <>
      <Hidden />
      {groups.length === 0 && <p className={styles.quiet}>{t('side.nothing')}</p>}
      {groups.map(({ mark, list }, n) => (
        <details key={mark.groupId} className={styles.part} open={n === 0}>
          <summary>
            <GroupSquare mark={mark} /> <b>{mark.name}</b> <Share list={list} />
          </summary>
          <ItemList contributions={list} />
        </details>
      ))}
    </>
  );
}

/** What is not in the text, question by question. */
export function UnusedList() {
  const { t } = useTranslation('summary');
  const { workshop, data, put } = useSide();
  const unused = unusedOf(data);
  return (
    <>
      <Hidden />
      {unused.length === 0 && (
        <p className={styles.quiet}>{t(data.contributions.length > 0 ? 'side.allUsed' : 'side.nothing')}</p>
      )}
      {unused.length > 0 && put && <p className={styles.quiet}>{t('side.how')}</p>}
      {workshop.prompts.map(({ id, heading }) => {
        const list = unused.filter(({ promptId }) => promptId === id);
        return (
          list.length > 0 && (
            <section key={id} aria-label={heading}>
              <h2>{heading}</h2>
              <ItemList contributions={list} />
            </section>
          )
        );
      })}
    </>
  );
}

function Share({ list }: { list: readonly { key: string }[] }) {
  const { t } = useTranslation('summary');
  const { data } = useSide();
  if (!data.coverage) return null;
  const { used } = data.coverage;
  return <span>{t('side.share', { used: list.filter(({ key }) => used.has(key)).length, all: list.length })}</span>;
}

function Hidden() {
  const { t } = useTranslation('harvest');
  const { hiddenGroups } = useSide().data;
  return hiddenGroups > 0 ? <Notice>{t('hiddenGroups', { count: hiddenGroups })}</Notice> : null;
}
