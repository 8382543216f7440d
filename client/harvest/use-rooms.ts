/**
 * Why this file exists: the board looks into as many rooms as there are groups, and how many that is changes while it is
 * open. Documents that change many times a second are read a few times a second.
 */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { currentRegistry, type RoomClient } from '../collab/index.ts';
import { subscribeRegistry } from '../collab/registry.ts';

const never = () => () => {};
const NONE: readonly (RoomClient | null)[] = [];

/** Holds these rooms while mounted; each is `null` before it is open, as with `useRoom`. The array stays the same until one changes. */
export function useRooms(names: readonly string[]): readonly (RoomClient | null)[] {
  const registry = useSyncExternalStore(subscribeRegistry, currentRegistry, () => null);
  const joined = names.join(' ');
  useEffect(() => {
    if (registry === null || joined === '') return;
    const list = joined.split(' ');
    for (const name of list) registry.acquire(name);
    return () => {
      for (const name of list) registry.release(name);
    };
  }, [joined, registry]);
  const last = useRef(NONE);
  const read = useCallback(() => {
    const now = joined === '' ? NONE : joined.split(' ').map((name) => registry?.peek(name) ?? null);
    if (now.length !== last.current.length || now.some((room, i) => room !== last.current[i])) last.current = now;
    return last.current;
  }, [joined, registry]);
  return useSyncExternalStore(registry?.subscribe ?? never, read, () => NONE);
}

/** Calls back when the state of one of the rooms changes. */
export function useRoomStates(rooms: readonly (RoomClient | null)[]): void {
  const version = useRef(0);
  const subscribe = useCallback(
    (listener: () => void) => {
      const changed = () => {
        version.current += 1;
        listener();
      };
      const stops = rooms.map((room) => room?.subscribe(changed));
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    [rooms],
  );
  useSyncExternalStore(
    subscribe,
    () => version.current,
    () => 0,
  );
}

/** How often a document that goes on changing is read. */
const READ_EVERY_MS = 120;

/**
 * What `read` makes of each document, read again when it has changed; `null` for one that is not there. `read` gets what
 * it made the last time, so that it can keep what has not changed, and must stay the same function.
 */
export function useDocuments<T>(
  docs: readonly (Y.Doc | null)[],
  read: (doc: Y.Doc, index: number, before: T | null) => T,
): readonly (T | null)[] {
  const store = useMemo(() => {
    let values: readonly (T | null)[] = docs.map((doc, i) => (doc ? read(doc, i, null) : null));
    return {
      subscribe(listener: () => void) {
        const dirty = new Set<number>();
        let timer: ReturnType<typeof setTimeout> | null = null;
        const refresh = () => {
          timer = null;
          const next = [...values];
          for (const i of dirty) next[i] = read(docs[i]!, i, values[i] ?? null);
          dirty.clear();
          if (next.some((value, i) => value !== values[i])) {
            values = next;
            listener();
          }
        };
        const stops = docs.map((doc, i) => {
          if (!doc) return null;
          const changed = () => {
            dirty.add(i);
            timer ??= setTimeout(refresh, READ_EVERY_MS);
          };
          doc.on('update', changed);
          // What came between the first reading and now.
          dirty.add(i);
          return () => doc.off('update', changed);
        });
        timer = setTimeout(refresh, 0);
        return () => {
          if (timer) clearTimeout(timer);
          for (const stop of stops) stop?.();
        };
      },
      read: () => values,
    };
  }, [docs, read]);
  return useSyncExternalStore(store.subscribe, store.read, store.read);
}
