/** Why this file exists: what the projector shows, as the server last said; asked for again when it says that it is something else. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import type { Projector, ProjectorInput } from '#shared/projector/api.ts';
import { roomName } from '#shared/rooms.ts';
import { projectorApi } from '../api/projector.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';

const keyOf = (meetingId: Id) => ['projector', meetingId] as const;

/** Holds the agenda's room while mounted: changes are told there. The interval is for networks that swallow notices. */
export function useProjector(meetingId: Id) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  useNotice(agenda, (topic) => {
    // Whether guests may come in is a part of what is shown.
    if (topic === 'projector' || topic === 'guests') void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
  });
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
    before.current = synced;
  }, [synced, queries, meetingId]);
  return useQuery<Projector>({
    queryKey: keyOf(meetingId),
    queryFn: () => projectorApi.get(meetingId),
    refetchInterval: 15_000,
  });
}

/** A change that answers with what is shown: it takes the place of what was known, unless something newer is. */
function useChange<V>(meetingId: Id, change: (input: V) => Promise<Projector>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    // One after the other: what was chosen last arrives last, however fast somebody goes through the choices.
    scope: { id: `projector-${meetingId}` },
    onSuccess: (shown) =>
      queries.setQueryData<Projector>(keyOf(meetingId), (known) =>
        known && known.version > shown.version ? known : shown,
      ),
  });
}

/** Shows something else, everywhere. */
export const useShow = (meetingId: Id) =>
  useChange(meetingId, (input: ProjectorInput) => projectorApi.show(meetingId, input));

/** Ends the link that is in use. */
export const useEndLink = (meetingId: Id) => useChange(meetingId, () => projectorApi.endLink(meetingId));

/** Makes a link; the older one is dead. What is known of it is asked for again. */
export function useMakeLink(meetingId: Id) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => projectorApi.makeLink(meetingId),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(meetingId) }),
  });
}
