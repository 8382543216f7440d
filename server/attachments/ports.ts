/**
 * Why this file exists: what attachments need kept, said without saying where. What they are called is one value a meeting; their
 * bytes lie in pieces beside it. A file is there when it is whole: until then it is an upload, and nobody can open it.
 * Contract suite: tests/attachments/store.test.ts.
 */
import type { AttachmentEntry, Attachments } from '#shared/attachments/attachment.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** What is decided on. */
export interface AttachmentSituation {
  meeting: MeetingRecord;
  attachments: Attachments;
}

/** Whose upload: ids are the senders' own, so that nobody meets somebody else's. */
export interface UploadKey {
  meetingId: Id;
  personId: Id;
  uploadId: Id;
}

export interface Upload extends UploadKey {
  itemId: Id;
  /** Of the file and of the attachment it becomes; ours, random. */
  fileId: Id;
  name: string;
  size: number;
  before: Id | null;
  /** Bytes that are kept. */
  received: number;
  /** It has become an attachment. */
  done: boolean;
  /** When something last happened to it. */
  at: number;
}

/** What the janitor did. */
export interface Swept {
  /** Pieces of files that nothing points at any more. */
  strayPieces: number;
  /** Uploads given up. */
  uploads: number;
  /** Attachments whose bytes are not there, and have been marked so. */
  lost: number;
  /** Removed ones whose time is over. */
  cleared: number;
}

export interface AttachmentStore {
  /** `null` when there is no such meeting. */
  get(meetingId: Id): Promise<AttachmentSituation | null>;
  /**
   * Reads, asks `decide` and writes what it answers, in one transaction; raises the version when the answer is another value than
   * what was. `decide` is synchronous and may throw to change nothing. Resolves to what is then.
   */
  change(
    meetingId: Id,
    decide: (situation: AttachmentSituation) => Attachments,
  ): Promise<(AttachmentSituation & { changed: boolean }) | null>;

  /**
   * The upload of this key; one that is not there is begun when `decide` does not throw. `open` is how many uploads of the person
   * are not done, `bytes` what the meeting's files and open uploads come to.
   */
  begin(
    upload: Omit<Upload, 'received' | 'done'>,
    decide: (situation: AttachmentSituation, open: number, bytes: number) => void,
  ): Promise<Upload | null>;
  upload(key: UploadKey): Promise<Upload | null>;
  /**
   * Keeps a piece that stands at `at`, when that is where the upload has come to; decided in the transaction. Resolves to the upload
   * as it is then, whether or not the piece was taken, or `null` when there is none.
   */
  append(
    key: UploadKey,
    at: number,
    piece: Uint8Array,
    now: number,
    decide: (situation: AttachmentSituation, upload: Upload) => void,
  ): Promise<Upload | null>;
  /**
   * The upload becomes an attachment: the file is whole and `decide` has it in the meeting's list, or neither. Done once: a second
   * time answers as the first.
   */
  finish(
    key: UploadKey,
    file: { sha256: string; now: number },
    decide: (situation: AttachmentSituation, upload: Upload) => Attachments,
  ): Promise<AttachmentSituation | null>;
  /** Gives an upload up, with what has come of it. One that is done stays. */
  abandon(key: UploadKey): Promise<void>;

  /** A piece of a file or of an upload that is not done, from 0; `null` behind the last one. */
  piece(fileId: Id, n: number): Promise<Uint8Array | null>;
  /** The file's size in bytes when it is whole, else `null`. */
  sizeOf(fileId: Id): Promise<number | null>;

  /**
   * Makes list and bytes agree again, at `now`: pieces without file or upload go, uploads idle since `idleBefore` too, attachments
   * without bytes are marked, and what was removed before `removedBefore` loses its bytes.
   */
  sweep(times: { idleBefore: number; removedBefore: number }): Promise<Swept>;
}

/** Told of what the janitor found; by default nobody is. */
export type Warn = (event: string, fields: Record<string, string>) => void;
export type { AttachmentEntry, Attachments };
