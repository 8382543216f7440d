/**
 * Why this file exists: some networks let no WebSocket through. There a page's rooms share one line over plain HTTP: two
 * streams of bytes, up in the bodies of its requests and down in the answers. Every request names the place in the stream
 * where it goes on, so that what is sent again after a lost answer counts once. Here is what the streams hold.
 *
 * A stream is a row of records: kind (1 byte), channel (4, little-endian), length of the body (4), body. A channel is one
 * room, as a socket would be; the page numbers them.
 */

/** Up: UTF-8 `<room>?v=1&schema=<n>`, as behind `/collab/`. Down: the room's server has taken the channel over; empty. */
export const RECORD_OPEN = 1;
/** Up: one message. Down: one or more messages as they stand on a WebSocket's wire, not masked and not divided. */
export const RECORD_MESSAGE = 2;
/** Up: empty. Down: close code (2 bytes, little-endian), reason in UTF-8. Nothing follows on the channel. */
export const RECORD_CLOSE = 3;

/** Bytes in front of a record's body. */
export const RECORD_HEAD_BYTES = 9;
/** The most one request or answer carries: so little gets through in some seconds everywhere, in bytes. */
export const MAX_PIECE_BYTES = 256 * 1024;
/** A line's address; `/<line>/up?at=<place>` and `/<line>/down?at=<place>` below it. */
export const LINE_PATH = '/collab-line';

/** The head of a record whose body has `length` bytes. */
export function recordHead(kind: number, channel: number, length: number): Uint8Array {
  const head = new Uint8Array(RECORD_HEAD_BYTES);
  const view = new DataView(head.buffer);
  head[0] = kind;
  view.setUint32(1, channel, true);
  view.setUint32(5, length, true);
  return head;
}

export interface RecordSink {
  /** A whole record. `body` is only lent. */
  record(kind: number, channel: number, body: Uint8Array): void;
  /** A record announces more than is taken; its body is passed over without being kept. */
  tooLarge(channel: number): void;
}

const NOTHING = new Uint8Array(0);

/** Finds the records in a stream that comes in pieces of any size. Keeps at most one unfinished record. */
export class RecordReader {
  readonly #mostBytes: number;
  #kept: Uint8Array = NOTHING;
  #keptBytes = 0;
  /** Bytes of a record that is too large, still to come. */
  #skip = 0;

  /** `mostBytes`: of one record's body. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Reads on; `sink` hears of what is complete, in order, before this returns. Throws when the stream makes no sense. */
  push(piece: Uint8Array, sink: RecordSink): void {
    let bytes = piece;
    if (this.#keptBytes > 0) {
      this.#keep(piece);
      bytes = this.#kept.subarray(0, this.#keptBytes);
      if (bytes.byteLength < RECORD_HEAD_BYTES + this.#announced(bytes, 0)) return;
    }
    let at = 0;
    while (at < bytes.byteLength) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.byteLength - at);
        this.#skip -= skipped;
        at += skipped;
        continue;
      }
      if (bytes.byteLength - at < RECORD_HEAD_BYTES) break;
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, RECORD_HEAD_BYTES);
      const kind = view.getUint8(0);
      if (kind < RECORD_OPEN || kind > RECORD_CLOSE) throw new Error(`no record has the kind ${kind}`);
      const channel = view.getUint32(1, true);
      const length = view.getUint32(5, true);
      if (length > this.#mostBytes) {
        this.#skip = length;
        at += RECORD_HEAD_BYTES;
        sink.tooLarge(channel);
        continue;
      }
      const end = at + RECORD_HEAD_BYTES + length;
      if (end > bytes.byteLength) break;
      sink.record(kind, channel, bytes.subarray(at + RECORD_HEAD_BYTES, end));
      at = end;
    }
    const rest = bytes.subarray(at);
    this.#kept = NOTHING;
    this.#keptBytes = 0;
    if (rest.byteLength > 0) this.#keep(rest);
  }

  /** What a record's head says its body has; 0 while the head is not whole, or when it will be passed over. */
  #announced(bytes: Uint8Array, at: number): number {
    if (bytes.byteLength - at < RECORD_HEAD_BYTES) return 0;
    const length = new DataView(bytes.buffer, bytes.byteOffset + at, RECORD_HEAD_BYTES).getUint32(5, true);
    return length > this.#mostBytes ? 0 : length;
  }

  #keep(piece: Uint8Array): void {
    const end = this.#keptBytes + piece.byteLength;
    if (end > this.#kept.byteLength) {
      // Twice as large each time, so that a large record in many pieces is not copied for each of them.
      const more = new Uint8Array(Math.max(end, Math.min(this.#kept.byteLength * 2, this.#mostBytes + end)));
      more.set(this.#kept.subarray(0, this.#keptBytes));
      this.#kept = more;
    }
    this.#kept.set(piece, this.#keptBytes);
    this.#keptBytes = end;
  }
}

/**
 * The messages in a row of them as they stand on a WebSocket's wire, unmasked (RFC 6455, 5.2). Views into `wire`, and no
 * Buffers, whose `slice` would not copy. Throws when it is none.
 */
export function messagesIn(wire: Uint8Array): Uint8Array[] {
  const view = new DataView(wire.buffer, wire.byteOffset, wire.byteLength);
  const messages: Uint8Array[] = [];
  for (let at = 0; at < wire.byteLength; ) {
    const short = view.getUint8(at + 1);
    let length = short;
    at += 2;
    if (short === 126) {
      length = view.getUint16(at);
      at += 2;
    } else if (short === 127) {
      length = Number(view.getBigUint64(at));
      at += 8;
    }
    if (at + length > wire.byteLength) throw new Error('a message goes on beyond its record');
    messages.push(new Uint8Array(wire.buffer, wire.byteOffset + at, length));
    at += length;
  }
  return messages;
}
