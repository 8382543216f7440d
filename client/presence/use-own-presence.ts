/** Why this file exists: what this page tells the others about its reader: which item, whether writing, whether it is looked at. */
import { useEffect, useRef } from 'react';
import type { Id } from '#shared/ids.ts';
import { type RoomClient, setPresence } from '../collab/index.ts';

/** A tab that is looked away from for less than this is still there: nobody flickers by switching windows. */
const HIDDEN_AFTER_MS = 20_000;

/** Keeps the awareness of the agenda's room true. */
export function useOwnPresence(agenda: RoomClient | null, itemId: Id | null): { setTyping(typing: boolean): void } {
  useEffect(() => {
    if (agenda) setPresence(agenda, { itemId: itemId ?? '', typing: false });
  }, [agenda, itemId]);

  useEffect(() => {
    if (!agenda) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') setPresence(agenda, { hidden: false });
      else timer = setTimeout(() => setPresence(agenda, { hidden: true }), HIDDEN_AFTER_MS);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [agenda]);

  const room = useRef(agenda);
  useEffect(() => {
    room.current = agenda;
  }, [agenda]);
  const own = useRef({
    setTyping(typing: boolean) {
      if (room.current) setPresence(room.current, { typing });
    },
  });
  return own.current;
}
