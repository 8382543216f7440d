/** Why this file exists: React's side of the groups' pulses. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Id } from '#shared/ids.ts';
import { api } from '../../api/api.ts';
import type { RoomClient } from '../../collab/index.ts';
import { GroupPulse, type Pulse, READ_EVERY_MS } from './pulse.ts';

const never = () => () => {};

/** A pulse for each room, as long as the room and the prompts are the same; `null` for one that is not open yet. */
export function usePulses(
  rooms: readonly (RoomClient | null)[],
  promptIds: readonly Id[],
): readonly (GroupPulse | null)[] {
  const joined = promptIds.join(' ');
  const pulses = useMemo(
    () => rooms.map((room) => (room ? new GroupPulse(room, joined.split(' ')) : null)),
    [rooms, joined],
  );
  useEffect(() => {
    for (const pulse of pulses) pulse?.start();
    return () => {
      for (const pulse of pulses) pulse?.stop();
    };
  }, [pulses]);
  return pulses;
}

/** One group's pulse, again when it changes. */
export function usePulse(pulse: GroupPulse | null): Pulse | null {
  return useSyncExternalStore(
    pulse?.subscribe ?? never,
    () => pulse?.get() ?? null,
    () => null,
  );
}

/** Something of a group's pulse, again when just that changes. `read` must answer a plain value. */
export function usePulsePart<T extends string | number | boolean>(
  pulse: GroupPulse | null,
  read: (pulse: Pulse | null) => T,
): T {
  const get = (): T => read(pulse?.get() ?? null);
  return useSyncExternalStore(pulse?.subscribe ?? never, get, get);
}

/**
 * All of them; the array is another one when one of them has changed. They change one after the other, and who looks at all
 * of them is told once for all.
 */
export function useAllPulses(pulses: readonly (GroupPulse | null)[]): readonly (Pulse | null)[] {
  const store = useMemo(() => {
    let last: readonly (Pulse | null)[] = pulses.map((pulse) => pulse?.get() ?? null);
    return {
      subscribe(listener: () => void) {
        let timer: ReturnType<typeof setTimeout> | null = null;
        const tell = () => {
          timer ??= setTimeout(() => {
            timer = null;
            listener();
          }, READ_EVERY_MS);
        };
        const stops = pulses.map((pulse) => pulse?.subscribe(tell));
        return () => {
          for (const stop of stops) stop?.();
          if (timer) clearTimeout(timer);
        };
      },
      get() {
        const now = pulses.map((pulse) => pulse?.get() ?? null);
        if (now.some((one, i) => one !== last[i])) last = now;
        return last;
      },
    };
  }, [pulses]);
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/** Tells the pulses when something was last written before this page was opened. Only for those who may know. */
export function useEarlierKeys(
  meetingId: Id,
  itemId: Id,
  groupIds: readonly Id[],
  pulses: readonly (GroupPulse | null)[],
): void {
  const { data } = useQuery({
    queryKey: ['workshop-authorship', meetingId, itemId],
    queryFn: () => api.harvest.authorship({ meetingId, itemId }),
    staleTime: 60_000,
  });
  const joined = groupIds.join(' ');
  useEffect(() => {
    if (!data) return;
    for (const [i, groupId] of joined.split(' ').entries()) {
      const at = Math.max(0, ...(data.groups[groupId]?.spans.map((span) => span.at) ?? []));
      if (at > 0) pulses[i]?.noteEarlier(at);
    }
  }, [data, joined, pulses]);
}
