/** Why this file exists: the votes on an item as the server last said, asked for again when it says that they have changed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { Vote } from '#shared/workshop/harvest-api.ts';
import { api } from '../api/api.ts';
import { useNotice } from '../collab/index.ts';

interface Answer {
  votes: Vote[];
}

const keyOf = (meetingId: Id, itemId: Id) => ['votes', meetingId, itemId] as const;

/** Newest first. The interval is for networks that swallow notices. */
export function useVotes(meetingId: Id, itemId: Id) {
  const queries = useQueryClient();
  useNotice(roomName({ kind: 'agenda', meetingId }), (topic) => {
    if (topic === `votes:${itemId}`) void queries.invalidateQueries({ queryKey: keyOf(meetingId, itemId) });
  });
  return useQuery({
    queryKey: keyOf(meetingId, itemId),
    queryFn: () => api.harvest.votes({ meetingId, itemId }),
    refetchInterval: 30_000,
  });
}

/** A change that answers with all of the item's votes: they take the place of what was known. */
export function useVoteChange<V>(meetingId: Id, itemId: Id, change: (input: V) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => queries.setQueryData(keyOf(meetingId, itemId), answer),
  });
}
