/**
 * Why this file exists: the door of the rooms. It decides who somebody is and hands the socket to the relay; what they
 * may do is the relay's business. Browsers cannot see an HTTP refusal of an upgrade, so only a wrong Origin (which no
 * page of ours has) gets one; everything else is accepted and closed with a code, before any frame of the room.
 */
import type { Duplex } from 'node:stream';
import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import type { WSContext, WSEvents } from 'hono/ws';
import type { RawData, WebSocket } from 'ws';
import { parseRoom } from '#shared/rooms.ts';
import { CLOSE, EDITOR_SCHEMA_VERSION, WIRE_VERSION } from '#shared/wire.ts';
import type { SessionCookies } from '../people/sessions.ts';
import type { Principal, Relay } from '../relay/ports.ts';
import type { Services } from '../services.ts';
import type { AppEnv } from './env.ts';
import { errorResponse } from './errors.ts';
import type { SocketWatch } from './socket-watch.ts';
import { wireSocket } from './wire-socket.ts';

export interface CollabDeps {
  services: Pick<Services, 'sessions' | 'access'>;
  relay: Pick<Relay, 'connect'>;
  cookies: SessionCookies;
  watch: SocketWatch;
}

interface Refused {
  code: number;
  reason: string;
}

interface Admitted {
  room: string;
  principal: Principal;
  extended: boolean;
  id?: string;
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** Whether an editor of schema `named` would destroy what it does not know; one that names none has no editor. */
function tooOld(named: string | undefined): boolean {
  return named !== undefined && !(Number(named) >= EDITOR_SCHEMA_VERSION);
}

function handOver(socket: WebSocket, stream: Duplex, admitted: Admitted, deps: CollabDeps): void {
  const connection = deps.relay.connect(wireSocket(socket, stream), admitted);
  socket.on('message', (data, isBinary) => {
    if (isBinary) connection.message(bytesOf(data));
    else connection.text();
  });
  socket.on('close', () => connection.closed());
  deps.watch.add(socket, admitted.principal.sessionId);
}

/** `GET /collab/:room`, upgraded. */
export function collabRoutes(deps: CollabDeps) {
  const admit = async (
    cookie: string | undefined,
    room: string,
    query: { v?: string; schema?: string },
  ): Promise<Admitted | Refused> => {
    const token = deps.cookies.read(cookie);
    const caller = token === null ? null : deps.services.sessions.peek(token);
    if (!caller) return { code: CLOSE.notSignedIn, reason: 'not signed in' };
    if (!parseRoom(room)) return { code: CLOSE.noSuchRoom, reason: 'no such room' };
    if (tooOld(query.schema)) return { code: CLOSE.reload, reason: 'reload the page' };
    const principal = deps.services.access.principal(caller, room);
    if (!principal) return { code: CLOSE.notSignedIn, reason: 'not signed in' };
    return { room, principal, extended: query.v === WIRE_VERSION };
  };

  return new Hono<AppEnv>().get(
    '/collab/:room',
    async (c, next) => {
      if (c.req.header('upgrade')?.toLowerCase() === 'websocket') return next();
      c.header('Upgrade', 'websocket');
      return errorResponse(c, 'bad-request', 'This is a WebSocket address.', {}, 426);
    },
    upgradeWebSocket(async (c): Promise<WSEvents<unknown>> => {
      const { v, schema } = c.req.query();
      const admitted = await admit(c.req.header('cookie'), c.req.param('room') ?? '', {
        ...(v === undefined ? {} : { v }),
        ...(schema === undefined ? {} : { schema }),
      });
      return {
        // The relay's handlers hang on the socket itself: an event object per keystroke would be made for nothing.
        onOpen(_event, context: WSContext<unknown>) {
          const socket = context.raw as WebSocket;
          // A frame too large or malformed: ws closes by itself with 1009 or 1002; without a listener it would throw.
          socket.on('error', () => {});
          if ('code' in admitted) socket.close(admitted.code, admitted.reason);
          else handOver(socket, c.env.incoming.socket, { ...admitted, id: c.var.requestId }, deps);
        },
      };
    }),
  );
}
