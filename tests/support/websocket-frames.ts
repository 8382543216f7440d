/**
 * Why this file exists: the fault proxy works on messages, and TCP brings bytes. This cuts a stream of WebSocket frames
 * (RFC 6455, section 5.2) at their borders without changing a byte of them.
 */

export interface WireFrame {
  /** 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
  opcode: number;
  /** The whole frame as it came. */
  bytes: Buffer;
  /** What it carries, unmasked. */
  payload(): Uint8Array;
}

export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** Takes bytes and gives the frames that are whole with them. */
  push(chunk: Buffer): WireFrame[] {
    this.#rest = this.#rest.byteLength === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: WireFrame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): WireFrame | null {
    const from = this.#rest;
    if (from.byteLength < 2) return null;
    const short = from[1]! & 0x7f;
    const masked = (from[1]! & 0x80) !== 0;
    const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
    const head = 2 + lengthBytes + (masked ? 4 : 0);
    if (from.byteLength < head) return null;
    const length = short === 127 ? Number(from.readBigUInt64BE(2)) : short === 126 ? from.readUInt16BE(2) : short;
    if (from.byteLength < head + length) return null;
    const bytes = from.subarray(0, head + length);
    this.#rest = from.subarray(head + length);
    const payload = (): Uint8Array => {
      const body = new Uint8Array(bytes.subarray(head));
      if (masked) for (let i = 0; i < body.length; i++) body[i] = body[i]! ^ bytes[head - 4 + (i % 4)]!;
      return body;
    };
    return { opcode: bytes[0]! & 0x0f, bytes, payload };
  }
}
