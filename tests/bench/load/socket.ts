/**
 * Why this file exists: the generator must not be the limit. A WebSocket client that does only what the bench needs reads
 * frames where the system put them, without a copy, a stream or an event of its own, and costs a third of a whole one.
 * Against our own servers on loopback only: no extensions, no fragments, fixed masks.
 */
import { connect, type Socket } from 'node:net';

export interface SocketHandlers {
  /** The connection is open; the first messages may follow at once, in the same read. */
  opened(socket: LightSocket): void;
  /** One binary message. The bytes are overwritten when this returns. */
  message(payload: Buffer): void;
  /** An open connection is over, by whomever; `code` from the close frame, 1006 without one. */
  ended(code: number): void;
}

/** Shared by all sockets: what is read is handled before anything else is read. */
const INTO = Buffer.allocUnsafeSlow(256 * 1024);
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const OPENING_MS = 30_000;

const awake = new Set<LightSocket>();

export class LightSocket {
  readonly #socket: Socket;
  readonly #handlers: SocketHandlers;
  #open: { resolve(): void; reject(error: Error): void } | null;
  /** Bytes of a message that has not come whole, and how many it takes. */
  #parts: Buffer[] = [];
  #have = 0;
  #need = 0;
  #code = 1006;
  #refusal = 'no answer';
  #out = Buffer.allocUnsafe(1024);
  #outLength = 0;
  /** Resolves when the connection is over. */
  readonly gone: Promise<void>;

  private constructor(socket: Socket, handlers: SocketHandlers, open: { resolve(): void; reject(error: Error): void }) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#open = open;
    this.gone = new Promise((resolve) => {
      socket.on('close', () => {
        awake.delete(this);
        resolve();
        if (this.#open) this.#open.reject(new Error(`the connection was refused (${this.#refusal})`));
        else handlers.ended(this.#code);
      });
    });
    socket.on('error', () => {});
  }

  /** Opens a connection to `address` (ws://host:port/path); rejects when it is refused. */
  static async open(address: string, headers: Record<string, string>, handlers: SocketHandlers): Promise<LightSocket> {
    const { hostname, port, host, pathname, search } = new URL(address);
    const made: LightSocket[] = [];
    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: INTO,
        callback: (length) => {
          for (const light of made) light.#read(INTO.subarray(0, length));
          return true;
        },
      },
    });
    const timer = setTimeout(() => socket.destroy(), OPENING_MS);
    try {
      await new Promise<void>((resolve, reject) => {
        made.push(new LightSocket(socket, handlers, { resolve, reject }));
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        socket.write(
          `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${lines.join('')}\r\n`,
        );
      });
    } finally {
      clearTimeout(timer);
    }
    const [light] = made;
    if (!light) throw new Error('no socket');
    return light;
  }

  /** Queues one message; it leaves with {@link flushAll} or {@link flush}. */
  queue(payload: Uint8Array): void {
    this.#frame(BINARY, payload);
    awake.add(this);
  }

  send(payload: Uint8Array): void {
    this.#frame(BINARY, payload);
    this.flush();
  }

  flush(): void {
    awake.delete(this);
    if (this.#outLength === 0 || this.#socket.destroyed) return;
    this.#socket.write(Buffer.from(this.#out.subarray(0, this.#outLength)));
    this.#outLength = 0;
    if (this.#out.length > 65_536) this.#out = Buffer.allocUnsafe(1024);
  }

  /** What every socket has queued leaves, one write each. */
  static flushAll(): void {
    for (const socket of awake) socket.flush();
  }

  /** Reads nothing more, as a peer does that hangs. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Closes as a browser does; resolves when the connection is over. */
  async close(): Promise<void> {
    this.#frame(CLOSE, Buffer.from([0x03, 0xe9]));
    this.flush();
    await this.gone;
  }

  terminate(): void {
    this.#socket.destroy();
  }

  #frame(opcode: number, payload: Uint8Array): void {
    const length = payload.length;
    const head = length < 126 ? 6 : length < 65_536 ? 8 : 14;
    let at = this.#outLength;
    const end = at + head + length;
    if (end > this.#out.length) {
      const larger = Buffer.allocUnsafe(end * 2);
      this.#out.copy(larger, 0, 0, at);
      this.#out = larger;
    }
    const out = this.#out;
    out[at++] = 0x80 | opcode;
    if (head === 6) out[at++] = 0x80 | length;
    else if (head === 8) {
      out[at++] = 0x80 | 126;
      at = out.writeUInt16BE(length, at);
    } else {
      out[at++] = 0x80 | 127;
      at = out.writeUInt32BE(0, at);
      at = out.writeUInt32BE(length, at);
    }
    for (let n = 0; n < 4; n++) out[at++] = MASK[n] ?? 0;
    for (let n = 0; n < length; n++) out[at++] = (payload[n] ?? 0) ^ (MASK[n & 3] ?? 0);
    this.#outLength = end;
  }

  #read(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#have > 0) {
      this.#parts.push(this.#have + chunk.length < this.#need ? Buffer.from(chunk) : chunk);
      this.#have += chunk.length;
      if (this.#have < this.#need) return;
      bytes = Buffer.concat(this.#parts, this.#have);
      this.#parts = [];
      this.#have = 0;
    }
    const from = this.#open ? this.#opened(bytes) : 0;
    const done = from < 0 ? 0 : this.#frames(bytes, from);
    if (done === bytes.length) return;
    this.#parts = [Buffer.from(bytes.subarray(done))];
    this.#have = bytes.length - done;
  }

  /** Where the first frame begins; -1 while the answer has not come whole. */
  #opened(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    this.#need = 0;
    if (end < 0) return -1;
    const status = bytes.toString('latin1', 9, 12);
    if (status === '101') {
      this.#open?.resolve();
      this.#open = null;
      this.#handlers.opened(this);
    } else {
      this.#refusal = status;
      this.terminate();
    }
    return end + 4;
  }

  /** Handles the whole frames; answers where the first that is not whole begins. */
  #frames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length) {
      const opcode = (bytes[at] ?? 0) & 15;
      let length = (bytes[at + 1] ?? 0) & 127;
      let head = 2;
      if (length === 126) {
        head = 4;
        if (at + head > bytes.length) break;
        length = bytes.readUInt16BE(at + 2);
      } else if (length === 127) {
        head = 10;
        if (at + head > bytes.length) break;
        length = bytes.readUInt32BE(at + 6);
      }
      const end = at + head + length;
      if (end > bytes.length) {
        this.#need = end - at;
        return at;
      }
      this.#handle(opcode, bytes.subarray(at + head, end));
      at = end;
    }
    this.#need = 0;
    return at;
  }

  #handle(opcode: number, payload: Buffer): void {
    if (opcode === BINARY) this.#handlers.message(payload);
    else if (opcode === PING) {
      this.#frame(PONG, payload);
      this.flush();
    } else if (opcode === CLOSE) {
      this.#code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.#frame(CLOSE, payload);
      this.flush();
      this.#socket.end();
    }
  }
}
