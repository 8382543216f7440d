/**
 * Why this file exists: a meeting's page holds two rooms, the agenda and the open item's. An item this page has just made
 * is unknown to the server until the agenda is saved, so its room waits for that: a room asked for too early would be
 * refused for good.
 */

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { keys } from '../api/hooks.ts';
import { type RoomClient, useNotice, useRoom, useRoomState } from '../collab/index.ts';

/** The agenda's room; asks for the meeting again whenever the server says so or the line was cut. */
export function useAgendaRoom(meetingId: Id): RoomClient | null {
  const name = roomName({ kind: 'agenda', meetingId });
  const room = useRoom(name);
  const state = useRoomState(room);
  const queries = useQueryClient();
  useNotice(name, () => void queries.invalidateQueries({ queryKey: keys.meeting(meetingId) }));
  const synced = state?.synced ?? false;
  const before = useRef(false);
  useEffect(() => {
    // Notices that were sent while the line was cut are gone: ask once it is back.
    if (synced && !before.current) void queries.invalidateQueries({ queryKey: keys.meeting(meetingId) });
    before.current = synced;
  }, [synced, queries, meetingId]);
  return room;
}

/** The open item's room; `null` until the server can know the item. */
export function useItemRoom(
  meetingId: Id,
  itemId: Id | null,
  agenda: RoomClient | null,
  exists: boolean,
): RoomClient | null {
  const state = useRoomState(agenda);
  // Once open it stays open: later changes of the agenda have nothing to do with it.
  const opened = useRef<Id | null>(null);
  const ready =
    itemId !== null &&
    exists &&
    (opened.current === itemId || (state?.everSynced === true && state.saving === 'saved'));
  // Without a connection the device may still know the item from before.
  const offline = itemId !== null && exists && state?.connection === 'offline';
  if (ready) opened.current = itemId;
  return useRoom(itemId !== null && (ready || offline) ? roomName({ kind: 'item', meetingId, itemId }) : null);
}
