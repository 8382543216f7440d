/**
 * Why this file exists: `ws` sends each message as header and payload apart, twice the stream's bookkeeping and a
 * `writev`. The relay's parcels hold the bytes of the wire already, so they are written to the TCP stream itself.
 *
 * Order holds: `ws` writes its own pings, pongs and closes to the same stream at once, because nothing is compressed
 * (a compressing socket would queue them; such a socket is refused here).
 */
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Parcel } from '../relay/parcel.ts';
import type { RelaySocket } from '../relay/ports.ts';

/** The relay's end of an upgraded socket. A class, because there is one for everybody who is here. */
export class WireSocket implements RelaySocket {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;

  /** `stream` is what `socket` was upgraded on. Throws when the socket compresses. */
  constructor(socket: WebSocket, stream: Duplex) {
    if (socket.extensions !== '') throw new Error(`cannot write beside the extension ${socket.extensions}`);
    this.#socket = socket;
    this.#stream = stream;
  }

  send(parcel: Parcel): void {
    // A socket that is closing has said its last word, as in ws's own send.
    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(parcel.wire);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  get buffered(): number {
    return this.#stream.writableLength;
  }
}

/** See {@link WireSocket}. */
export function wireSocket(socket: WebSocket, stream: Duplex): RelaySocket {
  return new WireSocket(socket, stream);
}
