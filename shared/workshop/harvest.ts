/**
 * Why this file exists: the harvest is a shared document, and this is the only code that knows the names of its keys.
 * Reads parse defensively (another client's document is untrusted input); writes never remove anything, so what two people
 * do at once is both there, and everything can be undone by setting it back.
 *
 * Document `harvest:<meeting>:<item>`, root maps:
 *   clusters    id → map
 *     name        string    what its contributions have in common
 *     order       string    a key between its neighbours' (fractional-indexing); ties are broken by id
 *     hidden      boolean
 *     mergedInto  string    id of the cluster in which its contributions are shown, or '': split again by setting it to ''
 *     mergedAt    number    when that was set, milliseconds
 *     mergedBy    string    id of the person who did
 *     at          number    when it was made, milliseconds
 *     by          string    id of the person who made it
 *   placements  contribution key → {cluster, order}: where it lies; cluster '' is unsorted
 *   hidden      contribution key → boolean
 *   tags        `<contribution key>:<tag>` → boolean, one entry for each, so that two people can tag at once
 */
import * as Y from 'yjs';
import { safeKeyBetween } from '../agenda.ts';
import { type Id, isId } from '../ids.ts';
import { type ContributionKey, isContributionKey } from './contribution-keys.ts';

export const CLUSTERS_ROOT = 'clusters';
export const PLACEMENTS_ROOT = 'placements';
export const HIDDEN_ROOT = 'hidden';
export const TAGS_ROOT = 'tags';
/** What a cluster's map may hold. */
export const CLUSTER_FIELDS = ['name', 'order', 'hidden', 'mergedInto', 'mergedAt', 'mergedBy', 'at', 'by'] as const;

export const MAX_CLUSTER_NAME = 120;
export const MAX_TAG = 40;
export const MAX_TAGS = 12;
/** Keys between keys grow by what is put between them; no honest one comes near. */
export const MAX_ORDER = 200;
/** More than these are not shown: nobody sorts into them. */
export const MAX_CLUSTERS = 300;

/** A cluster as read: plain values, safe to show. */
export interface Cluster {
  id: Id;
  name: string;
  order: string;
  hidden: boolean;
  /** As it was set; see {@link Harvest.home} for where that leads. */
  mergedInto: Id | '';
  mergedAt: number;
  mergedBy: Id | '';
  at: number;
  by: Id | '';
}

/** Where a contribution lies. */
export interface Placement {
  cluster: Id | '';
  order: string;
}

/** A harvest as read: a picture of one moment. */
export interface Harvest {
  /** All of them in order, hidden and merged ones too. */
  clusters: readonly Cluster[];
  byId: ReadonlyMap<Id, Cluster>;
  placements: ReadonlyMap<ContributionKey, Placement>;
  hidden: ReadonlySet<ContributionKey>;
  /** In alphabetical order. */
  tags: ReadonlyMap<ContributionKey, readonly string[]>;
  /** The cluster in which this one's contributions are shown: itself, or what it is merged into in the end. */
  home: ReadonlyMap<Id, Id>;
}

const text = (value: unknown, max: number): string => (typeof value === 'string' ? value.slice(0, max) : '');
const idOrEmpty = (value: unknown): Id | '' => (isId(value) ? value : '');
const time = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The harvest's root maps. Observe them deeply to follow it. */
export function harvestRoots(doc: Y.Doc): Y.Map<unknown>[] {
  return [CLUSTERS_ROOT, PLACEMENTS_ROOT, HIDDEN_ROOT, TAGS_ROOT].map((name) => doc.getMap(name));
}

const clustersOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(CLUSTERS_ROOT);

function readCluster(id: string, map: unknown): Cluster | null {
  if (!isId(id) || !(map instanceof Y.Map)) return null;
  const mergedInto = idOrEmpty(map.get('mergedInto'));
  return {
    id,
    name: cleanName(map.get('name')),
    order: text(map.get('order'), MAX_ORDER),
    hidden: map.get('hidden') === true,
    mergedInto: mergedInto === id ? '' : mergedInto,
    mergedAt: time(map.get('mergedAt')),
    mergedBy: idOrEmpty(map.get('mergedBy')),
    at: time(map.get('at')),
    by: idOrEmpty(map.get('by')),
  };
}

function readPlacement(value: unknown): Placement | null {
  if (value === null || typeof value !== 'object') return null;
  const { cluster, order } = value as Record<string, unknown>;
  return { cluster: idOrEmpty(cluster), order: text(order, MAX_ORDER) };
}

