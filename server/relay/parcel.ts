/**
 * Why this file exists: a server's WebSocket messages are not masked, so what goes to a hundred sockets is the same bytes
 * for all of them, header included. A parcel is made once, holds one or more messages as they stand on the wire, and
 * leaves in one write.
 */

import { messagesIn } from '#shared/line.ts';

/** FIN and opcode 2: a whole binary message (RFC 6455, 5.2). */
const BINARY = 0x82;

/** Messages for one or many connections, ready for the wire. */
export class Parcel {
  /** The messages with their WebSocket headers. Shared between sockets: never written to. */
  readonly wire: Uint8Array;
  /** How many messages it holds. */
  readonly count: number;

  constructor(wire: Uint8Array, count: number) {
    this.wire = wire;
    this.count = count;
  }

  /** The messages without their headers, for whoever has no wire. */
  get messages(): Uint8Array[] {
    return messagesIn(this.wire);
  }
}

/** One message put together from `parts`, which are copied. */
export function parcel(...parts: readonly Uint8Array[]): Parcel {
  let length = 0;
  for (const part of parts) length += part.byteLength;
  const wire = Buffer.allocUnsafe(headerOf(length) + length);
  let at = writeHeader(wire, length);
  for (const part of parts) {
    wire.set(part, at);
    at += part.byteLength;
  }
  return new Parcel(wire, 1);
}

/**
 * One message of variable-length numbers (lib0's, at most 2⁵³) and `body` behind them, which is copied. What every key
 * makes one or two of: no encoder and no buffer is made on the way.
 */
export function numbersParcel(numbers: readonly number[], body: Uint8Array = NOTHING): Parcel {
  let length = body.byteLength;
  for (const number of numbers) length += bytesOf(number);
  const wire = Buffer.allocUnsafe(headerOf(length) + length);
  let at = writeHeader(wire, length);
  for (const number of numbers) {
    let rest = number;
    for (; rest >= 128; rest = Math.floor(rest / 128)) wire[at++] = 128 | (rest % 128);
    wire[at++] = rest;
  }
  wire.set(body, at);
  return new Parcel(wire, 1);
}

const NOTHING = new Uint8Array();

function bytesOf(number: number): number {
  let bytes = 1;
  for (let rest = number; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Bytes of the header of a message of this length. */
function headerOf(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}

/** Writes the header; answers where the message begins. */
function writeHeader(wire: Buffer, length: number): number {
  const header = headerOf(length);
  wire[0] = BINARY;
  if (header === 2) wire[1] = length;
  else if (header === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  return header;
}

/** What several parcels hold, in one. A single one is itself. */
export function joined(parcels: readonly Parcel[]): Parcel {
  if (parcels.length === 1) return parcels[0]!;
  let length = 0;
  let messages = 0;
  for (const { wire, count } of parcels) {
    length += wire.byteLength;
    messages += count;
  }
  const wire = Buffer.allocUnsafe(length);
  let at = 0;
  for (const one of parcels) {
    wire.set(one.wire, at);
    at += one.wire.byteLength;
  }
  return new Parcel(wire, messages);
}
