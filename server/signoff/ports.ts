/**
 * Why this file exists: what signing a protocol needs of the rest: where it is kept, who vouches for an approval, the
 * attachments' bytes. Contract suite of the store: tests/storage/signoff-store.test.ts.
 */
import type { Id } from '#shared/ids.ts';
import type { EventKind } from '#shared/signoff/api.ts';
import type { PartId } from '#shared/signoff/parts.ts';
import type { SignatureProof, SignOff } from '#shared/signoff/signoff.ts';
import type { Language } from '#shared/terms.ts';
import type { ItemLock, MeetingRecord } from '../meetings/ports.ts';

export interface Who {
  at: number;
  personId: Id;
  /** As the name was. */
  person: string;
}

/** A line of the log. */
export interface SignOffEvent extends Who {
  kind: EventKind;
  part: PartId | '';
  /** A hash, a receiver, a reason: what belongs to the kind. */
  detail: string;
}

/** What was sealed; never written again. */
export interface MinutesRevision extends Who {
  n: number;
  /** The canonical JSON of the document. */
  json: string;
  /** Of `json` in UTF-8, hexadecimal. */
  sha256: string;
  language: Language;
  /** Names of those who came as guests, as they were: what a published version may have to hide. */
  guests: string[];
}

/** Stands beside what is sealed and alters nothing of it (rättelse). */
export interface Correction extends Who {
  id: Id;
  n: number;
  itemId: Id | null;
  text: string;
  reason: string;
}

/** Something that was handed out. */
export interface Dispatch extends Who {
  id: Id;
  to: string;
  /** JSON of what was asked for: format, items, what was left out. The file can be made again from it. */
  asked: string;
  name: string;
  size: number;
  /** Of the file's bytes. */
  sha256: string;
  /** How many corrections there were: the file holds those. */
  corrections: number;
}

/** What a step of the sign-off comes to. */
export interface SignOffChange {
  signOff: SignOff;
  events: SignOffEvent[];
  /** An item that is in force at once is locked in the same commit. */
  lock?: ItemLock;
}

export interface SignOffStore {
  get(meetingId: Id): Promise<SignOff>;
  /**
   * Reads the meeting and its sign-off, asks `decide` and writes what it answers, in one transaction. `decide` is
   * synchronous and may throw to change nothing; `null` changes nothing. Resolves to `false` when there is no such meeting.
   */
  change(
    meetingId: Id,
    decide: (signOff: SignOff, meeting: MeetingRecord, sealed: boolean) => SignOffChange | null,
  ): Promise<boolean>;
  /** Another number than before whenever anything was written in the database. */
  mark(): Promise<number>;
  /**
   * Seals, in one transaction: the revision is kept, the meeting is verified, the log says so. `moved` when something was
   * written since `mark`: then what is to be sealed has to be read again. Throws when there is a revision already.
   */
  seal(
    meetingId: Id,
    mark: number,
    decide: (signOff: SignOff, meeting: MeetingRecord) => { revision: MinutesRevision; event: SignOffEvent },
  ): Promise<'sealed' | 'moved' | 'missing'>;
  revision(meetingId: Id, n: number): Promise<MinutesRevision | null>;
  /** Oldest first. */
  corrections(meetingId: Id): Promise<Correction[]>;
  /** `decide` is asked in the transaction and may throw. The correction gets the next number. */
  correct(
    meetingId: Id,
    decide: (meeting: MeetingRecord, sealed: boolean) => Omit<Correction, 'n'>,
  ): Promise<Correction | null>;
  /** Newest first. */
  dispatches(meetingId: Id): Promise<Dispatch[]>;
  dispatch(meetingId: Id, decide: (meeting: MeetingRecord, sealed: boolean) => Dispatch): Promise<Dispatch | null>;
  /** Newest first. */
  events(meetingId: Id): Promise<SignOffEvent[]>;
}

/**
 * Who vouches that an approval was given by this person. Behind it an electronic signature service can be attached: it
 * may take its time, ask the person elsewhere, and refuse by throwing a Refusal.
 */
export interface SignatureService {
  /** Its name, kept with each approval. */
  readonly name: string;
  sign(of: { meetingId: Id; personId: Id; parts: readonly { id: PartId; hash: string }[] }): Promise<SignatureProof>;
}

/** "Signed in this workspace": by whoever is signed in, and nothing more is claimed. */
export const WORKSPACE_SIGNATURES: SignatureService = {
  name: 'workspace',
  sign: async () => ({ service: 'workspace', reference: '' }),
};

/** Where the attachments of a meeting are kept. */
export interface AttachmentBytes {
  /** `null` for one that is not there any more. */
  bytes(meetingId: Id, attachmentId: Id): Promise<Uint8Array | null>;
}
