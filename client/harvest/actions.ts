/**
 * Why this file exists: by mouse, finger, key or menu, sorting and promoting are done here and nowhere else; each says what
 * it did and offers the way back.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Id, newId } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import * as sorting from '#shared/workshop/harvest.ts';
import {
  type Insertion,
  notYetUsed,
  promoteAppendix,
  promoteCluster,
  promoteContributions,
  promptOf,
  takeBack,
} from '#shared/workshop/promote.ts';
import { serverNow } from '../collab/index.ts';
import { useToasts } from '../ui/toast.tsx';
import type { Asking } from './board-context.ts';
import type { HarvestData } from './use-harvest.ts';

export interface BoardActions {
  /** Puts contributions in a cluster ('' takes them out), before another one or last. */
  move(keys: readonly ContributionKey[], cluster: Id | '', ahead?: ContributionKey | null): void;
  /** Makes a cluster, with these in it, and gives its id. */
  add(name: string, keys: readonly ContributionKey[]): Id;
  rename(id: Id, name: string): void;
  hideCluster(id: Id, hidden: boolean): void;
  merge(id: Id, into: Id): void;
  split(id: Id): void;
  /** One place to the left or right among the clusters. */
  stepCluster(id: Id, by: 1 | -1): void;
  /** One place up or down in its cluster. */
  step(key: ContributionKey, by: 1 | -1): void;
  /** To the next or former cluster. */
  stepAcross(key: ContributionKey, by: 1 | -1): void;
  tag(keys: readonly ContributionKey[], tag: string, on: boolean): void;
  hide(keys: readonly ContributionKey[], hidden: boolean): void;
  /** Into the summary, each under its own prompt or all under one; asks first when all of them are there already. */
  promote(keys: readonly ContributionKey[], under?: Id): void;
  promoteCluster(id: Id, under?: Id): void;
  /** Everything that is not used, as an appendix last in the summary. */
  appendix(): void;
}

export interface ActionDeps {
  data: HarvestData;
  workshop: WorkshopView;
  ownId: Id;
  ask(asking: Asking | null): void;
  /** Lets go of what was chosen: it is where it was to be. */
  unselect(): void;
  clusterName(id: Id | ''): string;
  promptName(id: Id): string;
}

