/**
 * Why this file exists: an attacker's WebSocket is a TCP connection and bytes. This one sends what no client would:
 * handshakes with any header, frames without a mask, fragments without an end, lengths that lie.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface FrameOptions {
  /** 0 continuation, 1 text, 2 binary (default), 8 close, 9 ping, 10 pong. */
  opcode?: number;
  fin?: boolean;
  masked?: boolean;
  /** Reserved bits, 0 to 7. */
  reserved?: number;
  /** What the header says about the length, when it lies. */
  claims?: number | bigint;
}

/** One WebSocket frame as a client sends it. */
export function wireFrame(payload: Uint8Array, options: FrameOptions = {}): Buffer {
  const { opcode = 2, fin = true, masked = true, reserved = 0, claims = payload.byteLength } = options;
  const first = Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode]);
  const bit = masked ? 0x80 : 0;
  let length: Buffer;
  if (claims < 126) length = Buffer.from([bit | Number(claims)]);
  else if (claims < 65_536) {
    length = Buffer.alloc(3);
    length[0] = bit | 126;
    length.writeUInt16BE(Number(claims), 1);
  } else {
    length = Buffer.alloc(9);
    length[0] = bit | 127;
    length.writeBigUInt64BE(BigInt(claims), 1);
  }
  if (!masked) return Buffer.concat([first, length, payload]);
  const mask = randomBytes(4);
  const body = Buffer.from(payload);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (mask[i & 3] ?? 0);
  return Buffer.concat([first, length, mask, body]);
}

export interface HandshakeOptions {
  port: number;
  /** As it stands in the request line. */
  path: string;
  /** In this order, nothing added but the three that make it an upgrade. */
  headers: readonly (readonly [string, string])[];
}

/** A socket after its handshake, whichever way that went. */
export class WireSocket {
  readonly #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #listeners = new Set<() => void>();
  /** Of the answer to the handshake; 101 when it was upgraded, 0 when the connection just ended. */
  status = 0;
  /** Payloads of the data frames that came, in order. */
  readonly frames: Uint8Array[] = [];
  /** The code of the server's close frame; 1006 when the connection ended without one; `null` while it is open. */
  code: number | null = null;
  /** Bytes that came after the handshake. */
  received = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      if (this.status === 0) this.#readHead();
      if (this.status === 101) this.#readFrames(chunk.length);
      this.#wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.code ??= 1006;
      this.#wake();
    });
  }

  /** Sends a handshake and resolves when it has been answered, or the connection has ended. */
  static async open(options: HandshakeOptions): Promise<WireSocket> {
    const socket = connect(options.port, '127.0.0.1');
    const wire = new WireSocket(socket);
    await once(socket, 'connect');
    const lines = [
      `GET ${options.path} HTTP/1.1`,
      ...options.headers.map(([name, value]) => `${name}: ${value}`),
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    if (!options.headers.some(([name]) => name.toLowerCase() === 'sec-websocket-version'))
      lines.push('Sec-WebSocket-Version: 13');
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    await wire.until(() => wire.status !== 0 || wire.code !== null);
    return wire;
  }

  #readHead(): void {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    this.status = Number(this.#buffer.subarray(9, 12).toString('latin1'));
    this.#buffer = this.#buffer.subarray(end + 4);
    this.received = this.#buffer.length;
  }

  #readFrames(bytes: number): void {
    this.received += bytes;
    for (;;) {
      const buffer = this.#buffer;
      if (buffer.length < 2) return;
      let length = (buffer[1] ?? 0) & 0x7f;
      let at = 2;
      if (length === 126) {
        if (buffer.length < 4) return;
        length = buffer.readUInt16BE(2);
        at = 4;
      } else if (length === 127) {
        if (buffer.length < 10) return;
        length = Number(buffer.readBigUInt64BE(2));
        at = 10;
      }
      if (buffer.length < at + length) return;
      const opcode = (buffer[0] ?? 0) & 0x0f;
      const payload = new Uint8Array(buffer.subarray(at, at + length));
      this.#buffer = buffer.subarray(at + length);
      if (opcode === 8) this.code ??= length >= 2 ? ((payload[0] ?? 0) << 8) | (payload[1] ?? 0) : 1005;
      else if (opcode === 9) this.raw(wireFrame(payload, { opcode: 10 }));
      else if (opcode === 1 || opcode === 2) this.frames.push(payload);
    }
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  get open(): boolean {
    return this.status === 101 && this.code === null;
  }

  /** Resolves when the condition holds, looked at whenever something comes; rejects after `timeout` milliseconds. */
  until(condition: () => boolean, timeout = 10_000): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(check);
        reject(new Error(`nothing came for ${timeout} ms (status ${this.status}, ${this.frames.length} frames)`));
      }, timeout);
      const check = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#listeners.delete(check);
        resolve();
      };
      this.#listeners.add(check);
    });
  }

  /** Sends one message in one frame. */
  send(payload: Uint8Array, options?: FrameOptions): void {
    this.raw(wireFrame(payload, options));
  }

  /** Sends bytes as they are. Resolves to whether the kernel took them all at once. */
  raw(bytes: Uint8Array): boolean {
    return !this.#socket.destroyed && this.#socket.write(bytes);
  }

  /** Resolves when the server has taken everything, or the connection has ended. */
  async flushed(): Promise<void> {
    if (this.#socket.writableLength === 0 || this.#socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('drain', resolve).once('close', () => resolve());
    });
  }

  /** Stops reading, as a peer that hangs does. */
  pause(): void {
    this.#socket.pause();
  }

  /** Ends the connection without a word; resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
  }
}
