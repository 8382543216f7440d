/**
 * Why this file exists: every page of a workshop shows the same thing the server last said, and asks again when the
 * server says that it has changed. What the server answers to a change is shown at once.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';

/** What the server says in the agenda's room when an item's workshop has changed. */
export const workshopTopic = (itemId: Id): string => `workshop:${itemId}`;

/**
 * The workshop of an item as it is now; `data` is `null` when the item has none. Holds the agenda's room while mounted,
 * because that is where changes are told. The interval is for networks that swallow notices.
 */
export function useWorkshop(meetingId: Id, itemId: Id) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const state = useRoomState(useRoom(agenda));
  const again = () => void queries.invalidateQueries({ queryKey: keys.workshop(meetingId, itemId) });
  useNotice(agenda, (topic) => {
    if (topic === workshopTopic(itemId)) again();
  });
  const synced = state?.synced ?? false;
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) void queries.invalidateQueries({ queryKey: keys.workshop(meetingId, itemId) });
    before.current = synced;
  }, [synced, queries, meetingId, itemId]);
  return useQuery<WorkshopView | null>({
    queryKey: keys.workshop(meetingId, itemId),
    queryFn: () => api.workshop.get({ meetingId, itemId }),
    refetchInterval: 60_000,
  });
}

/** A change whose answer is the workshop: it takes the place of what was known, unless something newer is. */
export function useWorkshopChange<V>(change: (input: V) => Promise<WorkshopView>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (workshop) => {
      queries.setQueryData<WorkshopView | null>(keys.workshop(workshop.meetingId, workshop.itemId), (known) =>
        known && known.version > workshop.version ? known : workshop,
      );
    },
  });
}
