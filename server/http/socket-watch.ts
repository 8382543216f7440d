/**
 * Why this file exists: two things end a socket that nobody closes: its session runs out (or is deleted behind our
 * back), and its peer vanishes without a word.
 */
import type { WebSocket } from 'ws';
import { CLOSE } from '#shared/wire.ts';
import type { Relay } from '../relay/ports.ts';
import type { Sessions } from '../services.ts';

/** How often sessions are looked at, in milliseconds: a socket outlives its session by at most this. */
const SESSION_MS = 750;
/** A peer that answers no ping for this long is gone. */
const PING_MS = 20_000;

export interface SocketWatch {
  add(socket: WebSocket, sessionId: string): void;
  /** Cuts every socket off. */
  terminate(): void;
  stop(): void;
}

/** Watches over the sockets added until they close. `failed` hears when the sessions could not be read. */
export function createSocketWatch(
  sessions: Pick<Sessions, 'alive'>,
  relay: Pick<Relay, 'disconnect'>,
  failed: (error: unknown) => void,
): SocketWatch {
  const sockets = new Map<WebSocket, { sessionId: string; answered: boolean }>();

  function look(): void {
    const ids = [...new Set([...sockets.values()].map((entry) => entry.sessionId))];
    if (ids.length === 0) return;
    try {
      const alive = sessions.alive(ids);
      for (const sessionId of ids)
        if (!alive.has(sessionId)) relay.disconnect({ sessionId }, CLOSE.notSignedIn, 'session ended');
    } catch (error) {
      failed(error);
    }
  }

  function ping(): void {
    for (const [socket, entry] of sockets) {
      if (!entry.answered) socket.terminate();
      else {
        entry.answered = false;
        socket.ping();
      }
    }
  }

  const timers = [setInterval(look, SESSION_MS), setInterval(ping, PING_MS)];
  for (const timer of timers) timer.unref();

  return {
    add(socket, sessionId) {
      const entry = { sessionId, answered: true };
      sockets.set(socket, entry);
      socket.on('pong', () => {
        entry.answered = true;
      });
      socket.on('close', () => sockets.delete(socket));
    },
    terminate() {
      for (const socket of sockets.keys()) socket.terminate();
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
