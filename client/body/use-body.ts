/** Why this file exists: how a body keeps its records, asked for again whenever somebody has changed it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { decisionsApi } from '../api/decisions.ts';
import { useNotice, useRoom } from '../collab/index.ts';
import { bodyKeyOf } from '../decisions/use-decisions.ts';

/** Holds the agenda's room while mounted: that is where a change is told. */
export function useBody(meetingId: Id) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  useRoom(agenda);
  useNotice(agenda, (topic) => {
    if (topic === 'minutes') void queries.invalidateQueries({ queryKey: bodyKeyOf(meetingId) });
  });
  return useQuery({ queryKey: bodyKeyOf(meetingId), queryFn: () => decisionsApi.body(meetingId) });
}

/** Changes what is given of it, for all the body's meetings. */
export function useBodyChange(meetingId: Id) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (patch: Parameters<typeof decisionsApi.changeBody>[1]) => decisionsApi.changeBody(meetingId, patch),
    onSuccess: (view) => queries.setQueryData(bodyKeyOf(meetingId), view),
    onError: () => void queries.invalidateQueries({ queryKey: bodyKeyOf(meetingId) }),
  });
}
