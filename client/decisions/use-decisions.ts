/** Why this file exists: what an item has decided and what is to be done, asked for again whenever the server says so. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ActionList, ItemDecisions } from '#shared/decisions/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { type DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { keys } from '../api/hooks.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';

const decisionsKey = ({ meetingId, itemId }: DecisionsOf) => ['decisions', meetingId, itemId] as const;
const actionsKey = (meetingId: Id) => ['actions', meetingId] as const;
export const bodyKeyOf = (meetingId: Id) => ['body', meetingId] as const;

/** Holds the agenda's room while mounted: that is where changes are told. */
export function useDecisions({ meetingId, itemId }: DecisionsOf) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  useNotice(agenda, (topic) => {
    if (!topic.startsWith('decisions:')) return;
    if (topic === `decisions:${itemId}`)
      void queries.invalidateQueries({ queryKey: decisionsKey({ meetingId, itemId }) });
    void queries.invalidateQueries({ queryKey: actionsKey(meetingId) });
  });
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) {
      void queries.invalidateQueries({ queryKey: decisionsKey({ meetingId, itemId }) });
      void queries.invalidateQueries({ queryKey: actionsKey(meetingId) });
    }
    before.current = synced;
  }, [synced, queries, meetingId, itemId]);
  return useQuery({
    queryKey: decisionsKey({ meetingId, itemId }),
    queryFn: () => decisionsApi.get({ meetingId, itemId }),
    refetchInterval: 60_000,
  });
}

/** What is to be done after the meeting; {@link useDecisions} keeps it fresh. */
export const useActions = (meetingId: Id) =>
  useQuery({
    queryKey: actionsKey(meetingId),
    queryFn: () => decisionsApi.actions(meetingId),
    refetchInterval: 60_000,
  });

/** A change that answers with what the item has decided. Whether it is locked is asked for again. */
export function useDecisionChange<V>(of: DecisionsOf, change: (input: V) => Promise<ItemDecisions>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (view) => {
      queries.setQueryData(decisionsKey(of), view);
      void queries.invalidateQueries({ queryKey: keys.meeting(of.meetingId) });
    },
    // Somebody was faster: what stands now is shown beside what was refused.
    onError: () => void queries.invalidateQueries({ queryKey: decisionsKey(of) }),
  });
}

/** A change that answers with all that is to be done. */
export function useActionChange<V>(meetingId: Id, change: (input: V) => Promise<ActionList>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (list) => queries.setQueryData(actionsKey(meetingId), list),
  });
}
