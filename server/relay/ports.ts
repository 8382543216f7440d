/**
 * Why this file exists: the relay knows rooms, connections and bytes, and nothing else. What it needs from the world is
 * declared here and handed in by server/compose.ts.
 */
import type { AccessDecision } from '#shared/policy.ts';
import type { VersionKind } from '#shared/terms.ts';
import type { AccessReason } from '#shared/wire.ts';
import type { RelayLog } from './log.ts';
import type { Parcel } from './parcel.ts';

/** Who is behind a connection, as the server knows them; what is shown to others comes from here and never from a client. */
export interface Principal {
  personId: string;
  sessionId: string;
  /** Replaces the whole `user` field of every awareness state. */
  user: { id: string; name: string; colour: number; organisation: string; guest?: true };
  /** Shown to nobody and counted nowhere: a projector. */
  unseen?: true;
}

/** One socket. The relay never awaits it: `send` queues, `buffered` tells how many bytes wait. */
export interface RelaySocket {
  /** Sends the parcel's messages in their order, in one write where it can. */
  send(parcel: Parcel): void;
  close(code: number, reason: string): void;
  /** Kills the connection without a closing handshake, for a peer that does not read. */
  terminate(): void;
  /** Takes nothing more from the peer until `resume`, so that the network holds it back. What has come already is still handed on. */
  pause(): void;
  resume(): void;
  readonly buffered: number;
}

/** What a socket's owner calls; made by {@link Relay.connect}. Handling is synchronous and in order. */
export interface RelayConnection {
  message(bytes: Uint8Array): void;
  /** A text frame: refused. */
  text(): void;
  closed(): void;
}

export interface ConnectRequest {
  room: string;
  principal: Principal;
  /** The client speaks types 122–126. */
  extended: boolean;
  /** Names the connection in the log: the id of the request that was upgraded. */
  id?: string | null;
}

/**
 * Decides access to a room. Read from tables that the change of a right has already altered when it calls
 * {@link Relay.reauthorize}. `missing` is a room that does not exist (4404). Who can answer at once does: then a
 * connection is let in, or its right changed, in the same turn.
 */
export type Authorize = (
  principal: Principal,
  room: string,
) => AccessDecision | 'missing' | Promise<AccessDecision | 'missing'>;

/** What a shared type is; `root` is what its readers take it for. */
export type TypeName = 'root' | 'array' | 'map' | 'text' | 'xmlElement' | 'xmlFragment' | 'xmlHook' | 'xmlText';

/** A type in a room's document, as something that content stands in. */
export interface Place {
  /** Name of the root it lies in. */
  readonly root: string;
  /** Id of the type; -1 for a root. */
  readonly client: number;
  readonly clock: number;
  /** 0 for the root itself. */
  readonly depth: number;
  readonly type: TypeName;
  /** Name of an element; '' otherwise. */
  readonly name: string;
  /** The map key it is the value of. */
  readonly key: string | null;
  readonly parent: Place | null;
}

/** What an update puts in a place. */
export interface Content {
  /** `value`: a text, a number, a truth value or null; `object`: every other value. */
  readonly kind: 'text' | 'format' | 'type' | 'value' | 'object';
  /** For a type, which. */
  readonly type: TypeName | null;
  /** Name of an element or a mark; '' otherwise. */
  readonly name: string;
  /** Map key or attribute; `null` for content in a sequence. */
  readonly key: string | null;
  /** How much it is, encoded. */
  readonly bytes: number;
}

/** What a kind of room may hold. What readers of a room would stumble over must not get in. */
export interface RoomShape {
  /** Whether `content` may stand there. Both are only lent. */
  allows(place: Place, content: Content): boolean;
}

/** Server's clock, milliseconds since 1970 UTC. */
export type Clock = () => number;

export interface JournalRow {
  room: string;
  update: Uint8Array;
  personId: string;
  at: number;
  /** Client ids seen for the first time in this room, owned by `personId` from this commit on. */
  newClients: number[];
  /** The room as it was right before this update, kept in the same commit. */
  checkpoint?: CheckpointDraft;
}

/** A room as it was at one moment, to be kept. */
export interface CheckpointDraft {
  kind: VersionKind;
  at: number;
  /** Who did what it was kept for. */
  personId: string;
  /** Given by people; empty for those kept by themselves. */
  name: string;
  /** The meeting's phase that ended, or empty. */
  phase: string;
  /** The whole document as an update (V1). */
  state: Uint8Array;
}

export interface Checkpoint extends Omit<CheckpointDraft, 'state'> {
  id: string;
  bytes: number;
}

/**
 * Where checkpoints are kept. Contract suite: tests/storage/checkpoint-store.contract.ts. Who wrote what is not kept with
 * them: a room's spans name every clock ever used, deleted ones too.
 */
