/**
 * Why this file exists: networks do worse than close. This stands between a client and a server process on loopback,
 * lets the upgrade through, then reads the WebSocket frames of both directions one by one and does to each what the test
 * says: drop it, send it twice, hold it back, let the next one overtake it, cut the line. It can also go silent without
 * closing anything (a lid shut, a NAT that forgot), and stop reading (a peer that does not keep up).
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createRequestFaults, type PassingRequest, type RequestFate } from './fault-requests.ts';
import { FrameSplitter, type WireFrame } from './websocket-frames.ts';

export type Way = 'toServer' | 'toClient';

/** A message as it passes. Types and steps are those of shared/wire.ts and the sync protocol. */
export interface Passing {
  way: Way;
  /** Number of its connection, from 0 in the order they came. */
  link: number;
  /** How many messages have passed this way on this connection before it. */
  index: number;
  payload: Uint8Array;
  /** First varint of the payload: 0 sync, 1 awareness, 120 and up ours. */
  type: number;
  /** Second varint of a sync message: 0 step 1, 1 step 2, 2 update; -1 for others. */
  step: number;
}

/** What becomes of a message. `later` lets the next message of its way overtake it. */
export type Fate = 'pass' | 'drop' | 'twice' | 'later' | 'cut' | { delay: number };

export interface FaultProxy {
  readonly port: number;
  /** `ws://…/collab`, for a provider. */
  readonly address: string;
  /** Decides about every binary message; `pass` by default. */
  decide: (message: Passing) => Fate;
  /** Decides about every plain request; `pass` by default. */
  decideRequest: (request: PassingRequest) => RequestFate;
  /** What becomes of upgrades: some networks refuse them, others swallow them. */
  upgrades: 'pass' | 'refuse' | 'swallow';
  /** How many sockets have been upgraded. */
  readonly links: number;
  /** Stops forwarding without closing; `heal` forwards again what has been held back. */
  silence(way: Way | 'both', link?: number): void;
  heal(): void;
  /** Kills every connection, or one. */
  cut(link?: number): void;
  /** New connections are refused until `accept(true)`. */
  accept(accepting: boolean): void;
  /** Sends newcomers to another server. */
  retarget(port: number): void;
  close(): Promise<void>;
}

