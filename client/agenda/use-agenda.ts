/** Why this file exists: React reads the agenda as plain values that change identity only when something has changed. */
import { useMemo, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { type AgendaItem, agendaRoot, readItem, readItems } from '#shared/agenda.ts';
import { type Agenda, type AgendaFrame, arrange } from '#shared/agenda-tree.ts';

interface Store {
  subscribe(listener: () => void): () => void;
  items(): readonly AgendaItem[];
}

const NONE: readonly AgendaItem[] = [];
const noStore: Store = { subscribe: () => () => {}, items: () => NONE };
/** One reading per document, as long as the document lives. */
const stores = new WeakMap<Y.Doc, Store>();

function storeOf(doc: Y.Doc | null): Store {
  if (doc === null) return noStore;
  const known = stores.get(doc);
  if (known) return known;
  const items = new Map(readItems(doc).map((item) => [item.id, item]));
  let snapshot: readonly AgendaItem[] = [...items.values()];
  const listeners = new Set<() => void>();
  const root = agendaRoot(doc);
  root.observeDeep((events) => {
    const changed = new Set<string>();
    for (const event of events) {
      if (event.target === root) for (const id of event.changes.keys.keys()) changed.add(id);
      else changed.add(String(event.path[0]));
    }
    for (const id of changed) {
      const item = readItem(doc, id);
      if (item) items.set(id, item);
      else items.delete(id);
    }
    snapshot = [...items.values()];
    for (const listener of listeners) listener();
  });
  const store: Store = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    items: () => snapshot,
  };
  stores.set(doc, store);
  return store;
}

/** The entries of an agenda, in no order; unchanged entries keep their identity. */
export function useAgendaItems(doc: Y.Doc | null): readonly AgendaItem[] {
  const store = storeOf(doc);
  return useSyncExternalStore(store.subscribe, store.items);
}

/** The agenda as people see it. The frame's parts should keep their identity while nothing in them changes. */
export function useAgenda(doc: Y.Doc | null, { sittings, noticeNumbers }: AgendaFrame): Agenda {
  const items = useAgendaItems(doc);
  return useMemo(() => arrange(items, { sittings, noticeNumbers }), [items, sittings, noticeNumbers]);
}
