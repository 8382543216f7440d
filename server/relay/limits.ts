/**
 * Why this file exists: every number the relay is bounded by, in one place, so that a test can shrink them and the rest
 * of LIM has somewhere to go.
 */
import { MAX_AWARENESS_BYTES, MAX_FRAME_BYTES } from '#shared/wire.ts';

export interface RelayLimits {
  /** Connections of one person at the same time. */
  connectionsPerPerson: number;
  /** Largest frame from a client, bytes. */
  frameBytes: number;
  /** Largest awareness state of one client, bytes of JSON. */
  awarenessBytes: number;
  /** Most states in one awareness message: stock clients echo a whole room's. */
  awarenessStates: number;
  /** Most clients in a state vector. */
  stateVectorClients: number;
  /** Updates of one connection that are handled in a second, and at once when it was silent; large ones count for more. */
  updatesPerSecond: number;
  updatesAtOnce: number;
  /** The same for its presence, marks and questions. Echoes of others' presence are not counted here. */
  messagesPerSecond: number;
  messagesAtOnce: number;
  /** The same for everything it sends. */
  framesPerSecond: number;
  framesAtOnce: number;
  /** Messages that may wait for their turn; beyond it the connection is closed with 1008. */
  waitingMessages: number;
  /** Whole documents a connection is answered with in ten seconds, and at once when it has not asked before. */
  repliesPerTenSeconds: number;
  repliesAtOnce: number;
  /** Replies up to this size that are ready are not counted, bytes. */
  smallReplyBytes: number;
  /** Largest document, bytes of its compacted state. Small edits may go an eighth beyond. */
  documentBytes: number;
  /** Most structs in one update: a document of a quarter of a million keystrokes has some ten thousand. */
  updateStructs: number;
  /** Most ranges one update may delete: a client says all deletions of the document at every reconnect. */
  updateDeletes: number;
  /** Most types inside each other. */
  nestingDepth: number;
  /** Most client ids in a room; below `stateVectorClients`, or its people could not open it any more. */
  roomClients: number;
  /** Most client ids under which one person may write in a room: one per opened page. */
  clientsPerPerson: number;
  /** What may wait for a peer that does not read, bytes; a reply to sync step 1 is allowed on top of it. */
  sendQueueBytes: number;
  /** What may wait for the decision about a connection that already talks, bytes. */
  inboxBytes: number;
  /** What may wait for a commit, bytes of memory, which a single key takes some hundreds of; above it the rooms are read-only until the disk has caught up. */
  journalBytes: number;
  /** Updates in one commit. */
  journalRows: number;
  /** A connection hears from us at least this often, milliseconds. */
  heartbeatMs: number;
  /** A room nobody is in stays loaded this long, milliseconds. */
  warmMs: number;
  /** With more rooms than this loaded, those nobody is in do not stay warm. */
  warmRooms: number;
  /** A room's Y.Doc that nobody asked for is put away after this long, milliseconds. */
  restMs: number;
  /** Committed updates that may wait for the room's Y.Doc before it is brought up to date in the background. */
  lazyUpdates: number;
  /** Rows behind the snapshot that call for a compaction while the room is in use. */
  compactRows: number;
  /** Longest stretch of background work on documents before sockets get their turn, milliseconds. */
  sliceMs: number;
  /** In a busy house commits and presence are gathered for up to this long less what a slow commit takes, milliseconds; in a quiet one they leave at once. */
  windowMs: number;
  /** … and for up to this long where one core would not do otherwise; `windowMs` 0 gathers nothing at all. */
  crowdedWindowMs: number;
  /** From here on a commit is slow: marks are answered with "received" meanwhile, and presence goes by itself. */
  slowCommitMs: number;
  /** First pause before a failed commit is tried again, milliseconds; doubled up to `retryMaxMs`. */
  retryMs: number;
  retryMaxMs: number;
  /** A room without an edit for this long is quiet, and its content is compared, milliseconds. */
  quietMs: number;
  /** Largest document that is woken only to be compared, bytes: what can be read in a few milliseconds. */
  hashWakeBytes: number;
  /** How long stop() waits for a disk that does not answer, milliseconds. */
  stopMs: number;
  /** A deletion of so many letters at once makes a version of the room before it … */
  deletionCharacters: number;
  /** … and so does one of more than this share of a text of at least `deletionFrom` letters, … */
  deletionShare: number;
  deletionFrom: number;
  /** … and this many letters bit by bit. What was written since the last version may be lost up to here too. */
  deletionCreep: number;
  /** One person's deletions make one version in this time, milliseconds, unless much was written meanwhile. */
  deletionPauseMs: number;
  /** And never more than one in this time: each writes the whole room. Milliseconds. */
  deletionFloorMs: number;
}

export const DEFAULT_LIMITS: RelayLimits = {
  connectionsPerPerson: 200,
  frameBytes: MAX_FRAME_BYTES,
  awarenessBytes: MAX_AWARENESS_BYTES,
  awarenessStates: 2_000,
  stateVectorClients: 10_000,
  updatesPerSecond: 200,
  updatesAtOnce: 1_000,
  messagesPerSecond: 400,
  messagesAtOnce: 2_000,
  framesPerSecond: 5_000,
  framesAtOnce: 10_000,
  waitingMessages: 2_000,
  repliesPerTenSeconds: 2,
  repliesAtOnce: 4,
  smallReplyBytes: 64 * 1024,
  documentBytes: 16 * 1024 * 1024,
  updateStructs: 100_000,
  updateDeletes: 250_000,
  nestingDepth: 64,
  roomClients: 9_000,
  clientsPerPerson: 1_500,
  sendQueueBytes: 1024 * 1024,
  inboxBytes: 8 * 1024 * 1024,
  journalBytes: 16 * 1024 * 1024,
  journalRows: 8_192,
  heartbeatMs: 15_000,
  warmMs: 10_000,
  warmRooms: 1_000,
  restMs: 10_000,
  lazyUpdates: 256,
  compactRows: 1_000,
  sliceMs: 1,
  windowMs: 40,
  crowdedWindowMs: 60,
  slowCommitMs: 30,
  retryMs: 50,
  retryMaxMs: 2_000,
  quietMs: 2_000,
  hashWakeBytes: 64 * 1024,
  stopMs: 6_000,
  deletionCharacters: 400,
  deletionShare: 1 / 3,
  deletionFrom: 200,
  deletionCreep: 100,
  deletionPauseMs: 180_000,
  deletionFloorMs: 15_000,
};