/** Reads everything. What is not of the form above is not there. */
export function readHarvest(doc: Y.Doc): Harvest {
  const clusters: Cluster[] = [];
  for (const [id, map] of clustersOf(doc).entries()) {
    const cluster = readCluster(id, map);
    if (cluster) clusters.push(cluster);
  }
  clusters.sort((a, b) => before(a.order, b.order) || before(a.id, b.id));
  clusters.length = Math.min(clusters.length, MAX_CLUSTERS);
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const placements = new Map<ContributionKey, Placement>();
  for (const [key, value] of doc.getMap(PLACEMENTS_ROOT).entries()) {
    const placement = isContributionKey(key) ? readPlacement(value) : null;
    if (placement) placements.set(key, placement);
  }
  const hidden = new Set<ContributionKey>();
  for (const [key, value] of doc.getMap(HIDDEN_ROOT).entries())
    if (value === true && isContributionKey(key)) hidden.add(key);
  return { clusters, byId, placements, hidden, tags: readTags(doc), home: homes(byId) };
}

function readTags(doc: Y.Doc): Map<ContributionKey, readonly string[]> {
  const tags = new Map<ContributionKey, string[]>();
  for (const [entry, on] of doc.getMap(TAGS_ROOT).entries()) {
    if (on !== true) continue;
    const parsed = parseTagEntry(entry);
    if (!parsed) continue;
    const known = tags.get(parsed.key);
    if (known) known.push(parsed.tag);
    else tags.set(parsed.key, [parsed.tag]);
  }
  for (const list of tags.values()) {
    list.sort(before);
    list.length = Math.min(list.length, MAX_TAGS);
  }
  return tags;
}

/** What an entry of the tags' map names, or `null`. */
export function parseTagEntry(entry: string): { key: ContributionKey; tag: string } | null {
  const [groupId, client, clock, ...rest] = entry.split(':');
  const key = `${groupId}:${client}:${clock}`;
  const tag = rest.join(':');
  return isContributionKey(key) && tag !== '' && cleanTag(tag) === tag ? { key, tag } : null;
}

/** A name as it is kept: on one line, at most {@link MAX_CLUSTER_NAME} characters. */
export function cleanName(value: unknown): string {
  return oneLine(value, MAX_CLUSTER_NAME);
}

