/**
 * Why this file exists: what the main thread and the journal's worker thread say to each other.
 */
import type { AuthorSpan, JournalRow, StoredRoom } from '../relay/ports.ts';

export type StoreCommand =
  | { kind: 'load'; room: string }
  | { kind: 'append'; rows: JournalRow[] }
  | { kind: 'compact'; room: string; snapshot: Uint8Array; spans: AuthorSpan[]; seqs: number[] }
  | { kind: 'close' };

export interface StoreRequest {
  id: number;
  command: StoreCommand;
}

export type StoreReply =
  | { id: number; ok: true; room: StoredRoom | null }
  | { id: number; ok: false; name: string; message: string };
