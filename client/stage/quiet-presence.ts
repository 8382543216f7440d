/**
 * Why this file exists: who watches the wall is not at the groups' tables. Dropping in is seen by the group; looking at all of
 * them at once is not, or every group would have a visitor all the time.
 */
import { useEffect } from 'react';
import type { RoomClient } from '../collab/index.ts';

/** While mounted, this page is nobody in these rooms; afterwards it is whoever it says it is. */
export function useQuietPresence(rooms: readonly (RoomClient | null)[]): void {
  useEffect(() => {
    for (const room of rooms) room?.awareness.setLocalState(null);
    return () => {
      for (const room of rooms) if (room && room.awareness.getLocalState() === null) room.awareness.setLocalState({});
    };
  }, [rooms]);
}
