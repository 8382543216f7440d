/**
 * Why this file exists: what the main thread and the journal's worker thread say to each other.
 */
import type { AuthorSpan, Checkpoint, CheckpointDraft, JournalRow, StoredRoom } from '../relay/ports.ts';
import type { FlatRows } from './flat-rows.ts';

export type StoreCommand =
  | { kind: 'load'; room: string }
  | { kind: 'append'; rows: JournalRow[] }
  | { kind: 'compact'; room: string; snapshot: Uint8Array; spans: AuthorSpan[]; seqs: number[] }
  | { kind: 'checkpoints'; question: CheckpointQuestion }
  | { kind: 'close' };

/** What is asked about checkpoints; the methods of CheckpointStore. */
export type CheckpointQuestion =
  | { ask: 'keep'; room: string; draft: CheckpointDraft }
  | { ask: 'list'; room: string }
  | { ask: 'one'; room: string; id: string }
  | { ask: 'discard'; room: string; id: string }
  | { ask: 'written-rooms'; prefix: string };

export type CheckpointAnswer =
  | { ask: 'keep'; id: string | null }
  | { ask: 'list'; checkpoints: Checkpoint[] }
  | { ask: 'one'; checkpoint: (Checkpoint & { state: Uint8Array }) | null }
  | { ask: 'discard'; done: boolean }
  | { ask: 'written-rooms'; names: string[] };

/** What a command brings back: a load its room, a question its answer, the others nothing. */
export type StoreResult = StoredRoom | CheckpointAnswer | null;

export interface StoreRequest {
  id: number;
  command: Exclude<StoreCommand, { kind: 'append' }> | { kind: 'append'; flat: FlatRows };
}

export type StoreReply =
  | { id: number; ok: true; result: StoreResult }
  | { id: number; ok: false; name: string; message: string };
