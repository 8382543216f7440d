/**
 * Why this file exists: a room on a line is to the relay what a room on a WebSocket is: the same port, so that every rule
 * holds by the same code.
 */
import { RECORD_CLOSE, RECORD_MESSAGE, RECORD_OPEN, recordHead } from '#shared/line.ts';
import type { Parcel } from '../relay/parcel.ts';
import type { RelayConnection, RelaySocket } from '../relay/ports.ts';
import type { DownStream, Sender } from './down-stream.ts';

/** What a channel needs of its line. */
export interface ChannelOwner {
  readonly down: DownStream;
  /** Something was put into `down`. */
  written(): void;
  /** The channel says and hears nothing more. */
  forget(channel: LineChannel): void;
  /** Cuts the whole line off. */
  terminate(): void;
}

const NOTHING = new Uint8Array(0);
/** RFC 6455 allows so many bytes of a reason. */
const MAX_REASON_BYTES = 123;

export class LineChannel implements RelaySocket, Sender {
  readonly number: number;
  buffered = 0;
  readonly #owner: ChannelOwner;
  #connection: RelayConnection | null = null;
  #closed = false;

  constructor(number: number, owner: ChannelOwner) {
    this.number = number;
    this.#owner = owner;
  }

  /** Tells the page that it is open; before anything else is sent on it. */
  opened(): void {
    this.#say(RECORD_OPEN, NOTHING);
  }

  /** From now on what comes goes to `connection`. */
  begin(connection: RelayConnection): void {
    this.#connection = connection;
  }

  message(bytes: Uint8Array): void {
    this.#connection?.message(bytes);
  }

  /** The peer is gone, whether it said so or not. */
  ended(): void {
    this.#closed = true;
    const connection = this.#connection;
    this.#connection = null;
    connection?.closed();
  }

  send(parcel: Parcel): void {
    if (!this.#closed) this.#say(RECORD_MESSAGE, parcel.wire);
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    const text = new TextEncoder().encode(reason).subarray(0, MAX_REASON_BYTES);
    const body = new Uint8Array(2 + text.byteLength);
    new DataView(body.buffer).setUint16(0, code, true);
    body.set(text, 2);
    this.#say(RECORD_CLOSE, body);
    this.#owner.forget(this);
  }

  /** Its peer does not read, and what waits is memory: that goes for all rooms of the line, which comes again. */
  terminate(): void {
    this.#owner.terminate();
  }

  /** The page sends its next piece when this one is answered, for all its rooms: that is little, and not held back. */
  pause(): void {}
  resume(): void {}

  #say(kind: number, body: Uint8Array): void {
    this.#owner.down.push(recordHead(kind, this.number, body.byteLength), this);
    this.#owner.down.push(body, this);
    this.#owner.written();
  }
}