/** A tag as it is kept: on one line, in lower case, without #; '' when nothing is left. */
export function cleanTag(value: unknown): string {
  return oneLine(oneLine(value, 400).replace(/^#+/u, '').toLocaleLowerCase('sv'), MAX_TAG);
}

function oneLine(value: unknown, max: number): string {
  return text(value, 4 * max)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trim();
}

/**
 * Where each cluster is shown. Two people may merge two clusters into each other at once: of those that lead to each
 * other in a ring, the one with the smallest id stays, the same for everybody. One merged into something unknown stays too.
 */
function homes(byId: ReadonlyMap<Id, Cluster>): Map<Id, Id> {
  const home = new Map<Id, Id>();
  for (const start of byId.keys()) {
    const path: Id[] = [];
    const seen = new Map<Id, number>();
    let here = start;
    let end: Id | null = null;
    while (end === null) {
      const known = home.get(here);
      if (known !== undefined) end = known;
      else if (seen.has(here)) end = path.slice(seen.get(here)).reduce((a, b) => (a < b ? a : b));
      else {
        seen.set(here, path.length);
        path.push(here);
        const next = byId.get(here)?.mergedInto ?? '';
        if (next === '' || !byId.has(next)) end = here;
        else here = next;
      }
    }
    for (const id of path) home.set(id, end);
  }
  return home;
}

/** A cluster that is shown as one, with those that were merged into it. */
export interface Shown<One> {
  cluster: Cluster;
  merged: readonly Cluster[];
  contributions: readonly One[];
}

/** Contributions as they lie: those in no cluster, and each cluster that is not merged into another. Each stands once. */
export function arrange<One extends { key: ContributionKey }>(
  harvest: Harvest,
  contributions: readonly One[],
): { unsorted: One[]; clusters: Shown<One>[] } {
  const lying = new Map<Id, One[]>();
  const merged = new Map<Id, Cluster[]>();
  for (const cluster of harvest.clusters) {
    const home = harvest.home.get(cluster.id)!;
    if (home === cluster.id) lying.set(home, []);
    else merged.set(home, [...(merged.get(home) ?? []), cluster]);
  }
  const unsorted: One[] = [];
  for (const one of contributions) {
    const home = clusterOf(harvest, one.key);
    (home === '' ? unsorted : lying.get(home)!).push(one);
  }
  const orderOf = ({ key }: One): string => harvest.placements.get(key)?.order ?? '';
  for (const list of lying.values()) list.sort((a, b) => before(orderOf(a), orderOf(b)) || before(a.key, b.key));
  return {
    unsorted,
    clusters: harvest.clusters
      .filter(({ id }) => lying.has(id))
      .map((cluster) => ({ cluster, merged: merged.get(cluster.id) ?? [], contributions: lying.get(cluster.id)! })),
  };
}

/** The cluster in which a contribution is shown, or '' when it is unsorted. */
export function clusterOf(harvest: Harvest, key: ContributionKey): Id | '' {
  return harvest.home.get(harvest.placements.get(key)?.cluster ?? '') ?? '';
}

/** Makes a cluster, last of all, in one transaction. The id must be new. */
export function addCluster(doc: Y.Doc, cluster: { id: Id; name: string; at: number; by: Id }): void {
  const last = readHarvest(doc).clusters.at(-1)?.order ?? null;
  doc.transact(() => {
    const map = new Y.Map<unknown>();
    map.set('name', cleanName(cluster.name));
    map.set('order', safeKeyBetween(last, null));
    map.set('hidden', false);
    map.set('mergedInto', '');
    map.set('at', cluster.at);
    map.set('by', cluster.by);
    clustersOf(doc).set(cluster.id, map);
  });
}

/** A key for {@link patchCluster} between two clusters' orders; `null` for the beginning and the end. */
export const orderBetween = safeKeyBetween;

/** Sets single values of a cluster, in one transaction; unknown ids are ignored. */
export function patchCluster(doc: Y.Doc, id: Id, patch: Partial<Pick<Cluster, 'name' | 'order' | 'hidden'>>): void {
  const map = clustersOf(doc).get(id);
  if (!(map instanceof Y.Map)) return;
  const values = patch.name === undefined ? patch : { ...patch, name: cleanName(patch.name) };
  doc.transact(() => {
    for (const [key, value] of Object.entries(values)) if (map.get(key) !== value) map.set(key, value);
  });
}

/** Shows one cluster's contributions in another. Their placements stay as they are, so that they can be split again. */
export function mergeCluster(doc: Y.Doc, id: Id, into: Id, by: Id, at: number): void {
  const map = clustersOf(doc).get(id);
  const { home } = readHarvest(doc);
  // Into what is already shown in it: there would be no place left to show them in.
  if (!(map instanceof Y.Map) || !home.has(into) || home.get(into) === id) return;
  doc.transact(() => {
    map.set('mergedInto', into);
    map.set('mergedAt', at);
    map.set('mergedBy', by);
  });
}

/** Shows a cluster by itself again, with what was placed in it. */
export function splitCluster(doc: Y.Doc, id: Id): void {
  const map = clustersOf(doc).get(id);
  if (map instanceof Y.Map && map.get('mergedInto') !== '') map.set('mergedInto', '');
}

/**
 * Puts contributions in a cluster ('' takes them out), in the order they are given: before the contribution `ahead` of it,
 * or last. Unknown clusters are ignored.
 */
export function place(
  doc: Y.Doc,
  keys: readonly ContributionKey[],
  cluster: Id | '',
  ahead: ContributionKey | null = null,
): void {
  const harvest = readHarvest(doc);
  const home = cluster === '' ? '' : harvest.home.get(cluster);
  if (home === undefined) return;
  const moved = new Set(keys);
  const there = [...harvest.placements]
    .filter(([key]) => !moved.has(key) && home !== '' && clusterOf(harvest, key) === home)
    .sort(([a, one], [b, other]) => before(one.order, other.order) || before(a, b));
  const at = ahead === null ? -1 : there.findIndex(([key]) => key === ahead);
  const next = at < 0 ? null : there[at]![1].order;
  let last = (at < 0 ? there.at(-1) : there[at - 1])?.[1].order ?? null;
  doc.transact(() => {
    const placements = doc.getMap(PLACEMENTS_ROOT);
    for (const key of moved) {
      if (!isContributionKey(key)) continue;
      last = home === '' ? '' : safeKeyBetween(last, next);
      placements.set(key, { cluster: home, order: last });
    }
  });
}

/** Hides contributions, or shows them again. They stay where they lie. */
export function setHidden(doc: Y.Doc, keys: readonly ContributionKey[], hidden: boolean): void {
  const map = doc.getMap(HIDDEN_ROOT);
  doc.transact(() => {
    for (const key of keys) if (isContributionKey(key) && (map.get(key) === true) !== hidden) map.set(key, hidden);
  });
}

/** Gives contributions a tag, or takes it from them. */
export function setTag(doc: Y.Doc, keys: readonly ContributionKey[], tag: string, on: boolean): void {
  const map = doc.getMap(TAGS_ROOT);
  const clean = cleanTag(tag);
  if (clean === '') return;
  doc.transact(() => {
    for (const key of keys) {
      const entry = `${key}:${clean}`;
      if (isContributionKey(key) && (map.get(entry) === true) !== on) map.set(entry, on);
    }
  });
}
