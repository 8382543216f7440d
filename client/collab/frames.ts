/**
 * Why this file exists: our own message types beside the y-websocket protocol, and the one correction we make to the
 * stock provider: it sends everybody's awareness back to the server, ours does not.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { writeSyncStep1 } from 'y-protocols/sync';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  type Access,
  type AccessReason,
  MESSAGE_ACCESS,
  MESSAGE_EPOCH,
  MESSAGE_HASH,
  MESSAGE_MARK,
  MESSAGE_NOTICE,
  MESSAGE_PERSISTED,
  MESSAGE_RECEIVED,
  MESSAGE_SYNC,
} from '#shared/wire.ts';

/** What the server says to a room client. */
export interface ServerFrames {
  /** Any frame at all: the socket is alive. */
  alive(): void;
  epoch(epoch: string): void;
  /** A sync message is about to be read; the update in it that will change the document, `null` for a mere question. */
  beforeRemote(update: Uint8Array | null): void;
  /** The server's state vector, before the stock handler answers it; told also to who is otherwise deaf. */
  serverState(stateVector: Map<number, number>): void;
  received(n: number): void;
  persisted(n: number): void;
  access(access: Access, reason: AccessReason): void;
  notice(topic: string): void;
  /** The hash of what the quiet room shows. */
  hash(hash: string): void;
  /** When true, nothing more is read from or answered to the server. */
  readonly deaf: boolean;
}

/** Registers our handlers on a provider. The array belongs to the provider alone. */
export function installFrames(provider: WebsocketProvider, to: ServerFrames): void {
  const handlers = provider.messageHandlers;
  const stock = handlers.slice();
  for (const [type, handler] of stock.entries()) {
    if (!handler) continue;
    handlers[type] = (encoder, decoder, from, emitSynced, messageType) => {
      to.alive();
      if (type === MESSAGE_SYNC) peekState(decoder, to);
      if (to.deaf) return;
      if (type === MESSAGE_SYNC) to.beforeRemote(peekUpdate(decoder));
      handler(encoder, decoder, from, emitSynced, messageType);
    };
  }
  const own = (type: number, read: (decoder: decoding.Decoder) => void) => {
    handlers[type] = (_encoder, decoder) => {
      to.alive();
      if (!to.deaf) read(decoder);
    };
  };
  own(MESSAGE_EPOCH, (decoder) => to.epoch(decoding.readVarString(decoder)));
  own(MESSAGE_RECEIVED, (decoder) => to.received(decoding.readVarUint(decoder)));
  own(MESSAGE_PERSISTED, (decoder) => to.persisted(decoding.readVarUint(decoder)));
  own(MESSAGE_ACCESS, (decoder) => {
    const access = decoding.readVarString(decoder);
    const reason = decoding.readVarString(decoder) as AccessReason;
    to.access(access === 'write' || access === 'read' ? access : 'none', reason);
  });
  own(MESSAGE_NOTICE, (decoder) => to.notice(decoding.readVarString(decoder)));
  own(MESSAGE_HASH, (decoder) => to.hash(decoding.readVarString(decoder)));
}

function peekState(decoder: decoding.Decoder, to: ServerFrames): void {
  const copy = decoding.clone(decoder);
  if (decoding.readVarUint(copy) !== 0) return;
  to.serverState(Y.decodeStateVector(decoding.readVarUint8Array(copy)));
}

function peekUpdate(decoder: decoding.Decoder): Uint8Array | null {
  const copy = decoding.clone(decoder);
  return decoding.readVarUint(copy) === 0 ? null : decoding.readVarUint8Array(copy);
}

/** Frames sent on each counting socket. */
const framesSent = new WeakMap<WebSocket, number>();

/** What {@link countingSocket} has made, by what it was made of. */
const counting = new WeakMap<typeof WebSocket, typeof WebSocket>();

/**
 * A socket class whose marks say how many frames were sent before them: the server calls nothing saved when something
 * on the way has lost one. The same class for the same base.
 */
export function countingSocket(Base: typeof WebSocket): typeof WebSocket {
  const known = counting.get(Base);
  if (known) return known;
  const made = class CountingSocket extends Base {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      super.send(data);
      framesSent.set(this, (framesSent.get(this) ?? 0) + 1);
    }
  };
  counting.set(Base, made);
  return made;
}

function send(provider: WebsocketProvider, write: (encoder: encoding.Encoder, socket: WebSocket) => void): boolean {
  const { ws } = provider;
  if (!provider.wsconnected || ws === null || ws.readyState !== ws.OPEN) return false;
  const encoder = encoding.createEncoder();
  write(encoder, ws);
  ws.send(encoding.toUint8Array(encoder));
  return true;
}

/** Sends `mark(n)` if the socket is open; it follows every update sent before it. */
export function sendMark(provider: WebsocketProvider, n: number): boolean {
  return send(provider, (encoder, socket) => {
    encoding.writeVarUint(encoder, MESSAGE_MARK);
    encoding.writeVarUint(encoder, n);
    const sent = framesSent.get(socket);
    if (sent !== undefined) encoding.writeVarUint(encoder, sent);
  });
}

/** Tells the server that this copy shows something else: the hash of it. */
export function sendHash(provider: WebsocketProvider, hash: string): boolean {
  return send(provider, (encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_HASH);
    encoding.writeVarString(encoder, hash);
  });
}

/** Asks the server for everything this copy lacks. */
export function askForMissing(provider: WebsocketProvider): boolean {
  return send(provider, (encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    writeSyncStep1(encoder, provider.doc);
  });
}

/**
 * Sends one's own awareness only. The filtered handler is stored back on the provider, or `destroy()` would leak it.
 */
export function filterEchoes(provider: WebsocketProvider): void {
  const stock = provider._awarenessUpdateHandler;
  provider.awareness.off('update', stock);
  const filtered: typeof stock = (changes, origin) => {
    if (origin === 'local') stock(changes, origin);
  };
  provider._awarenessUpdateHandler = filtered;
  provider.awareness.on('update', filtered);
}

/**
 * Takes over the renewal of one's own presence and stops the removal of others after 30 s: hidden tabs are throttled to
 * one timer a minute, and the server says when somebody has left. Returns what stops it.
 */
export function steadyPresence(awareness: WebsocketProvider['awareness']): () => void {
  const inner = awareness as unknown as { _checkInterval: ReturnType<typeof setInterval> };
  clearInterval(inner._checkInterval);
  const timer = setInterval(() => {
    const state = awareness.getLocalState();
    if (state !== null) awareness.setLocalState(state);
  }, 15_000);
  return () => clearInterval(timer);
}