interface Line {
  number: number;
  sockets: Record<Way, Socket>;
  silent: Record<Way, boolean>;
  held: Record<Way, WireFrame[]>;
  overtaken: Record<Way, Buffer | null>;
  queue: Record<Way, Promise<void>>;
  count: Record<Way, number>;
  dead: boolean;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const BINARY = 2;

/** Opens a proxy to a server on loopback. */
export async function createFaultProxy(target: number): Promise<FaultProxy> {
  const lines = new Set<Line>();
  const swallowed = new Set<Socket>();
  let port = target;
  let made = 0;
  let accepting = true;

  const kill = (line: Line): void => {
    line.dead = true;
    lines.delete(line);
    line.sockets.toServer.destroy();
    line.sockets.toClient.destroy();
  };

  const write = (line: Line, way: Way, bytes: Buffer): void => {
    if (!line.dead) line.sockets[way].write(bytes);
  };

  const put = (line: Line, way: Way, bytes: Buffer, delay = 0): void => {
    // One after the other, so that a message held back holds back those behind it, as TCP would.
    line.queue[way] = line.queue[way].then(async () => {
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      write(line, way, bytes);
      const late = line.overtaken[way];
      line.overtaken[way] = null;
      if (late) write(line, way, late);
    });
  };

  const pass = (line: Line, way: Way, frame: WireFrame): void => {
    if (line.silent[way]) {
      line.held[way].push(frame);
      return;
    }
    if (frame.opcode !== BINARY) {
      put(line, way, frame.bytes);
      return;
    }
    const payload = frame.payload();
    const message: Passing = {
      way,
      link: line.number,
      index: line.count[way]++,
      payload,
      type: payload[0] ?? -1,
      step: payload[0] === 0 ? (payload[1] ?? -1) : -1,
    };
    const fate = proxy.decide(message);
    if (fate === 'drop') return;
    if (fate === 'cut') kill(line);
    else if (fate === 'later')
      line.queue[way] = line.queue[way].then(() => {
        const before = line.overtaken[way];
        line.overtaken[way] = before ? Buffer.concat([before, frame.bytes]) : frame.bytes;
      });
    else if (typeof fate === 'object') put(line, way, frame.bytes, fate.delay);
    else {
      put(line, way, frame.bytes);
      if (fate === 'twice') put(line, way, frame.bytes);
    }
  };

  const requests = createRequestFaults(() => port);

  /** The first bytes say whether it is a socket or plain HTTP. */
  const join = (client: Socket): void => {
    client.once('readable', () => {
      const first = client.read() as Buffer | null;
      if (first === null) return;
      const upgrades = /\r\nupgrade: websocket/i.test(first.toString('latin1'));
      if (upgrades && proxy.upgrades === 'swallow') {
        swallowed.add(client);
        return;
      }
      if (upgrades && proxy.upgrades === 'refuse') {
        client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      client.unshift(first);
      if (upgrades) joinSocket(client);
      else requests.take(client);
    });
  };

  const joinSocket = (client: Socket): void => {
    const upstream = connect(port, '127.0.0.1');
    const none = () => ({ toServer: false, toClient: false });
    const line: Line = {
      number: made++,
      sockets: { toServer: upstream, toClient: client },
      silent: none(),
      held: { toServer: [], toClient: [] },
      overtaken: { toServer: null, toClient: null },
      queue: { toServer: Promise.resolve(), toClient: Promise.resolve() },
      count: { toServer: 0, toClient: 0 },
      dead: false,
    };
    lines.add(line);
    for (const [from, way] of [
      [client, 'toServer'],
      [upstream, 'toClient'],
    ] as const) {
      let head: Buffer | null = Buffer.alloc(0);
      const frames = new FrameSplitter();
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => {
        let rest = chunk;
        if (head) {
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf(HEAD_END);
          if (end < 0) return;
          put(line, way, head.subarray(0, end + 4));
          rest = head.subarray(end + 4);
          head = null;
        }
        for (const frame of frames.push(rest)) pass(line, way, frame);
      });
      from.on('error', () => {});
      // What was on its way still arrives, then the other side hears of the end; a silent line tells nobody.
      from.on('close', () => {
        if (!line.silent[way]) void line.queue[way].then(() => kill(line));
      });
    }
  };

  const server = createServer((client) => {
    client.on('error', () => {});
    if (accepting) join(client);
    else client.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('no address');

  const proxy: FaultProxy = {
    port: listening.port,
    address: `ws://127.0.0.1:${listening.port}/collab`,
    decide: () => 'pass',
    get decideRequest() {
      return requests.decide;
    },
    set decideRequest(decide) {
      requests.decide = decide;
    },
    upgrades: 'pass',
    get links() {
      return made;
    },
    silence(way, link) {
      for (const line of lines)
        if (link === undefined || line.number === link)
          for (const one of way === 'both' ? (['toServer', 'toClient'] as const) : [way]) line.silent[one] = true;
    },
    heal() {
      for (const line of lines)
        for (const way of ['toServer', 'toClient'] as const) {
          line.silent[way] = false;
          for (const frame of line.held[way].splice(0)) pass(line, way, frame);
          // Its end was not told while the line was silent.
          const other = line.sockets[way === 'toServer' ? 'toClient' : 'toServer'];
          if (other.destroyed) void line.queue[way].then(() => kill(line));
        }
    },
    cut(link) {
      if (link === undefined) requests.cut();
      for (const line of [...lines]) if (link === undefined || line.number === link) kill(line);
    },
    accept(now) {
      accepting = now;
    },
    retarget(to) {
      port = to;
    },
    async close() {
      for (const line of [...lines]) kill(line);
      requests.cut();
      for (const client of swallowed) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
