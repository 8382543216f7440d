/**
 * Why this file exists: a meeting's page holds two rooms, the agenda and the open item's. An item this page has just made
 * is unknown to the server until the agenda is saved, so its room waits for that: a room asked for too early would be
 * refused for good.
 */

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { CLOSE } from '#shared/wire.ts';
import { keys } from '../api/hooks.ts';
import { type RoomClient, useNotice, useRoom, useRoomState } from '../collab/index.ts';
import { cameBefore } from '../guests/remembered.ts';
import { followKnownItems, serverKnows } from './known-items.ts';

/** The agenda's room; asks for the meeting again whenever the server says so or the line was cut. */
export function useAgendaRoom(meetingId: Id): RoomClient | null {
  const name = roomName({ kind: 'agenda', meetingId });
  const room = useRoom(name);
  const state = useRoomState(room);
  const queries = useQueryClient();
  useNotice(name, (topic) => {
    // Workshops, the list of speakers and their like have topics of their own, and ask for themselves.
    if (!topic.includes(':') && topic !== 'floor')
      void queries.invalidateQueries({ queryKey: keys.meeting(meetingId) });
  });
  // From the start: what the server sends first is known to it as well.
  if (room) followKnownItems(room);
  const synced = state?.synced ?? false;
  const before = useRef(false);
  useEffect(() => {
    // Notices that were sent while the line was cut are gone: ask once it is back.
    if (synced && !before.current) void queries.invalidateQueries({ queryKey: keys.meeting(meetingId) });
    before.current = synced;
  }, [synced, queries, meetingId]);
  const shownOut = state?.closedCode === CLOSE.notSignedIn && cameBefore();
  useEffect(() => {
    // A guest who was shown out: the answer to asking is that they are not signed in, and the page leaves the meeting.
    if (shownOut) void queries.invalidateQueries({ queryKey: keys.meeting(meetingId) });
  }, [shownOut, queries, meetingId]);
  return room;
}

/** The open item's room; `null` until the server can know the item. */
export function useItemRoom(
  meetingId: Id,
  itemId: Id | null,
  agenda: RoomClient | null,
  exists: boolean,
): RoomClient | null {
  // The answer changes with the agenda's state of saving: read it so that it is asked again then.
  useRoomState(agenda);
  const ready = itemId !== null && exists && agenda !== null && serverKnows(agenda, itemId);
  return useRoom(ready ? roomName({ kind: 'item', meetingId, itemId }) : null);
}
