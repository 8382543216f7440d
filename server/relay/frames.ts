/**
 * Why this file exists: the bytes of everything the relay says, made here and nowhere else. A frame is made once, with its
 * WebSocket header, and the same buffer goes to every receiver.
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
import { numbersParcel, type Parcel, parcel } from './parcel.ts';

export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
export const SYNC_UPDATE = 2;

const syncFrame = (type: number, body: Uint8Array): Parcel =>
  numbersParcel([MESSAGE_SYNC, type, body.byteLength], body);

/** "This is what I have; send me what I lack." */
export const syncStep1Frame = (stateVector: Uint8Array): Parcel => syncFrame(SYNC_STEP_1, stateVector);
/** "This is what you lack." */
export const syncStep2Frame = (update: Uint8Array): Parcel => syncFrame(SYNC_STEP_2, update);
/** An update of the document. */
export const updateFrame = (update: Uint8Array): Parcel => syncFrame(SYNC_UPDATE, update);

export const persistedFrame = (mark: number): Parcel => numbersParcel([MESSAGE_PERSISTED, mark]);
export const receivedFrame = (mark: number): Parcel => numbersParcel([MESSAGE_RECEIVED, mark]);

function stringsFrame(type: number, ...strings: string[]): Parcel {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  for (const text of strings) encoding.writeVarString(encoder, text);
  return parcel(encoding.toUint8Array(encoder));
}

export const accessFrame = (access: Access, reason: AccessReason): Parcel =>
  stringsFrame(MESSAGE_ACCESS, access, reason);
export const epochFrame = (epoch: string): Parcel => stringsFrame(MESSAGE_EPOCH, epoch);
export const hashFrame = (hash: string): Parcel => stringsFrame(MESSAGE_HASH, hash);
export const noticeFrame = (topic: string): Parcel => stringsFrame(MESSAGE_NOTICE, topic);

/** One client's entry of an awareness message: id, clock, JSON. */
export function awarenessEntry(client: number, clock: number, json: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, json);
  return encoding.toUint8Array(encoder);
}

/** An awareness message of ready-made entries. */
export function awarenessFrame(entries: readonly Uint8Array[]): Parcel {
  const count = encoding.createEncoder();
  encoding.writeVarUint(count, entries.length);
  let length = encoding.length(count);
  for (const entry of entries) length += entry.byteLength;
  const head = encoding.createEncoder();
  encoding.writeVarUint(head, MESSAGE_AWARENESS);
  encoding.writeVarUint(head, length);
  return parcel(encoding.toUint8Array(head), encoding.toUint8Array(count), ...entries);
}

/** Says nothing, and keeps a provider from giving up: it does after 30 s without a message. */
export const HEARTBEAT_FRAME = awarenessFrame([]);
