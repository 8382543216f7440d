/**
 * Why this file exists: everything the HTTP side holds for somebody who is in a room, in one object, and the listeners
 * on their socket, which are the same few functions for everybody: a thousand idle rooms are mostly what is kept per
 * socket.
 */
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket } from 'ws';
import type { RelayConnection } from '../relay/ports.ts';
import type { Watched } from './socket-watch.ts';
import { WireSocket } from './wire-socket.ts';

/** A server's socket, which knows whose visit it carries. */
export class VisitSocket extends WebSocket {
  visit: Visit | null = null;
}

/** One socket that has been let in. */
export class Visit extends WireSocket implements Watched {
  readonly sessionId: string;
  readonly socket: VisitSocket;
  #answered = true;
  #connection: RelayConnection | null = null;
  #ended: ((visit: Visit) => void) | null = null;

  constructor(socket: VisitSocket, stream: Duplex, sessionId: string) {
    super(socket, stream);
    this.socket = socket;
    this.sessionId = sessionId;
  }

  /** From now on what the socket says goes to `connection`; `ended` is called once, when it is closed. */
  begin(connection: RelayConnection, ended: (visit: Visit) => void): void {
    this.#connection = connection;
    this.#ended = ended;
    this.socket.visit = this;
    this.socket.on('message', onMessage);
    this.socket.on('pong', onPong);
    this.socket.on('close', onClose);
  }

  message(data: RawData, isBinary: boolean): void {
    if (isBinary) this.#connection?.message(bytesOf(data));
    else this.#connection?.text();
  }

  /** See {@link Watched}. While it is held back its answer lies unread, and that is not its doing. */
  get answered(): boolean {
    return this.#answered || this.socket.isPaused;
  }

  set answered(answered: boolean) {
    this.#answered = answered;
  }

  ping(): void {
    this.socket.ping();
  }

  end(): void {
    this.#connection?.closed();
    this.#ended?.(this);
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  (this as VisitSocket).visit?.message(data, isBinary);
}

function onPong(this: WebSocket): void {
  const { visit } = this as VisitSocket;
  if (visit) visit.answered = true;
}

function onClose(this: WebSocket): void {
  (this as VisitSocket).visit?.end();
}
