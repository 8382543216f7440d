/**
 * Why this file exists: `ws` sends each message as header and payload apart, twice the stream's bookkeeping and a
 * `writev`. The relay's parcels hold the bytes of the wire already, so they are written to the TCP stream itself.
 *
 * Order holds: `ws` writes its own pings, pongs and closes to the same stream at once, because nothing is compressed
 * (a compressing socket would queue them; such a socket is refused here).
 */
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { RelaySocket } from '../relay/ports.ts';

/** The relay's end of an upgraded socket; `stream` is what `socket` was upgraded on. Throws when the socket compresses. */
export function wireSocket(socket: WebSocket, stream: Duplex): RelaySocket {
  if (socket.extensions !== '') throw new Error(`cannot write beside the extension ${socket.extensions}`);
  return {
    send(parcel) {
      // A socket that is closing has said its last word, as in ws's own send.
      if (socket.readyState === WebSocket.OPEN) stream.write(parcel.wire);
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    get buffered() {
      return stream.writableLength;
    },
  };
}
