/**
 * Why this file exists: a person without a browser. {@link openDoc} is the shipping `WebsocketProvider` with a Y.Doc,
 * over a socket that carries the session's cookie; it keeps account of what the server has said is saved.
 * {@link openRaw} speaks the same protocol without a document, for many clients in one process and for wrong frames.
 */
import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  EDITOR_SCHEMA_VERSION,
  MESSAGE_ACCESS,
  MESSAGE_AWARENESS,
  MESSAGE_MARK,
  MESSAGE_PERSISTED,
  MESSAGE_SYNC,
  WIRE_VERSION,
} from '#shared/wire.ts';
import type { SignedIn } from './people.ts';

function socketAddress(person: SignedIn): string {
  return `${person.url.replace(/^http/, 'ws')}/collab`;
}

/** A WebSocket class as the provider wants it, which says who it is in the headers a browser would send. */
function socketClass(person: SignedIn): typeof globalThis.WebSocket {
  class PersonSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie: person.cookie }, origin: person.url });
      // A refused connection is the provider's business; an unheard 'error' would end the process.
      this.on('error', () => {});
    }
  }
  return PersonSocket as unknown as typeof globalThis.WebSocket;
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return new Uint8Array(encoding.toUint8Array(encoder));
}

export interface DocClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** How many of this client's own updates the server has said are saved. */
  saved(): number;
  /** How many updates this client has made. */
  made(): number;
  access(): string;
  /** Resolves when it is connected and in step with the server. */
  synced(): Promise<void>;
  /** Resolves when everything made so far is saved. */
  settled(): Promise<void>;
  destroy(): void;
}

/** Joins a room with a document of its own, through the provider that ships. */
export function openDoc(person: SignedIn, room: string, options: { doc?: Y.Doc; stock?: boolean } = {}): DocClient {
  const doc = options.doc ?? new Y.Doc();
  const provider = new WebsocketProvider(socketAddress(person), room, doc, {
    connect: false,
    disableBc: true,
    maxBackoffTime: 400,
    WebSocketPolyfill: socketClass(person),
    params: options.stock ? {} : { v: WIRE_VERSION, schema: String(EDITOR_SCHEMA_VERSION) },
  });
  let made = 0;
  let saved = 0;
  let mark = 0;
  let access = '';
  /** mark → number of updates it covers, of this connection. */
  const marks = new Map<number, number>();
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const check of [...waiting]) check();
  };
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const sendMark = (): void => {
    const socket = provider.ws;
    if (!socket || socket.readyState !== socket.OPEN) return;
    mark += 1;
    marks.set(mark, made);
    const n = mark;
    socket.send(frame(MESSAGE_MARK, (encoder) => encoding.writeVarUint(encoder, n)));
  };
  provider.messageHandlers[MESSAGE_PERSISTED] = (_encoder, decoder) => {
    const n = decoding.readVarUint(decoder);
    for (const [key, covered] of marks) {
      if (key > n) continue;
      saved = Math.max(saved, covered);
      marks.delete(key);
    }
    wake();
  };
  provider.messageHandlers[MESSAGE_ACCESS] = (_encoder, decoder) => {
    access = decoding.readVarString(decoder);
    wake();
  };
  // 123–126 need no answer here, but an unknown type would be logged for every frame.
  for (const type of [123, 124, 125, 126]) provider.messageHandlers[type] = () => {};
  // Registered after the provider's own listener, so the mark follows its update on the wire.
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === provider) return;
    made += 1;
    sendMark();
  });
  // The reply to the server's step 1 has gone out when its step 2 has come: what was typed offline is covered by this mark.
  provider.on('sync', (synced: boolean) => {
    if (synced) sendMark();
    wake();
  });
  provider.on('connection-close', () => {
    marks.clear();
    wake();
  });
  provider.connect();
  return {
    doc,
    provider,
    saved: () => saved,
    made: () => made,
    access: () => access,
    synced: () => until(() => provider.synced),
    settled: () => until(() => provider.synced && saved >= made),
    destroy() {
      provider.destroy();
      doc.destroy();
    },
  };
}

export interface RawClient {
  readonly socket: WebSocket;
  /** What the close frame said, once it is closed. */
  closed: Promise<{ code: number; reason: string }>;
  /** Sends one update. */
  update(update: Uint8Array): void;
  mark(n: number): void;
  send(bytes: Uint8Array): void;
}

export interface RawHandlers {
  /** Every update that others made, as it stands in its frame (merged ones come as one). */
  onUpdate?(update: Uint8Array): void;
  onPersisted?(n: number): void;
  onSynced?(): void;
  onOther?(type: number, decoder: decoding.Decoder): void;
}

const EMPTY_STATE = Y.encodeStateAsUpdate(new Y.Doc());
const EMPTY_VECTOR = Y.encodeStateVector(new Y.Doc());

/**
 * Joins a room without keeping a document. Answers the server's step 1 with "nothing new" and asks for what is there,
 * so a live connection looks like any other. Resolves when the socket is open. `bare` says nothing by itself: for a
 * server that does not know the protocol.
 */
export async function openRaw(
  person: SignedIn,
  room: string,
  handlers: RawHandlers = {},
  options: { query?: string; address?: string; bare?: boolean } = {},
): Promise<RawClient> {
  const address = options.address ?? `${socketAddress(person)}/${room}${options.query ?? ''}`;
  const socket = new WebSocket(address, {
    headers: { cookie: person.cookie },
    origin: person.url,
    perMessageDeflate: false,
  });
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  socket.on('message', (data: ArrayBuffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE_SYNC) {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === syncProtocol.messageYjsSyncStep1)
        socket.send(
          frame(MESSAGE_SYNC, (encoder) => {
            encoding.writeVarUint(encoder, syncProtocol.messageYjsSyncStep2);
            encoding.writeVarUint8Array(encoder, EMPTY_STATE);
          }),
        );
      else if (step === syncProtocol.messageYjsUpdate) handlers.onUpdate?.(bytes);
      else {
        handlers.onUpdate?.(bytes);
        handlers.onSynced?.();
      }
    } else if (type === MESSAGE_PERSISTED) handlers.onPersisted?.(decoding.readVarUint(decoder));
    else if (type !== MESSAGE_AWARENESS) handlers.onOther?.(type, decoder);
  });
  await once(socket, 'open');
  socket.on('error', () => {});
  if (!options.bare)
    socket.send(
      frame(MESSAGE_SYNC, (encoder) => {
        encoding.writeVarUint(encoder, syncProtocol.messageYjsSyncStep1);
        encoding.writeVarUint8Array(encoder, EMPTY_VECTOR);
      }),
    );
  return {
    socket,
    closed,
    update: (update) =>
      socket.send(
        frame(MESSAGE_SYNC, (encoder) => {
          encoding.writeVarUint(encoder, syncProtocol.messageYjsUpdate);
          encoding.writeVarUint8Array(encoder, update);
        }),
      ),
    mark: (n) => socket.send(frame(MESSAGE_MARK, (encoder) => encoding.writeVarUint(encoder, n))),
    send: (bytes) => socket.send(bytes),
  };
}
