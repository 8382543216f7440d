/**
 * Why this file exists: Node's HTTP server with its limits. The port may be chosen by the system, so what is served is
 * made when the address is known.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppEnv } from './env.ts';
import type { Upgrades } from './upgrade.ts';

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
  serve(port: number): Served;
}

export interface Served {
  app: Hono<AppEnv>;
  upgrades: Upgrades;
  /** Cuts off every socket that was upgraded. */
  terminate(): void;
}

/** Resolves when requests are served; rejects when the address cannot be taken. */
export async function listen(options: ListenOptions): Promise<Listening> {
  let served: Served | null = null;
  const server = createAdaptorServer({
    fetch: (request, env) => served?.app.fetch(request, env) ?? new Response(null, { status: 503 }),
    // The adapter would otherwise replace Request and Response for the whole process.
    overrideGlobalObjects: false,
    serverOptions: {
      // A slow peer is shown out: whole headers within 15 s, whole request within 30 s.
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      // We answer no upgrade but websocket's and would leave others hanging: let them be ordinary requests.
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
  served = options.serve(port);
  const { upgrades, terminate } = served;
  server.on('upgrade', upgrades.handle);

  return {
    port,
    async close(patience) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      upgrades.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => {
        terminate();
        server.closeAllConnections();
      }, patience);
      await closed;
      clearTimeout(timer);
    },
  };
}
