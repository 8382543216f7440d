/**
 * Why this file exists: the one place where the parts are put together. Only this file, the demo and the tests know
 * which storage and which relay the use cases run on.
 */
import type { Id } from '#shared/ids.ts';
import type { Config } from './config.ts';
import type { Clock, Relay } from './relay/ports.ts';
import type { Services } from './services.ts';

export interface StartOptions {
  config: Config;
  /** Mounts `GET /demo/:token` and gives {@link RunningServer.devLink}. Never from `npm start`. */
  devLinks?: boolean;
  /** Milliseconds since 1970; by default the machine's clock. Sessions and links always live by the machine's. */
  clock?: Clock;
}

export interface RunningServer {
  /** The public origin, without a slash at the end. */
  url: string;
  services: Services;
  relay: Relay;
  /** A plain GET address that signs this person in, as often as one likes, and leads to `path`. Only with `devLinks`. */
  devLink(personId: Id, path: string): string;
  /** Flushes and closes everything; resolves when the data is on disk. */
  stop(): Promise<void>;
}

/** Opens the data, starts listening and resolves when requests are served. */
export declare function startServer(options: StartOptions): Promise<RunningServer>;
