/**
 * Why this file exists: the bytes of everything the relay says, made here and nowhere else. A frame is made once and the
 * same buffer goes to every receiver.
 */
import * as encoding from 'lib0/encoding';
import {
  type Access,
  type AccessReason,
  MESSAGE_ACCESS,
  MESSAGE_AWARENESS,
  MESSAGE_EPOCH,
  MESSAGE_HASH,
  MESSAGE_NOTICE,
  MESSAGE_PERSISTED,
  MESSAGE_RECEIVED,
  MESSAGE_SYNC,
} from '#shared/wire.ts';

export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
export const SYNC_UPDATE = 2;

function syncFrame(type: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

/** "This is what I have; send me what I lack." */
export const syncStep1Frame = (stateVector: Uint8Array): Uint8Array => syncFrame(SYNC_STEP_1, stateVector);
/** "This is what you lack." */
export const syncStep2Frame = (update: Uint8Array): Uint8Array => syncFrame(SYNC_STEP_2, update);
/** An update of the document. */
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(SYNC_UPDATE, update);

function numberFrame(type: number, n: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint(encoder, n);
  return encoding.toUint8Array(encoder);
}

export const persistedFrame = (mark: number): Uint8Array => numberFrame(MESSAGE_PERSISTED, mark);
export const receivedFrame = (mark: number): Uint8Array => numberFrame(MESSAGE_RECEIVED, mark);

function stringsFrame(type: number, ...strings: string[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  for (const text of strings) encoding.writeVarString(encoder, text);
  return encoding.toUint8Array(encoder);
}

export const accessFrame = (access: Access, reason: AccessReason): Uint8Array =>
  stringsFrame(MESSAGE_ACCESS, access, reason);
export const epochFrame = (epoch: string): Uint8Array => stringsFrame(MESSAGE_EPOCH, epoch);
export const hashFrame = (hash: string): Uint8Array => stringsFrame(MESSAGE_HASH, hash);
export const noticeFrame = (topic: string): Uint8Array => stringsFrame(MESSAGE_NOTICE, topic);

/** One client's entry of an awareness message: id, clock, JSON. */
export function awarenessEntry(client: number, clock: number, json: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, json);
  return encoding.toUint8Array(encoder);
}

/** An awareness message of ready-made entries. */
export function awarenessFrame(entries: readonly Uint8Array[]): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, entries.length);
  for (const entry of entries) encoding.writeUint8Array(body, entry);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
  return encoding.toUint8Array(encoder);
}

/** Says nothing, and keeps a provider from giving up: it does after 30 s without a message. */
export const HEARTBEAT_FRAME = awarenessFrame([]);
