/**
 * Why this file exists: "offline" in a browser's tools leaves open sockets open. A person whose network really goes away
 * is one whose browser reaches the server through this proxy when its cable is pulled.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';

export interface CuttableProxy {
  /** Address for a browser context's `proxy.server`. */
  readonly url: string;
  /** Kills every connection, and every new one until {@link mend}. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A forward proxy on loopback: plain requests, and CONNECT for sockets, unless it is one that lets none through. */
export async function createCuttableProxy({ sockets = true } = {}): Promise<CuttableProxy> {
  const open = new Set<Socket>();
  let broken = false;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  };

  const server = createServer((incoming, outgoing) => {
    const forwarded = request(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    forwarded.on('socket', (socket) => {
      if (!open.has(socket)) keep(socket);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.on('connection', (socket) => {
    keep(socket);
    if (broken) socket.destroy();
  });
  server.on('connect', (incoming, client: Socket, head: Buffer) => {
    if (!sockets) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${incoming.url ?? ''}`);
    const upstream = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const killAll = (): void => {
    for (const socket of [...open]) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut() {
      broken = true;
      killAll();
    },
    mend() {
      broken = false;
    },
    async close() {
      killAll();
      server.close();
      await once(server, 'close');
    },
  };
}
