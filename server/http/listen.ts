/**
 * Why this file exists: Node's HTTP server with its limits. The port may be chosen by the system, so what is served is
 * made when the address is known.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { socketCapacity } from './capacity.ts';
import type { AppEnv } from './env.ts';
import type { Upgrades } from './upgrade.ts';

export interface Listening {
  /** The port that was taken. */
  port: number;
  /** Stops accepting, waits for what is going on, at most `patience` milliseconds. */
  close(patience: number): Promise<void>;
}

export interface PatienceTimes {
  /** For whole headers, in milliseconds from the connection on. */
  headersMs: number;
  /** For the whole request, in milliseconds. */
  requestMs: number;
  /** How often slow peers are looked for, in milliseconds. */
  checkMs: number;
}

/** A slow peer is shown out. */
const TIMES: PatienceTimes = { headersMs: 15_000, requestMs: 30_000, checkMs: 5_000 };

export interface ListenOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Hears when no more sockets can be taken, or something else is wrong with taking them. */
  failed(error: unknown): void;
  times?: Partial<PatienceTimes> | undefined;
  /** Called once, with the port that was taken, before the first request is served. */
  serve(port: number): Served;
}

export interface Served {
  app: Hono<AppEnv>;
  upgrades: Upgrades;
  /** Cuts off every socket that was upgraded. */
  terminate(): void;
}

/** That there is no room is said this often at most, in milliseconds. */
const DROP_LOG_MS = 10_000;

/** Resolves when requests are served; rejects when the address cannot be taken. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const times = { ...TIMES, ...options.times };
  let served: Served | null = null;
  const server = createAdaptorServer({
    fetch: (request, env) => served?.app.fetch(request, env) ?? new Response(null, { status: 503 }),
    // The adapter would otherwise replace Request and Response for the whole process.
    overrideGlobalObjects: false,
    serverOptions: {
      headersTimeout: times.headersMs,
      requestTimeout: times.requestMs,
      connectionsCheckingInterval: times.checkMs,
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
  // Beyond this newcomers are hung up on at once and nobody else notices.
  server.maxConnections = socketCapacity();
  let lastDrop = 0;
  server.on('drop', () => {
    if (Date.now() - lastDrop < DROP_LOG_MS) return;
    lastDrop = Date.now();
    options.failed(new Error(`all ${server.maxConnections} sockets are taken`));
  });
  // Unheard, a descriptor too few would end the process.
  server.on('error', options.failed);
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
