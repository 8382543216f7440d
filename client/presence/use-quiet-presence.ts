/**
 * Why this file exists: who watches the wall, or sorts what was said, is not at the groups' tables. Dropping in is seen by
 * the group; looking at all of them at once is not, or every group would have a visitor all the time.
 */
import { useEffect, useRef } from 'react';
import type { RoomClient } from '../collab/index.ts';

/** How many on this page are nobody in a room: the last one to go says again who one is. */
const hushed = new WeakMap<RoomClient, number>();

function hush(room: RoomClient): void {
  hushed.set(room, (hushed.get(room) ?? 0) + 1);
  if (room.awareness.getLocalState() !== null) room.awareness.setLocalState(null);
}

function speak(room: RoomClient): void {
  const left = (hushed.get(room) ?? 1) - 1;
  hushed.set(room, left);
  if (left === 0 && room.awareness.getLocalState() === null) room.awareness.setLocalState({});
}

/** While mounted, this page is nobody in these rooms; afterwards it is whoever it says it is. */
export function useQuietPresence(rooms: readonly (RoomClient | null)[]): void {
  const quiet = useRef<ReadonlySet<RoomClient>>(new Set());
  useEffect(() => {
    // A room that stays says nothing in between: nobody comes and goes because one more room was opened.
    const now = new Set(rooms.filter((room) => room !== null));
    for (const room of now) if (!quiet.current.has(room)) hush(room);
    for (const room of quiet.current) if (!now.has(room)) speak(room);
    quiet.current = now;
  }, [rooms]);
  useEffect(
    () => () => {
      for (const room of quiet.current) speak(room);
      quiet.current = new Set();
    },
    [],
  );
}
