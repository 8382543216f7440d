/** Why this file exists: clocks on the page move on by themselves, but only while something is being timed. */
import { useEffect, useState } from 'react';

const EVERY_MS = 10_000;

/** The time in milliseconds, renewed every ten seconds while `ticking` and whenever the page is looked at again. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const renew = () => setNow(Date.now());
    renew();
    const timer = setInterval(renew, EVERY_MS);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [ticking]);
  return now;
}
