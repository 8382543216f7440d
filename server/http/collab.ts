/**
 * Why this file exists: the door of the rooms. It decides who somebody is and hands the socket to the relay; what they
 * may do is the relay's business. Who is refused is closed with a code, before any frame of the room.
 */
import { Hono } from 'hono';
import { parseRoom } from '#shared/rooms.ts';
import { CLOSE, EDITOR_SCHEMA_VERSION, WIRE_VERSION } from '#shared/wire.ts';
import type { SessionCookies } from '../people/sessions.ts';
import type { ConnectRequest, Relay } from '../relay/ports.ts';
import type { Services } from '../services.ts';
import type { AppEnv } from './env.ts';
import { errorResponse } from './errors.ts';
import { ShownOut } from './shown-out.ts';
import type { SocketWatch } from './socket-watch.ts';
import type { Arrival } from './upgrade.ts';
import { Visit } from './visit.ts';

export interface CollabDeps {
  services: Pick<Services, 'sessions' | 'access'>;
  relay: Pick<Relay, 'connect'>;
  cookies: SessionCookies;
  watch: SocketWatch;
  /** Hears of what went wrong while somebody was let in. */
  failed(error: unknown): void;
}

/** What somebody asks for at the door, and what shows who they are. */
export type Asked = Pick<Arrival, 'room' | 'query' | 'cookie' | 'requestId'>;

export interface Refused {
  code: number;
  reason: string;
}

const NOT_SIGNED_IN: Refused = { code: CLOSE.notSignedIn, reason: 'not signed in' };

/** Whether an editor of schema `named` would destroy what it does not know; one that names none has no editor. */
function tooOld(named: string | null): boolean {
  return named !== null && !(Number(named) >= EDITOR_SCHEMA_VERSION);
}

/** Whose room this is and as whom they come, or why they do not; the same for whatever they come over. */
export function admit(
  asked: Asked,
  { cookies, services }: Pick<CollabDeps, 'cookies' | 'services'>,
): ConnectRequest | Refused {
  const { room, query } = asked;
  const token = cookies.read(asked.cookie);
  const caller = token === null ? null : services.sessions.peek(token);
  if (!caller) return NOT_SIGNED_IN;
  if (!parseRoom(room)) return { code: CLOSE.noSuchRoom, reason: 'no such room' };
  if (tooOld(query.get('schema'))) return { code: CLOSE.reload, reason: 'reload the page' };
  const principal = services.access.principal(caller, room);
  if (!principal) return NOT_SIGNED_IN;
  return { room, principal, extended: query.get('v') === WIRE_VERSION, id: asked.requestId };
}

function handOver({ socket, stream }: Arrival, admitted: ConnectRequest, { relay, watch }: CollabDeps): void {
  const visit = new Visit(socket, stream, admitted.principal.sessionId);
  visit.begin(relay.connect(visit, admitted), watch.remove);
  watch.add(visit);
}

export interface Door {
  /** Takes over a socket that has just been upgraded. */
  enter(arrival: Arrival): void;
  /** Cuts every socket off. */
  terminate(): void;
}

/** What a socket that has just been upgraded meets. */
export function createDoor(deps: CollabDeps): Door {
  const shownOut = new ShownOut();
  return {
    enter(arrival) {
      const { socket } = arrival;
      try {
        const admitted = admit(arrival, deps);
        if ('code' in admitted) shownOut.close(socket, admitted.code, admitted.reason);
        else handOver(arrival, admitted, deps);
      } catch (error) {
        // Not knowing who somebody is lets nobody in; the client comes again.
        deps.failed(error);
        shownOut.close(socket, CLOSE.internal, 'access could not be decided');
      }
    },
    terminate() {
      shownOut.terminate();
      deps.watch.terminate();
    },
  };
}

/** `GET /collab/:room` without an upgrade, which upgrade.ts takes. */
export function collabRoutes() {
  return new Hono<AppEnv>().get('/collab/:room', (c) => {
    c.header('Upgrade', 'websocket');
    return errorResponse(c, 'bad-request', 'This is a WebSocket address.', {}, 426);
  });
}
