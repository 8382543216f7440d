/** Why this file exists: the code and the guests as those see them who run the meeting; asked again when the server says so. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Guests } from '#shared/guests/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { guestsApi } from '../api/guests.ts';
import { keys } from '../api/hooks.ts';
import { useNotice } from '../collab/index.ts';

const guestsKey = (meetingId: Id) => ['guests', meetingId] as const;

/** `seldom` for what only tells that somebody waits; the page of a meeting is told by its room anyway. */
export function useGuests(meetingId: Id, { seldom = false, enabled = true } = {}) {
  const queries = useQueryClient();
  useNotice(enabled ? roomName({ kind: 'agenda', meetingId }) : null, (topic) => {
    if (topic === 'guests') void queries.invalidateQueries({ queryKey: guestsKey(meetingId) });
  });
  return useQuery({
    queryKey: guestsKey(meetingId),
    queryFn: () => guestsApi.get(meetingId),
    refetchInterval: seldom ? 30_000 : 4_000,
    enabled,
  });
}

/** A change whose answer takes the place of what was known. */
export function useGuestsChange<V>(meetingId: Id, change: (input: V) => Promise<Guests>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (guests) => {
      queries.setQueryData(guestsKey(meetingId), guests);
      void queries.invalidateQueries({ queryKey: keys.meeting(meetingId) });
    },
  });
}
