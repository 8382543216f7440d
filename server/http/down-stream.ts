/**
 * Why this file exists: what goes down a line is kept until the page says that it has come: an answer that is lost is
 * given again, byte for byte, and what is kept is what counts as unread.
 */
import { MAX_PIECE_BYTES } from '#shared/line.ts';

/** Whose bytes they are: the relay cuts off who does not read by this number. */
export interface Sender {
  /** Bytes that the peer has not said to have read. */
  buffered: number;
}

interface Piece {
  bytes: Uint8Array;
  sender: Sender;
}

export class DownStream {
  readonly #pieces: Piece[] = [];
  /** Place of the first byte that is kept. */
  #from = 0;
  /** Place behind the last byte an answer has held. */
  #given = 0;
  /** Place behind everything. */
  #end = 0;

  /** Whether there is something the peer has not said to have. */
  get waiting(): boolean {
    return this.#end > this.#from;
  }

  /** Adds bytes, which are kept as they are and never written to. */
  push(bytes: Uint8Array, sender: Sender): void {
    if (bytes.byteLength === 0) return;
    this.#pieces.push({ bytes, sender });
    this.#end += bytes.byteLength;
    sender.buffered += bytes.byteLength;
  }

  /** The peer has everything before the place `at`. False when that cannot be: nothing is let go then. */
  confirm(at: number): boolean {
    if (at < this.#from || at > this.#given) return false;
    let gone = 0;
    for (const piece of this.#pieces) {
      const more = Math.min(piece.bytes.byteLength, at - this.#from);
      this.#from += more;
      piece.sender.buffered -= more;
      if (more < piece.bytes.byteLength) {
        piece.bytes = piece.bytes.subarray(more);
        break;
      }
      gone++;
    }
    this.#pieces.splice(0, gone);
    return true;
  }

  /** What the next answer holds: the first of what is kept. */
  next(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(Math.min(MAX_PIECE_BYTES, this.#end - this.#from));
    let at = 0;
    for (const { bytes } of this.#pieces) {
      if (at === out.byteLength) break;
      const part = bytes.subarray(0, out.byteLength - at);
      out.set(part, at);
      at += part.byteLength;
    }
    this.#given = Math.max(this.#given, this.#from + at);
    return out;
  }
}
