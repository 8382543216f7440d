/**
 * Why this file exists: what client and server say to each other on a room's socket beyond the y-websocket protocol.
 * Stock types: 0 sync, 1 awareness, 2 auth, 3 query awareness. Stock y-websocket clients know none of ours; they are
 * sent 121 only in answer to a 120, and 122 to 126 never.
 */

/** y-protocols' own message types. */
export const MESSAGE_SYNC = 0;
export const MESSAGE_AWARENESS = 1;
export const MESSAGE_QUERY_AWARENESS = 3;

/**
 * client → server: varUint n, behind the updates it covers; then, if the client counts, varUint of the frames it has sent on this connection
 * before this one. The server answers only when just as many have come.
 */
export const MESSAGE_MARK = 120;
/** server → client: varUint n, after the commit that holds everything before mark n. */
export const MESSAGE_PERSISTED = 121;
/** server → client: varString `none | read | write`, varString reason (a code, see {@link AccessReason}). */
export const MESSAGE_ACCESS = 122;
/** server → client: varUint n, the updates before mark n have been checked and wait for their commit. */
export const MESSAGE_RECEIVED = 123;
/** server → client: varString epoch of the room's stored history, before sync step 1. */
export const MESSAGE_EPOCH = 124;
/** both ways: varString, the hash of what a quiet room shows (shared/content-hash.ts); from a client when it shows something else. */
export const MESSAGE_HASH = 125;
/** server → client in an agenda room: varString topic; something outside the document changed, ask again over HTTP. */
export const MESSAGE_NOTICE = 126;

/** Query parameters of `/collab/<room>`: `v=1` asks for 122–126; `schema=N` names the editor schema of the client. */
export const WIRE_VERSION = '1';

/** What a person may do in a room. */
export type Access = 'none' | 'read' | 'write';

/** Why access is what it is; the client translates the code. An empty string needs no explanation. */
export type AccessReason =
  | ''
  | 'observer'
  | 'not-open'
  | 'phase'
  | 'locked'
  | 'cancelled'
  | 'archived'
  | 'storage'
  | 'refused'
  | 'full'
  | 'not-participant'
  | 'guest'
  | 'not-started'
  | 'round-closed'
  | 'other-group'
  | 'not-scribe'
  | 'final';

/** Close codes. 4400–4499 mean "do not come back" to y-websocket's client; all others are retried by it. */
export const CLOSE = {
  restart: 1012,
  tooSlow: 1013,
  protocol: 1002,
  unsupported: 1003,
  policy: 1008,
  tooBig: 1009,
  internal: 1011,
  rightsChanged: 4205,
  /** More connections than one person may have. Permanent to y-websocket; our client asks again, seldom. */
  tooMany: 4429,
  notSignedIn: 4401,
  noAccess: 4403,
  noSuchRoom: 4404,
  reload: 4426,
} as const;

/** The largest frame a client may send, in bytes. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** The largest awareness state, in bytes of JSON. */
export const MAX_AWARENESS_BYTES = 4096;

/**
 * The version of the editor's schema (shared/editor). Raise it with every change of nodes, marks or attributes:
 * an editor deletes nodes it does not know, for everybody, so older ones are closed with 4426.
 */
export const EDITOR_SCHEMA_VERSION = 3;
