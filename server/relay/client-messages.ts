/**
 * Why this file exists: what a client may say, read strictly: one whole message per frame, nothing behind it. What is not
 * one of these closes the connection.
 */
import * as decoding from 'lib0/decoding';
import { MESSAGE_AWARENESS, MESSAGE_HASH, MESSAGE_MARK, MESSAGE_QUERY_AWARENESS, MESSAGE_SYNC } from '#shared/wire.ts';
import { SYNC_STEP_1, SYNC_STEP_2, SYNC_UPDATE } from './frames.ts';

/** Bodies are views into the frame. */
export type ClientMessage =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'step2' | 'update'; update: Uint8Array }
  | { kind: 'awareness'; body: Uint8Array }
  | { kind: 'query-awareness' }
  /** `sent`: so many frames came before it, says the client; `null` when it does not count. */
  | { kind: 'mark'; mark: number; sent: number | null }
  /** The hash of the client's content, which is not the one it was told. */
  | { kind: 'hash'; hash: string }
  /** A type the relay does not take. */
  | { kind: 'unknown' };

/** Reads a frame. Throws when it is cut off, or has bytes behind its message. */
export function readClientMessage(bytes: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const message = readMessage(decoder);
  if (message.kind !== 'unknown' && decoding.hasContent(decoder)) throw new Error('bytes behind the message');
  return message;
}

function readMessage(decoder: decoding.Decoder): ClientMessage {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE_SYNC:
      return readSync(decoder);
    case MESSAGE_AWARENESS:
      return { kind: 'awareness', body: decoding.readVarUint8Array(decoder) };
    case MESSAGE_QUERY_AWARENESS:
      return { kind: 'query-awareness' };
    case MESSAGE_MARK:
      return {
        kind: 'mark',
        mark: decoding.readVarUint(decoder),
        sent: decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : null,
      };
    case MESSAGE_HASH:
      return { kind: 'hash', hash: readHash(decoder) };
    default:
      return { kind: 'unknown' };
  }
}

function readHash(decoder: decoding.Decoder): string {
  const hash = decoding.readVarString(decoder);
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('not a hash');
  return hash;
}

function readSync(decoder: decoding.Decoder): ClientMessage {
  const type = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  switch (type) {
    case SYNC_STEP_1:
      return { kind: 'step1', stateVector: body };
    case SYNC_STEP_2:
      return { kind: 'step2', update: body };
    case SYNC_UPDATE:
      return { kind: 'update', update: body };
    default:
      throw new Error('unknown sync message');
  }
}
