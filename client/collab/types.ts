/**
 * Why this file exists: what the rest of the client may know about a room's state, as plain values. Screens read these;
 * only the room client writes them.
 */
import type { Access, AccessReason } from '#shared/wire.ts';

/** `connecting` is the first attempt; after a failure or a loss it is `offline` until a socket is open again. */
export type ConnectionState = 'connecting' | 'online' | 'offline';

/** The honest states of saving. `saved` only when the server has committed everything this device has written. */
export type SavingStatus = 'sending' | 'received' | 'saved' | 'offline' | 'refused';

/** A text the server did not take, kept for its author to copy. */
export interface Refusal {
  id: string;
  room: string;
  /** The inserted words in document order, a line per block; empty when only deletions were refused. */
  text: string;
  reason: RefusalReason;
  /** Server's clock, milliseconds. */
  at: number;
}
/** Why: the access reason, or that the room's history was replaced. */
export type RefusalReason = AccessReason | 'history-replaced';

/** One immutable snapshot of a room; a new object on every change. */
export interface RoomState {
  connection: ConnectionState;
  /** The document holds everything the server had when this connection opened. */
  synced: boolean;
  /** It has been in step since this page was opened: what is typed now follows what others wrote. */
  everSynced: boolean;
  /** What the device remembers has been read (or cannot be). */
  deviceLoaded: boolean;
  /** There is something to show: synced, or words known from this device. */
  known: boolean;
  access: Access;
  accessReason: AccessReason;
  saving: SavingStatus;
  /** A close code of 4400–4499: the room will not come back by itself. */
  closedCode: number | null;
  /** Server's clock at the last `saved`, milliseconds. */
  lastSavedAt: number | null;
  /** Characters written here and not yet committed by the server. */
  pendingCharacters: number;
  /** When the oldest of them was written; server's clock. */
  pendingSince: number | null;
  /** The room's stored history was replaced; this copy is being dropped. */
  epochMismatch: boolean;
  deviceStorage: 'ok' | 'unavailable';
  refused: readonly Refusal[];
}