/** What can be done on the board; every act is nothing for somebody who may not. */
export function useBoardActions(deps: ActionDeps): BoardActions {
  const { data, workshop, ownId, ask, unselect, clusterName, promptName } = deps;
  const { t } = useTranslation('harvest');
  const { toast } = useToasts();
  return useMemo(() => {
    const doc = data.maySort ? (data.harvestRoom?.doc ?? null) : null;
    const summary = data.mayPromote ? (data.summaryRoom?.doc ?? null) : null;
    const promptIds = workshop.prompts.map(({ id }) => id);
    const lists = () => sorting.arrange(sorting.readHarvest(doc!), data.contributions);
    const known = (keys: readonly ContributionKey[]): Contribution[] =>
      keys.flatMap((key) => data.byKey.get(key) ?? []);

    const move: BoardActions['move'] = (keys, cluster, ahead = null) => {
      if (!doc || keys.length === 0) return;
      const before = sorting.readHarvest(doc).placements;
      sorting.place(doc, keys, cluster, ahead);
      unselect();
      toast({
        message: t('done.moved', { count: keys.length, name: clusterName(cluster) }),
        undo: () => {
          const map = doc.getMap(sorting.PLACEMENTS_ROOT);
          doc.transact(() => {
            for (const key of keys) map.set(key, before.get(key) ?? { cluster: '', order: '' });
          });
        },
      });
    };
    const said = (message: string, insertions: { under: Id; insertion: Insertion }[]): void =>
      toast({
        message,
        undo: () => {
          const all = insertions.map(({ under, insertion }) => takeBack(summary!, under, insertion));
          if (all.includes(false)) toast({ message: t('done.someStay') });
        },
      });

    return {
      move,
      add(name, keys) {
        const id = newId();
        if (!doc) return id;
        sorting.addCluster(doc, { id, name, at: serverNow(), by: ownId });
        if (keys.length > 0) sorting.place(doc, keys, id);
        unselect();
        toast({
          message: keys.length > 0 ? t('done.moved', { count: keys.length, name }) : t('done.named', { name }),
        });
        return id;
      },
      rename(id, name) {
        if (!doc) return;
        sorting.patchCluster(doc, id, { name });
        toast({ message: t('done.named', { name }) });
      },
      hideCluster(id, hidden) {
        if (!doc) return;
        sorting.patchCluster(doc, id, { hidden });
        toast({
          message: t(hidden ? 'done.clusterHidden' : 'done.clusterShown', { name: clusterName(id) }),
          undo: () => sorting.patchCluster(doc, id, { hidden: !hidden }),
        });
      },
      merge(id, into) {
        if (!doc) return;
        sorting.mergeCluster(doc, id, into, ownId, serverNow());
        toast({
          message: t('done.merged', { name: clusterName(id), into: clusterName(into) }),
          undo: () => sorting.splitCluster(doc, id),
        });
      },
      split(id) {
        if (!doc) return;
        sorting.splitCluster(doc, id);
        toast({ message: t('done.split', { name: data.harvest.byId.get(id)?.name || t('unnamed') }) });
      },
      stepCluster(id, by) {
        if (!doc) return;
        const { clusters } = lists();
        const at = clusters.findIndex(({ cluster }) => cluster.id === id);
        const other = clusters[at + by];
        if (at < 0 || !other) return;
        const beyond = clusters[at + 2 * by]?.cluster.order ?? null;
        const [low, high] = by > 0 ? [other.cluster.order, beyond] : [beyond, other.cluster.order];
        sorting.patchCluster(doc, id, { order: sorting.orderBetween(low, high) });
      },
      step(key, by) {
        if (!doc) return;
        const cluster = sorting.clusterOf(sorting.readHarvest(doc), key);
        const list = lists().clusters.find((one) => one.cluster.id === cluster)?.contributions ?? [];
        const at = list.findIndex((one) => one.key === key);
        if (cluster === '' || at < 0 || !list[at + by]) return;
        sorting.place(doc, [key], cluster, list[by > 0 ? at + 2 : at - 1]?.key ?? null);
      },
      stepAcross(key, by) {
        if (!doc) return;
        const ids: (Id | '')[] = [
          '',
          ...lists()
            .clusters.filter((one) => !one.cluster.hidden)
            .map((one) => one.cluster.id),
        ];
        const to = ids[ids.indexOf(sorting.clusterOf(sorting.readHarvest(doc), key)) + by];
        if (to !== undefined) move([key], to);
      },
      tag(keys, tag, on) {
        const clean = sorting.cleanTag(tag);
        if (!doc || clean === '') return;
        sorting.setTag(doc, keys, clean, on);
        toast({
          message: t(on ? 'done.tagged' : 'done.untagged', { tag: clean }),
          undo: () => sorting.setTag(doc, keys, clean, !on),
        });
      },
      hide(keys, hidden) {
        if (!doc || keys.length === 0) return;
        sorting.setHidden(doc, keys, hidden);
        toast({
          message: t(hidden ? 'done.hidden' : 'done.shown', { count: keys.length }),
          undo: () => sorting.setHidden(doc, keys, !hidden),
        });
      },
      promote(keys, under) {
        const wanted = known(keys);
        if (!summary || wanted.length === 0) return;
        const { left } = notYetUsed(wanted, data.coverage?.used ?? new Map());
        const go = (list: readonly Contribution[]) => {
          const places = under ? [under] : promptIds.filter((id) => list.some(({ promptId }) => promptId === id));
          const insertions = places.map((place) => ({
            under: place,
            insertion: promoteContributions(
              summary,
              place,
              under ? list : list.filter(({ promptId }) => promptId === place),
            ),
          }));
          const heading = places.map(promptName).join(', ');
          said(t('done.promoted', { count: list.length, heading }), insertions);
        };
        if (left.length > 0) go(left);
        else ask({ what: 'twice', count: wanted.length, again: () => go(wanted) });
      },
      promoteCluster(id, under) {
        const shown = sorting
          .arrange(data.harvest, data.contributions)
          .clusters.find(({ cluster }) => cluster.id === id);
        if (!summary || !shown) return;
        const list = shown.contributions.filter(({ key }) => !data.harvest.hidden.has(key));
        const { left, already } = notYetUsed(list, data.coverage?.used ?? new Map());
        const place = under ?? promptOf(list, promptIds);
        if (!place || list.length === 0) return;
        const go = (some: readonly Contribution[]) => {
          const insertion = promoteCluster(summary, place, shown.cluster.name, some);
          said(
            already > 0 && some !== list
              ? t('done.promotedRest', { count: some.length, already })
              : t('done.promoted', { count: some.length, heading: promptName(place) }),
            [{ under: place, insertion }],
          );
        };
        if (left.length > 0) go(already > 0 ? left : list);
        else ask({ what: 'twice', count: list.length, again: () => go(list) });
      },
      appendix() {
        const last = promptIds.at(-1);
        if (!summary || !last || !data.coverage) return;
        const unused = data.coverage.unused.filter(({ key }) => !data.harvest.hidden.has(key));
        const parts = promptIds.map((id) => ({
          heading: promptName(id),
          contributions: unused.filter(({ promptId }) => promptId === id),
        }));
        const insertion = promoteAppendix(summary, last, t('coverage.appendixTitle'), parts);
        said(t('coverage.appendixDone', { count: unused.length }), [{ under: last, insertion }]);
      },
    };
  }, [data, workshop, ownId, ask, unselect, clusterName, promptName, t, toast]);
}
