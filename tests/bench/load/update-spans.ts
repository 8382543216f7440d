/**
 * Why this file exists: which characters an update holds, and how many it deletes, so that every edit is counted singly
 * however many the server put into one. The contents the bench itself types are read here; all others by Yjs.
 */
import * as Y from 'yjs';
import { Cursor } from './bytes.ts';

export interface UpdateSpans {
  spans: { client: number; from: number; to: number }[];
  /** Clocks deleted. */
  deleted: number;
}

const GC = 0;
const DELETED = 1;
const STRING = 4;
const FORMAT = 6;
const TYPE = 7;
const SKIP = 10;
const NAMED_TYPES = [3, 5];

class Unusual extends Error {}

/** Moves behind a text; answers its length in UTF-16. */
function textLength(cursor: Cursor): number {
  const block = cursor.block();
  for (const byte of block)
    if (byte > 127) return Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString().length;
  return block.length;
}

/** Moves behind a struct; answers how many clocks it takes. */
function structLength(cursor: Cursor, info: number): number {
  const kind = info & 31;
  if (kind === GC || kind === SKIP) return cursor.uint();
  const hasOrigin = (info & 128) !== 0;
  const hasRight = (info & 64) !== 0;
  if (hasOrigin) skipId(cursor);
  if (hasRight) skipId(cursor);
  if (!hasOrigin && !hasRight) {
    if (cursor.uint() === 1) cursor.block();
    else skipId(cursor);
    if ((info & 32) !== 0) cursor.block();
  }
  if (kind === DELETED) return cursor.uint();
  if (kind === STRING) return textLength(cursor);
  if (kind === FORMAT) {
    cursor.block();
    cursor.block();
  } else if (kind === TYPE) {
    if (NAMED_TYPES.includes(cursor.uint())) cursor.block();
  } else throw new Unusual();
  return 1;
}

function skipId(cursor: Cursor): void {
  cursor.uint();
  cursor.uint();
}

function read(update: Uint8Array): UpdateSpans {
  const cursor = new Cursor(update);
  const spans: UpdateSpans['spans'] = [];
  for (let clients = cursor.uint(); clients > 0; clients--) {
    const structs = cursor.uint();
    const client = cursor.uint();
    const from = cursor.uint();
    let clock = from;
    // A gap would be counted as delivered; none is made here, and a Skip says where one is.
    for (let n = 0; n < structs; n++) {
      const info = cursor.byte();
      const length = structLength(cursor, info);
      if ((info & 31) !== SKIP) spans.push({ client, from: clock, to: clock + length });
      clock += length;
    }
  }
  let deleted = 0;
  for (let clients = cursor.uint(); clients > 0; clients--) {
    cursor.uint();
    for (let ranges = cursor.uint(); ranges > 0; ranges--) {
      cursor.uint();
      deleted += cursor.uint();
    }
  }
  return { spans: joined(spans), deleted };
}

/** Spans that follow each other as one. */
function joined(spans: UpdateSpans['spans']): UpdateSpans['spans'] {
  const out: UpdateSpans['spans'] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last && last.client === span.client && last.to === span.from) last.to = span.to;
    else out.push(span);
  }
  return out;
}

/** Reads an update (V1). Throws on one that is malformed. */
export function updateSpans(update: Uint8Array): UpdateSpans {
  try {
    return read(update);
  } catch (error) {
    if (!(error instanceof Unusual)) throw error;
    const { structs, ds } = Y.decodeUpdate(update);
    return {
      spans: joined(
        structs
          .filter((struct) => !(struct instanceof Y.Skip))
          .map(({ id, length }) => ({ client: id.client, from: id.clock, to: id.clock + length })),
      ),
      deleted: [...ds.clients.values()].flat().reduce((sum, { len }) => sum + len, 0),
    };
  }
}
