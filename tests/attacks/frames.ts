/**
 * Why this file exists: the relay's messages as bytes, right and wrong ones, and reading what comes back.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {
  MESSAGE_ACCESS,
  MESSAGE_AWARENESS,
  MESSAGE_MARK,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_SYNC,
} from '#shared/wire.ts';

/** Bytes of numbers (as varints), strings and blobs (with their lengths), one behind the other. */
export function bytes(...parts: (number | string | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else if (typeof part === 'string') encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

export const joinAll = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
export const joined = (...parts: Uint8Array[]): Uint8Array => joinAll(parts);

/** A varint whatever its size: numbers beyond 2^53 and longer forms than needed too. */
export function varint(value: bigint | number, padding = 0): Uint8Array {
  const out: number[] = [];
  let rest = BigInt(value);
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  for (let i = 0; i < padding; i++) {
    out[out.length - 1] = (out.at(-1) ?? 0) | 128;
    out.push(0);
  }
  return Uint8Array.from(out);
}

export const step1 = (vector: Uint8Array): Uint8Array => bytes(MESSAGE_SYNC, 0, vector);
export const step2 = (update: Uint8Array): Uint8Array => bytes(MESSAGE_SYNC, 1, update);
export const updateMessage = (update: Uint8Array): Uint8Array => bytes(MESSAGE_SYNC, 2, update);
export const mark = (n: number): Uint8Array => bytes(MESSAGE_MARK, n);
export const QUERY_AWARENESS: Uint8Array = bytes(MESSAGE_QUERY_AWARENESS);
export const EMPTY_VECTOR: Uint8Array = Y.encodeStateVector(new Y.Doc());

/** One awareness message with these entries. */
export function awareness(...entries: [client: number, clock: number, json: string][]): Uint8Array {
  const body = joined(varint(entries.length), ...entries.map((entry) => bytes(...entry)));
  return bytes(MESSAGE_AWARENESS, body);
}

export interface Heard {
  type: number;
  /** Of a sync message: 0, 1 or 2. */
  step: number | null;
  bytes: Uint8Array;
}

/** What kind of message a frame of the server is. */
export function heard(frame: Uint8Array): Heard {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  return { type, step: type === MESSAGE_SYNC ? decoding.readVarUint(decoder) : null, bytes: frame };
}

/** The body of a sync message. */
export function syncBody(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

/** The access a server's frame tells, as "write" or "read locked"; `null` when it is something else. */
export function accessOf(frame: Uint8Array): string | null {
  const decoder = decoding.createDecoder(frame);
  if (decoding.readVarUint(decoder) !== MESSAGE_ACCESS) return null;
  return `${decoding.readVarString(decoder)} ${decoding.readVarString(decoder)}`.trim();
}

/** The states an awareness frame tells: client → JSON, `null` for a goodbye. Empty for a heartbeat. */
export function statesOf(frame: Uint8Array): Map<number, Record<string, unknown> | null> {
  const states = new Map<number, Record<string, unknown> | null>();
  const outer = decoding.createDecoder(frame);
  if (decoding.readVarUint(outer) !== MESSAGE_AWARENESS) return states;
  const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer));
  for (let count = decoding.readVarUint(decoder); count > 0; count--) {
    const client = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    states.set(client, JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null);
  }
  return states;
}

/** An update of a new document in which `change` has been done, under a client id of one's choice. */
export function updateBy(change: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = new Y.Doc();
  if (client !== undefined) doc.clientID = client;
  change(doc);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** A paragraph at the top of an item's notes, which no room refuses from those who may write. */
export function paragraph(text: string, client?: number): Uint8Array {
  return updateBy((doc) => {
    const element = new Y.XmlElement('paragraph');
    element.insert(0, [new Y.XmlText(text)]);
    doc.getXmlFragment('notes').insert(0, [element]);
  }, client);
}
