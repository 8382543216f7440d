/**
 * Why this file exists: Node's HTTP server with its limits, and the WebSocket server behind the upgrade. The port may be
 * chosen by the system, so the application is made when the address is known.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { MAX_FRAME_BYTES } from '#shared/wire.ts';
import type { AppEnv } from './env.ts';

export interface Listening {
  /** The port that was taken. */
  port: number;
  /** Stops accepting, waits for what is going on, at most `patience` milliseconds. */
  close(patience: number): Promise<void>;
}

export interface ListenOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Called once, with the port that was taken, before the first request is served. */
  app(port: number): Hono<AppEnv>;
}

/** Resolves when requests are served; rejects when the address cannot be taken. */
export async function listen(options: ListenOptions): Promise<Listening> {
  let app: Hono<AppEnv> | null = null;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    // A message in tiny pieces costs some hundred bytes of memory for each of them, whatever it weighs.
    maxFragments: 1_024,
    maxBufferedChunks: 8_192,
  });
  const server = createAdaptorServer({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(null, { status: 503 }),
    websocket: { server: sockets },
    // The adapter would otherwise replace Request and Response for the whole process.
    overrideGlobalObjects: false,
    serverOptions: {
      // A slow peer is shown out: whole headers within 15 s, whole request within 30 s.
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      // The adapter answers no upgrade but websocket's and would leave others hanging: let them be ordinary requests.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  app = options.app(port);

  return {
    port,
    async close(patience) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, patience);
      await closed;
      clearTimeout(timer);
    },
  };
}
