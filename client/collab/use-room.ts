/**
 * Why this file exists: React's side of the rooms. Hooks hold rooms while a component is mounted and re-render when
 * their state changes; nothing of the network lives here.
 */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { aggregateSaving, type SavingSummary } from './aggregate.ts';
import { type PresentPerson, presentPeople } from './presence.ts';
import { currentRegistry, subscribeRegistry } from './registry.ts';
import type { RoomClient } from './room-client.ts';
import type { RoomState } from './types.ts';

const never = () => () => {};

/**
 * Holds a room while mounted; `null` before it is open, without a name, or when nobody is signed in. After a refusal it
 * returns another client with a fresh document: put the client in the dependencies of whatever binds to `room.doc`.
 */
export function useRoom(name: string | null): RoomClient | null {
  const registry = useSyncExternalStore(subscribeRegistry, currentRegistry, () => null);
  const [held, setHeld] = useState<string | null>(null);
  useEffect(() => {
    if (name === null || registry === null) return;
    registry.acquire(name);
    setHeld(name);
    return () => {
      registry.release(name);
      setHeld(null);
    };
  }, [name, registry]);
  const peek = useCallback(() => (name === null ? null : (registry?.peek(name) ?? null)), [name, registry]);
  const client = useSyncExternalStore(registry?.subscribe ?? never, peek, () => null);
  // A room that somebody else still holds for a moment is not ours yet.
  return held === name ? client : null;
}

/** The room's state; `null` without a room. */
export function useRoomState(room: RoomClient | null): RoomState | null {
  return useSyncExternalStore(
    room?.subscribe ?? never,
    () => room?.state ?? null,
    () => null,
  );
}

/** The truth about saving over every open room of this page. */
export function useSaving(): SavingSummary {
  const registry = useSyncExternalStore(subscribeRegistry, currentRegistry, () => null);
  const last = useRef<{ key: string; value: SavingSummary } | null>(null);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!registry) return () => {};
      let stops: (() => void)[] = [];
      const follow = () => {
        for (const stop of stops) stop();
        stops = registry.clients().map((client) => client.subscribe(listener));
      };
      follow();
      const stopRegistry = registry.subscribe(() => {
        follow();
        listener();
      });
      return () => {
        stopRegistry();
        for (const stop of stops) stop();
      };
    },
    [registry],
  );
  const read = useCallback(() => {
    const value = aggregateSaving(registry?.clients() ?? []);
    const key = JSON.stringify(value);
    if (last.current?.key !== key) last.current = { key, value };
    return last.current.value;
  }, [registry]);
  return useSyncExternalStore(subscribe, read, read);
}

/** Who is present in a room, one entry per person; the same array until something changes. */
export function usePresence(room: RoomClient | null): PresentPerson[] {
  const cache = useMemo(() => ({ key: '', value: [] as PresentPerson[], room }), [room]);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!room) return () => {};
      room.awareness.on('change', listener);
      return () => room.awareness.off('change', listener);
    },
    [room],
  );
  const read = useCallback(() => {
    if (!cache.room) return cache.value;
    const { awareness } = cache.room;
    const value = presentPeople(awareness.getStates(), awareness.clientID);
    const key = JSON.stringify(value);
    if (key !== cache.key) {
      cache.key = key;
      cache.value = value;
    }
    return cache.value;
  }, [cache]);
  return useSyncExternalStore(subscribe, read, read);
}

/** Calls back when the server says that something outside a room's document changed (126). */
export function useNotice(room: string | null, onNotice: (topic: string) => void): void {
  const registry = useSyncExternalStore(subscribeRegistry, currentRegistry, () => null);
  const latest = useRef(onNotice);
  useEffect(() => {
    latest.current = onNotice;
  });
  useEffect(() => {
    if (!registry || room === null) return;
    return registry.onNotice((name, topic) => {
      if (name === room) latest.current(topic);
    });
  }, [registry, room]);
}
