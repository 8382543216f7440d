/** Why this file exists: what a notice needs of others, said without saying where. Contract suite: tests/notice/store.test.ts. */
import type { Id } from '#shared/ids.ts';
import type { MailState } from '#shared/notice/mail.ts';
import type { Reply } from '#shared/notice/replies.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** What is prepared for the next version, and what has been answered. */
export interface NoticeRecord {
  message: string;
  replyBy: string;
  /** Participants who are not called. */
  leftOut: readonly Id[];
  /** At most one a person. */
  replies: readonly Reply[];
  /** Raised by each change. */
  version: number;
}

export const NO_NOTICE: NoticeRecord = { message: '', replyBy: '', leftOut: [], replies: [], version: 0 };

/** A version as it was published. Written once and never again. */
export interface NoticeVersion {
  number: number;
  /** JSON of a NoticeDocument; `sha256` is of exactly these bytes in UTF-8. */
  json: string;
  sha256: string;
  at: number;
  /** Who published it: the name it had then. */
  by: string;
  /** It was handed to the queue of mails. */
  mailed: boolean;
}

export interface NoticeSituation {
  meeting: MeetingRecord;
  record: NoticeRecord;
  /** The number of the last version, 0 before the first. */
  last: number;
}

/** A mail to one person about one version. */
export interface NoticeMail {
  id: Id;
  meetingId: Id;
  number: number;
  personId: Id;
  address: string;
  state: MailState;
  reason: string;
  attempts: number;
  /** When it reached this state. */
  at: number;
  /** When it is due, while it is queued. */
  nextAt: number;
}

export type NewMail = Pick<NoticeMail, 'id' | 'personId' | 'address'>;

export interface NoticeStore {
  /** `null` when there is no such meeting. */
  get(meetingId: Id): Promise<NoticeSituation | null>;
  /**
   * Reads, asks `decide` and writes what it answers, in one transaction. `decide` is synchronous and may throw to change
   * nothing; the record's version is raised when it answers another value. `null` when there is no such meeting.
   */
  change(
    meetingId: Id,
    decide: (situation: NoticeSituation) => Omit<NoticeRecord, 'version'>,
  ): Promise<(NoticeSituation & { changed: boolean }) | null>;
  /**
   * Keeps another version with its mails, in one transaction; `decide` gets what is there in it and may throw. Its number
   * is one more than the last. `null` when there is no such meeting.
   */
  publish(
    meetingId: Id,
    decide: (situation: NoticeSituation) => {
      version: Omit<NoticeVersion, 'number'>;
      mails: readonly NewMail[];
      /** The meeting's `noticeNumbers` from now on. */
      numbers: Readonly<Record<Id, string>>;
    },
  ): Promise<NoticeSituation | null>;
  /** In the order of their numbers. */
  versions(meetingId: Id): Promise<NoticeVersion[]>;
  version(meetingId: Id, number: number): Promise<NoticeVersion | null>;
  /** All mails of a meeting's versions. */
  mails(meetingId: Id): Promise<NoticeMail[]>;
  /** Puts a refused or uncertain mail back into the queue, by hand; `false` when it is neither. */
  requeue(mailId: Id, address: string, now: number): Promise<boolean>;
  /** Keeps the hash of a personal link's token. */
  putLink(tokenHash: string, link: { meetingId: Id; personId: Id; at: number }): Promise<void>;
  link(tokenHash: string): Promise<{ meetingId: Id; personId: Id } | null>;
}

/** The queue as the one who sends sees it. */
export interface MailStore {
  /** What a process that died was handing over may have been taken: it becomes uncertain. Answers whose meetings. */
  abandoned(now: number, reason: string): Promise<Id[]>;
  /** Takes the mail that has been due longest and marks it as being sent, in one transaction; `null` when none is due. */
  claim(now: number): Promise<NoticeMail | null>;
  /** When the next one is due; `null` when none is queued. */
  nextDue(): Promise<number | null>;
  /** What became of a claimed one. */
  settle(
    mailId: Id,
    after: { state: Exclude<MailState, 'sending'>; reason: string; attempts: number; nextAt: number; at: number },
  ): Promise<void>;
}

/** A mail as it is handed over: whole bytes, and the envelope apart from them. */
export interface RawMail {
  from: string;
  to: string;
  raw: Buffer;
}

/** What became of it. `later` is certain not to have been taken; of `uncertain` nobody can know. */
export interface HandOver {
  state: 'handed' | 'refused' | 'later' | 'uncertain';
  /** What the server said, in one line. */
  reason: string;
}

/** A mail server. Never rejects. */
export interface MailPort {
  /** The sender's address. */
  from: string;
  send(mail: RawMail, signal: AbortSignal): Promise<HandOver>;
}

/** Where attachments live: publishing a notice makes their numbers fast. */
export interface AttachmentNumbers {
  freezeNumbers(meetingId: Id): Promise<void>;
}
