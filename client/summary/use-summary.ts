/** Why this file exists: how a summary stands, asked for again whenever the server says that it or the workshop has changed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { SummaryView } from '#shared/summary/api.ts';
import { api } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';
import { workshopTopic } from '../workshop/use-workshop.ts';

/** Holds the agenda's room while mounted: that is where changes are told. */
export function useSummary(meetingId: Id, itemId: Id) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const state = useRoomState(useRoom(agenda));
  useNotice(agenda, (topic) => {
    // Whoever writes or reads follows from the workshop.
    if (topic === `summary:${itemId}` || topic === workshopTopic(itemId))
      void queries.invalidateQueries({ queryKey: keys.summary(meetingId, itemId), exact: true });
  });
  const synced = state?.synced ?? false;
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current)
      void queries.invalidateQueries({ queryKey: keys.summary(meetingId, itemId), exact: true });
    before.current = synced;
  }, [synced, queries, meetingId, itemId]);
  return useQuery({
    queryKey: keys.summary(meetingId, itemId),
    queryFn: () => api.summary.get({ meetingId, itemId }),
    refetchInterval: 60_000,
  });
}

/** A revision never changes, but what its reader may know of the groups can. */
export const useRevision = (meetingId: Id, itemId: Id, n: number | null) =>
  useQuery({
    queryKey: keys.revision(meetingId, itemId, n ?? 0),
    queryFn: () => api.summary.revision({ meetingId, itemId }, n ?? 0),
    enabled: n !== null,
    staleTime: 60_000,
  });

/** A change whose answer is how the summary stands. */
export function useSummaryChange<V>(meetingId: Id, itemId: Id, change: (input: V) => Promise<SummaryView>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (view) => {
      queries.setQueryData(keys.summary(meetingId, itemId), view);
      void queries.invalidateQueries({ queryKey: keys.workshop(meetingId, itemId) });
    },
  });
}
