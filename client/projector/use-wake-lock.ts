/** Why this file exists: nobody touches the computer behind a projector, and its screen must not go dark in the middle of a break. */
import { useEffect } from 'react';

/** Keeps the screen awake while mounted and visible, where the browser can. Never fails. */
export function useWakeLock(): void {
  useEffect(() => {
    let held: WakeLockSentinel | null = null;
    let gone = false;
    const take = async (): Promise<void> => {
      if (gone || held || document.visibilityState !== 'visible') return;
      try {
        const lock = await navigator.wakeLock?.request('screen');
        if (!lock) return;
        if (gone) return void lock.release();
        held = lock;
        // The browser lets go when the page is hidden.
        lock.addEventListener('release', () => {
          held = null;
        });
      } catch {
        // A battery that is nearly empty, or a page that may not: the screen's own settings hold.
      }
    };
    const follow = () => void take();
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', follow);
      void held?.release();
    };
  }, []);
}
