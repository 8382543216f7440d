/**
 * Why this file exists: the upgrade to a WebSocket, beside the HTTP application. After a restart everybody comes in the
 * same seconds, so what an upgrade does is little and waits for nothing: the checks every request passes (origin, host),
 * the address, the handshake; then the socket belongs to the door (collab.ts). All of it in one turn, so nobody stands
 * half in.
 *
 * Browsers cannot see an HTTP refusal of an upgrade. So only what no page of ours asks for gets one; everything else is
 * accepted and closed with a code.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { newId } from '#shared/ids.ts';
import { MAX_FRAME_BYTES } from '#shared/wire.ts';
import { createHeapWatch } from './capacity.ts';
import { OWN_PAGE } from './gatekeepers.ts';
import type { Site } from './site.ts';
import { VisitSocket } from './visit.ts';

/** How long a peer may take to answer our closing handshake, in milliseconds. */
const CLOSE_TIMEOUT_MS = 5_000;

/** One socket that has been upgraded, and what it asked for. */
export interface Arrival {
  socket: VisitSocket;
  /** What it was upgraded on. */
  stream: Duplex;
  /** The room's name as it stands in the address, decoded. */
  room: string;
  query: URLSearchParams;
  cookie: string | undefined;
  /** The id the request was logged under; `null` when it was not logged. */
  requestId: string | null;
}

export interface UpgradeDeps {
  site: Site;
  /** There is no room for one more; by default the heap decides. */
  full?(): boolean;
  log: Logger;
  /** Takes the socket over; must attach to it before it returns. */
  enter(arrival: Arrival): void;
}

export interface Upgrades {
  /** For Node's `upgrade` event. Never throws. */
  handle(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Refuses everybody from now on. */
  close(): void;
}

const PREFIX = '/collab/';

const STATUS = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  503: 'Service Unavailable',
} as const;

interface Refusal {
  status: keyof typeof STATUS;
}

/** The name in `/collab/<name>`; `null` for every other path. A name that cannot be decoded is what it is, and no room. */
export function roomIn(path: string): string | null {
  if (!path.startsWith(PREFIX)) return null;
  const name = path.slice(PREFIX.length);
  if (name === '' || name.includes('/')) return null;
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function refuse(stream: Duplex, status: keyof typeof STATUS, requestId: string): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS[status]}`,
    'Connection: close',
    'Content-Length: 0',
    ...(status === 503 ? ['Retry-After: 5'] : []),
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    `X-Request-Id: ${requestId}`,
  ];
  stream.end(`${lines.join('\r\n')}\r\n\r\n`);
}

/** The upgrades of one server. */
export function createUpgrades({ site, log, enter, full = createHeapWatch() }: UpgradeDeps): Upgrades {
  // Apart from the call: the types do not know `closeTimeout` yet.
  const options = {
    noServer: true,
    WebSocket: VisitSocket,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    closeTimeout: CLOSE_TIMEOUT_MS,
    // A message in tiny pieces costs some hundred bytes of memory for each of them, whatever it weighs.
    maxFragments: 512,
    maxBufferedChunks: 8_192,
  };
  const sockets = new WebSocketServer(options);

  function check({ headers, url = '' }: IncomingMessage): Refusal | Pick<Arrival, 'room' | 'query'> {
    const fetchSite = headers['sec-fetch-site'];
    const own = fetchSite === undefined || (typeof fetchSite === 'string' && OWN_PAGE.has(fetchSite));
    if (headers.origin !== site.origin || !own) return { status: 403 };
    if (headers.host?.toLowerCase() !== site.host) return { status: 421 };
    const query = url.indexOf('?');
    const room = roomIn(query < 0 ? url : url.slice(0, query));
    if (room === null) return { status: 404 };
    // Before the handshake: it costs least, and pages come again by themselves, each a little later every time.
    if (full()) return { status: 503 };
    return { room, query: new URLSearchParams(query < 0 ? '' : url.slice(query)) };
  }

  return {
    handle(request, stream, head) {
      const from = performance.now();
      let requestId: string | null = null;
      const id = (): string => {
        requestId ??= newId();
        return requestId;
      };
      const done = (status: number, known: boolean): void => {
        if (!log.isLevelEnabled('info')) return;
        const route = known ? '/collab/:room' : 'none';
        const ms = Math.round(performance.now() - from);
        log.info({ requestId: id(), method: request.method?.slice(0, 10), route, status, ms }, 'request');
      };
      // A peer that breaks off now breaks nothing here.
      stream.on('error', ignore);
      const asked = check(request);
      if ('status' in asked) {
        refuse(stream, asked.status, id());
        done(asked.status, asked.status !== 404);
        return;
      }
      // The answer and the room's first frames leave in one packet.
      stream.cork();
      let upgraded = false;
      sockets.handleUpgrade(request, stream, head, (socket) => {
        upgraded = true;
        stream.off('error', ignore);
        // A frame too large or malformed: ws closes by itself with 1009 or 1002; without a listener it would throw.
        socket.on('error', ignore);
        const requestId = log.isLevelEnabled('info') ? id() : null;
        enter({ socket, stream, ...asked, cookie: request.headers.cookie, requestId });
      });
      stream.uncork();
      done(upgraded ? 101 : 400, true);
    },
    close: () => sockets.close(),
  };
}

function ignore(): void {}
