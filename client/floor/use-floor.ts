/**
 * Why this file exists: every page of a meeting shows the same list of speakers, as the server last said it, and asks again
 * when the server says that it is another. What the server answers to a change is shown at once.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorPatch, FloorView } from '#shared/floor/api.ts';
import type { TurnKind } from '#shared/floor/floor.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { floorApi } from '../api/floor.ts';
import { ApiFailure } from '../api/request.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

const keyOf = (meetingId: Id) => ['floor', meetingId] as const;
/** What else changes it: another item lifts the line, and who has left waits no more. */
const TOPICS: readonly string[] = ['floor', 'meeting', 'guests'];

/** Holds the agenda's room while mounted: changes are told there. The interval is for networks that swallow notices. */
export function useFloor(meetingId: Id, enabled = true) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  useNotice(agenda, (topic) => {
    if (TOPICS.includes(topic)) void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
  });
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
    before.current = synced;
  }, [synced, queries, meetingId]);
  return useQuery<FloorView>({
    queryKey: keyOf(meetingId),
    queryFn: () => floorApi.get(meetingId),
    refetchInterval: 30_000,
    enabled,
  });
}

/** Why the rules said no, in the reader's language; `null` for anything else. */
function useRefusalText(): (error: unknown) => string | null {
  const { t } = useTranslation('floor');
  return (error) => {
    if (!(error instanceof ApiFailure) || error.code !== 'conflict') return null;
    if (error.fields.kind === 'drawn') return t('refused.drawn');
    if (error.fields.kind === 'no-speaker') return t('refused.nobody');
    if (error.fields.kind === 'own-turn') return t('refused.own');
    if (error.fields.list === 'full') return t('refused.full');
    return error.fields.rejoinderSeconds === 'too-long' ? t('refused.tooLong') : null;
  };
}

export interface FloorActions {
  pending: boolean;
  ask(kind: TurnKind, personId?: Id): void;
  withdraw(requestId: Id): void;
  move(requestId: Id, by: -1 | 1): void;
  give(requestId: Id): void;
  next(): void;
  end(): void;
  update(patch: FloorPatch): void;
}

/** What can be done with the list as it is shown. What is refused is said. */
export function useFloorActions(meetingId: Id, floor: FloorView): FloorActions {
  const queries = useQueryClient();
  const text = useProblemText();
  const refusal = useRefusalText();
  const { toast } = useToasts();
  const { mutate, isPending } = useMutation({
    mutationFn: (deed: () => Promise<FloorView>) => deed(),
    onSuccess: (answer) =>
      queries.setQueryData<FloorView>(keyOf(meetingId), (known) =>
        known && known.version > answer.version ? known : answer,
      ),
    onError: (error) => {
      // Somebody else took it off the list or gave it the floor: how it is now says that by itself.
      void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
      if (error instanceof ApiFailure && error.code === 'not-found') return;
      toast({ message: refusal(error) ?? text(error) });
    },
  });
  const { step } = floor;
  return useMemo(
    () => ({
      pending: isPending,
      ask: (kind, personId) => mutate(() => floorApi.ask(meetingId, kind, personId)),
      withdraw: (requestId) => mutate(() => floorApi.withdraw(meetingId, requestId)),
      move: (requestId, by) => mutate(() => floorApi.move(meetingId, requestId, by)),
      give: (requestId) => mutate(() => floorApi.give(meetingId, requestId, step)),
      next: () => mutate(() => floorApi.next(meetingId, step)),
      end: () => mutate(() => floorApi.end(meetingId, step)),
      update: (patch) => mutate(() => floorApi.update(meetingId, patch)),
    }),
    [meetingId, step, isPending, mutate],
  );
}
