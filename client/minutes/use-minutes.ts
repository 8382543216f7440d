/** Why this file exists: the protocol as it is now, asked for again whenever the server says that it says something else. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import type { MinutesStyle } from '#shared/minutes/document.ts';
import { roomName } from '#shared/rooms.ts';
import { api } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import type { MinutesAsked } from '../api/minutes.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';

/** Changes come in bursts, and each answer is a whole document: ask so long after the first of them, milliseconds. */
const GATHER_MS = 400;
/** Before the server stops telling (server/minutes/watch.ts). */
const AGAIN_MS = 5 * 60_000;

/** Of the whole meeting, live. The last document stays while another one is being fetched. */
export function useMinutes(meetingId: Id, asked: MinutesAsked) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const askAgain = useCallback(() => {
    // Never put off: where something is always being said, what was written would not be seen.
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: keys.minutes(meetingId) });
    }, GATHER_MS);
  }, [queries, meetingId]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Whatever is told in a meeting may stand in its protocol: its data, a workshop, a decision, an attachment.
  useNotice(agenda, askAgain);
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) askAgain();
    before.current = synced;
  }, [synced, askAgain]);
  return useQuery({
    queryKey: [...keys.minutes(meetingId), asked],
    queryFn: () => api.minutes.get(meetingId, asked),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

/** Chooses the style for everybody; `null` is the body's habit. */
export function useMinutesStyle(meetingId: Id, asked: MinutesAsked) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (style: MinutesStyle | null) => api.minutes.change(meetingId, { style }, asked),
    onSuccess: (view) => queries.setQueryData([...keys.minutes(meetingId), asked], view),
  });
}