export interface CheckpointStore {
  /**
   * Keeps a room's state and gives its id, or `null` when the newest one holds the same content (one with a name is kept
   * all the same). Thins out those without a name.
   */
  keep(room: string, draft: CheckpointDraft): Promise<string | null>;
  /** Of one room, newest first. */
  checkpoints(room: string): Promise<Checkpoint[]>;
  /** `null` when the room has none of this id. */
  checkpoint(room: string, id: string): Promise<(Checkpoint & { state: Uint8Array }) | null>;
  /** Takes one away for good; whether there was one. */
  discard(room: string, id: string): Promise<boolean>;
  /** Names of the rooms that begin with the prefix and in which something was written. */
  writtenRooms(prefix: string): Promise<string[]>;
}

export interface AuthorSpan {
  client: number;
  /** First clock. */
  from: number;
  /** Clock after the last. */
  to: number;
  personId: string;
  at: number;
}

/** Everything storage knows of a room. */
export interface StoredRoom {
  epoch: string;
  /** Compacted state, or null when there is none yet. */
  snapshot: Uint8Array | null;
  /** Rows behind the snapshot, oldest first. */
  rows: { seq: number; update: Uint8Array; personId: string; at: number }[];
  /** client id → person */
  owners: Map<number, string>;
  /** Authorship of what the snapshot holds. */
  spans: AuthorSpan[];
}

/**
 * Where updates are kept. Contract suite: tests/storage/update-store.contract.ts.
 * `append` resolves after the commit that holds all rows (all or nothing) and rejects when nothing of them is stored.
 */
export interface UpdateStore {
  load(room: string): Promise<StoredRoom>;
  append(rows: JournalRow[]): Promise<void>;
  /** In one transaction: writes the snapshot and spans, and deletes exactly the rows with these sequence numbers. */
  compact(room: string, snapshot: Uint8Array, spans: AuthorSpan[], seqs: number[]): Promise<void>;
  /**
   * Does all of a room's compaction by itself, away from the relay's thread: reads, works it out (see compaction.ts) and
   * writes. Resolves with `null` when nothing could go. A store without it leaves the work to the relay.
   */
  compactRoom?(room: string, log: RelayLog): Promise<CompactionDone | null>;
  /** Ends after the last commit. */
  close(): Promise<void>;
}

/** What a compaction did: rows that went, and the snapshot's bytes. */
export interface CompactionDone {
  rows: number;
  bytes: number;
}

/** How the room is to be kept before an edit, in the commit of that edit. */
export type EditBefore = Pick<CheckpointDraft, 'kind'> & Partial<Pick<CheckpointDraft, 'name' | 'phase'>>;

/** What the rest of the server may ask of the relay. */
export interface Relay {
  /**
   * Takes over an upgraded socket. Access is decided here; until it is, messages wait in order. Never throws: what is
   * refused is closed with its code.
   */
  connect(socket: RelaySocket, request: ConnectRequest): RelayConnection;
  /**
   * Decides access anew for the connections that match. Resolves when each of them has its new right: nothing they send
   * afterwards counts under the old one. Until then those connections' messages wait.
   */
  reauthorize(match: { personId?: string; roomPrefix?: string; room?: string }): Promise<void>;
  /**
   * Nobody writes in the room from this call until the function it gives is called: what has been accepted by then is all
   * there will be, and {@link read} gives exactly that. Everybody is told the reason at once. For a decision that is
   * about to be stored; it is kept in memory alone, so a crash leaves the room open. Of several holds each must be let go.
   */
  hold(room: string, reason: AccessReason): () => void;
  /** Closes the connections of a session or person with a code; they are dead when this returns. */
  disconnect(
    match: { sessionId?: string; personId?: string; exceptSessionId?: string },
    code: number,
    reason: string,
  ): void;
  /** Reads the room's document as it is now, every accepted update in it. The document must not be kept or changed. */
  read<T>(room: string, fn: (doc: import('yjs').Doc) => T): Promise<T>;
  /** As {@link read} without waiting: `null` when the room is not loaded or something of it is not committed yet. */
  readNow<T>(room: string, fn: (doc: import('yjs').Doc) => T): { value: T } | null;
  /**
   * Edits a room as the server on behalf of `personId`: `fn` runs in one transaction on a throw-away document, the difference is
   * journalled, then sent to everybody. Resolves after the commit. With `before`, the room as it was is kept in that commit.
   */
  edit(room: string, personId: string, fn: (doc: import('yjs').Doc) => void, before?: EditBefore): Promise<void>;
  /** Tells extended clients in a room that something outside the document changed (type 126). */
  notice(room: string, topic: string): void;
  /** Who wrote what in a room, snapshot and journal together. */
  authorship(room: string): Promise<AuthorSpan[]>;
  /** Who is in which room now. */
  occupancy(): Map<string, { people: Set<string>; connections: number }>;
  /** Distinct people connected to rooms whose name starts with the prefix. */
  present(roomPrefix: string): Set<string>;
  /** Flushes, closes every socket with 1012, resolves after the last commit. */
  stop(): Promise<void>;
}
