/**
 * Why this file exists: when many guess codes, the server asks everybody at their address to come again in some seconds.
 * Whoever has the right code need do nothing about it.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiFailure } from '../api/request.ts';

/** Whole seconds left until the next try, or `null`; `later` begins to wait when the error asks for it. */
export function usePatience(): {
  left: number | null;
  later(error: unknown, again: () => void): boolean;
  stop(): void;
} {
  const [left, setLeft] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setInterval> | null>(null);
  const stop = useCallback(() => {
    if (timer.current !== null) clearInterval(timer.current);
    timer.current = null;
    setLeft(null);
  }, []);
  useEffect(() => stop, [stop]);
  const later = useCallback(
    (error: unknown, again: () => void) => {
      if (!(error instanceof ApiFailure) || error.code !== 'too-many-attempts') return false;
      stop();
      // Not all of a hall in the same second.
      let seconds = (error.retryAfter ?? 5) + Math.floor(Math.random() * 3);
      setLeft(seconds);
      timer.current = setInterval(() => {
        seconds -= 1;
        if (seconds > 0) return setLeft(seconds);
        stop();
        again();
      }, 1_000);
      return true;
    },
    [stop],
  );
  return { left, later, stop };
}
