/**
 * Why this file exists: two things end a socket that nobody closes: its session runs out (or is deleted behind our
 * back), and its peer vanishes without a word.
 */
import { CLOSE } from '#shared/wire.ts';
import type { Relay } from '../relay/ports.ts';
import type { Sessions } from '../services.ts';

/** What is watched: a socket, or the line of a page that gets no socket through. */
export interface Watched {
  readonly sessionId: string;
  /** Whether the last ping was answered. */
  answered: boolean;
  /** Makes a peer that is there show it. */
  ping(): void;
  terminate(): void;
}

export interface WatchTimes {
  /** How often sessions are looked at, in milliseconds: a socket outlives its session by at most this. */
  sessionMs: number;
  /** How often peers are pinged, in milliseconds. Who has not answered at the next one is gone, so after twice this. */
  pingMs: number;
}

const TIMES: WatchTimes = { sessionMs: 750, pingMs: 20_000 };

export interface SocketWatch {
  add(visit: Watched): void;
  /** For a socket that has closed. */
  remove(visit: Watched): void;
  /** Cuts every socket off. */
  terminate(): void;
  stop(): void;
}

/** Watches over the sockets added until they are removed. `failed` hears when the sessions could not be read. */
export function createSocketWatch(
  sessions: Pick<Sessions, 'alive'>,
  relay: Pick<Relay, 'disconnect'>,
  failed: (error: unknown) => void,
  times: Partial<WatchTimes> = {},
): SocketWatch {
  const { sessionMs, pingMs } = { ...TIMES, ...times };
  const visits = new Set<Watched>();

  function look(): void {
    if (visits.size === 0) return;
    const ids = new Set<string>();
    for (const visit of visits) ids.add(visit.sessionId);
    try {
      const alive = sessions.alive([...ids]);
      for (const sessionId of ids)
        if (!alive.has(sessionId)) relay.disconnect({ sessionId }, CLOSE.notSignedIn, 'session ended');
    } catch (error) {
      failed(error);
    }
  }

  function ping(): void {
    for (const visit of visits) {
      if (!visit.answered) visit.terminate();
      else {
        visit.answered = false;
        visit.ping();
      }
    }
  }

  const timers = [setInterval(look, sessionMs), setInterval(ping, pingMs)];
  for (const timer of timers) timer.unref();

  return {
    add: (visit) => void visits.add(visit),
    remove: (visit) => void visits.delete(visit),
    terminate() {
      for (const visit of visits) visit.terminate();
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
