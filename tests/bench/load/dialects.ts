/**
 * Why this file exists: three servers, three ways of saying the same. A dialect is how a light client comes in, how it
 * wraps what it says, and how it understands what it hears.
 */
import { WIRE_VERSION } from '#shared/wire.ts';
import type { Target } from '../servers/questions.ts';
import { Cursor, Writer } from './bytes.ts';

export type DialectName = 'ours' | 'raw' | 'hocuspocus';

/** What a client makes of what it hears. Bytes are overwritten when the handler returns. */
export interface Listener {
  /** The server listens: say hello. */
  admitted(): void;
  stateVector(vector: Uint8Array): void;
  update(update: Uint8Array): void;
  /** The answer to our sync step 1. */
  content(update: Uint8Array): void;
  awareness(body: Uint8Array): void;
  persisted(mark: number): void;
}

export interface Dialect {
  /** Speaks sync: without it a client has everything as soon as it is connected. */
  readonly syncs: boolean;
  /** Says what is saved. */
  readonly marks: boolean;
  address(target: Target, room: string): string;
  headers(target: Target, person: number): Record<string, string>;
  /** The first words on an open connection; `null` when one is admitted by being connected. */
  knock(room: string): Uint8Array | null;
  step1(room: string, vector: Uint8Array): Uint8Array;
  step2(room: string, update: Uint8Array): Uint8Array;
  update(room: string, update: Uint8Array): Uint8Array;
  awareness(room: string, body: Uint8Array): Uint8Array;
  mark(mark: number): Uint8Array;
  hear(frame: Uint8Array, listener: Listener): void;
}

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const SYNC_REPLY = 4;
const MARK = 120;
const PERSISTED = 121;
const AUTHENTICATED = 2;

const writer = new Writer();
const sync = (step: number, body: Uint8Array): Uint8Array => writer.uint(SYNC).uint(step).block(body).take();

function hearSync(cursor: Cursor, listener: Listener): void {
  const step = cursor.uint();
  const body = cursor.block();
  if (step === 0) listener.stateVector(body);
  else if (step === 1) listener.content(body);
  else listener.update(body);
}

const ours: Dialect = {
  syncs: true,
  marks: true,
  address: ({ url }, room) => `${url.replace(/^http/, 'ws')}/collab/${room}?v=${WIRE_VERSION}`,
  headers: ({ url, cookies }, person) => ({ Origin: url, Cookie: cookies[person % cookies.length] ?? '' }),
  knock: () => null,
  step1: (_room, vector) => sync(0, vector),
  step2: (_room, update) => sync(1, update),
  update: (_room, update) => sync(2, update),
  awareness: (_room, body) => writer.uint(AWARENESS).block(body).take(),
  mark: (mark) => writer.uint(MARK).uint(mark).take(),
  hear(frame, listener) {
    const cursor = new Cursor(frame);
    const type = cursor.uint();
    if (type === SYNC) hearSync(cursor, listener);
    else if (type === AWARENESS) listener.awareness(cursor.block());
    else if (type === PERSISTED) listener.persisted(cursor.uint());
  },
};

/** The same words, which nobody reads. */
const raw: Dialect = {
  ...ours,
  syncs: false,
  marks: false,
  address: ({ url }, room) => `${url.replace(/^http/, 'ws')}/${room}`,
  headers: () => ({}),
};

const named = (room: string, frame: Uint8Array): Uint8Array => writer.text(room).raw(frame).take();

/** Every message begins with the document's name, and the first one is the token. */
const hocuspocus: Dialect = {
  syncs: true,
  marks: false,
  address: ({ url }) => `${url.replace(/^http/, 'ws')}/`,
  headers: () => ({}),
  knock: (room) => writer.text(room).uint(AUTH).uint(0).text('bench').take(),
  step1: (room, vector) => named(room, sync(0, vector)),
  step2: (room, update) => named(room, sync(1, update)),
  update: (room, update) => named(room, sync(2, update)),
  awareness: (room, body) => named(room, ours.awareness(room, body)),
  mark: ours.mark,
  hear(frame, listener) {
    const cursor = new Cursor(frame);
    cursor.block();
    const type = cursor.uint();
    if (type === SYNC || type === SYNC_REPLY) hearSync(cursor, listener);
    else if (type === AWARENESS) listener.awareness(cursor.block());
    else if (type === AUTH && cursor.uint() === AUTHENTICATED) listener.admitted();
  },
};

export const DIALECTS: Record<DialectName, Dialect> = { ours, raw, hocuspocus };
