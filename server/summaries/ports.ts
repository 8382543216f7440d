/**
 * Why this file exists: what shared summaries need kept, said without saying where. Contract suite:
 * tests/storage/summary-store.test.ts.
 */
import type { Id } from '#shared/ids.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** A revision: what a summary said when it became final. Written once and never changed. */
export interface Revision {
  meetingId: Id;
  itemId: Id;
  /** From 1. */
  n: number;
  at: number;
  personId: Id;
  /** As the name was. */
  person: string;
  /** The room's document, an update (Yjs V1). */
  state: Uint8Array;
  /** JSON of a SummaryDocument; `sha256` is of exactly these bytes in UTF-8. */
  json: string;
  /** JSON of the contributions it came from, as they were. */
  sources: string;
  text: string;
  sha256: string;
}

/** A revision without its contents. */
export type RevisionHeader = Pick<Revision, 'n' | 'at' | 'personId' | 'person' | 'sha256' | 'text'>;

/** Who changed the standing of a summary, when and why: never changed either. */
export interface SummaryEvent {
  at: number;
  personId: Id;
  person: string;
  kind: 'finalised' | 'reopened';
  revision: number;
  reason: string;
}

/** A remark in a thread. */
export interface Remark {
  id: Id;
  at: number;
  personId: Id;
  person: string;
  text: string;
}

/** A thread of remarks on a range of the text. */
export interface Thread {
  id: Id;
  promptId: Id;
  /** Ends of the range: encoded Yjs relative positions, base64. */
  from: string;
  to: string;
  quote: string;
  at: number;
  resolved: { at: number; person: string } | null;
  /** Oldest first; the first one began it. */
  remarks: Remark[];
}

/** What is written with a change of the workshop, in its transaction. */
export interface Standing {
  workshop: Workshop;
  event: SummaryEvent;
  /** For a summary that becomes final. */
  revision: Omit<Revision, 'meetingId' | 'itemId'> | null;
}

export interface SummaryStore {
  /**
   * Reads the meeting and the workshop, asks `decide` and writes what it answers, all of it in one transaction that
   * nobody writes between: the workshop's new standing, the revision and who did it. `decide` is synchronous and may throw
   * to change nothing. Resolves to `null` when there is no such meeting or workshop.
   */
  change(
    meetingId: Id,
    itemId: Id,
    decide: (workshop: Workshop, meeting: MeetingRecord) => Standing,
  ): Promise<{ before: Workshop; after: Workshop; meeting: MeetingRecord } | null>;
  /** Oldest first. */
  revisions(meetingId: Id, itemId: Id): Promise<RevisionHeader[]>;
  revision(meetingId: Id, itemId: Id, n: number): Promise<Revision | null>;
  /** Oldest first. */
  events(meetingId: Id, itemId: Id): Promise<SummaryEvent[]>;

  /** Oldest first. */
  threads(meetingId: Id, itemId: Id): Promise<Thread[]>;
  /** `null` when there are `most` already. */
  addThread(meetingId: Id, itemId: Id, thread: Thread, most: number): Promise<Thread | null>;
  /** `false` when the thread has `most` remarks already. */
  addRemark(threadId: Id, remark: Remark, most: number): Promise<boolean>;
  resolve(threadId: Id, resolved: Thread['resolved']): Promise<void>;
}
