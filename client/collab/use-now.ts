/** Why this file exists: clocks on the page go by the server's time and tick together. */
import { useEffect, useState } from 'react';
import { serverNow } from './clock.ts';

/** The server's time in milliseconds, refreshed every `everyMs` on its boundary; by itself it re-renders nothing else. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(serverNow());
      timer = setTimeout(tick, everyMs - (serverNow() % everyMs));
    };
    timer = setTimeout(tick, everyMs - (serverNow() % everyMs));
    return () => clearTimeout(timer);
  }, [everyMs]);
  return now;
}
