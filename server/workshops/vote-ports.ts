/** Why this file exists: what votes need kept, said without saying where. */
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

export interface VoteRecord {
  id: Id;
  meetingId: Id;
  itemId: Id;
  title: string;
  dots: number;
  counts: 'live' | 'hidden';
  guests: boolean;
  choices: readonly { id: string; label: string }[];
  /** Under which the voters are hidden; thrown away when the vote is closed. */
  secret: string | null;
  openedAt: number;
  closed: { at: number; voted: number; voters: number; results: Readonly<Record<string, number>> } | null;
}

/** The ballots of an open vote: the voter under the vote's secret → dots per choice. */
export type BallotBox = Map<string, Readonly<Record<string, number>>>;

export interface VoteStore {
  /** Newest first; a closed vote has no ballots. */
  list(meetingId: Id, itemId: Id): Promise<{ vote: VoteRecord; ballots: BallotBox }[]>;
  /**
   * Each of these asks `decide` inside the transaction that then writes. It is synchronous and may throw to change nothing.
   * `false` when there is no such meeting or vote.
   */
  open(vote: VoteRecord, decide: (meeting: MeetingRecord, others: readonly VoteRecord[]) => void): Promise<boolean>;
  /** Puts a ballot in the place of the voter's former one; `null` for no dots takes it back. */
  cast(
    meetingId: Id,
    itemId: Id,
    voteId: Id,
    decide: (vote: VoteRecord, meeting: MeetingRecord) => { voter: string; dots: Record<string, number> | null },
  ): Promise<boolean>;
  /** Keeps the counts; ballots and secret are gone for good. */
  close(
    meetingId: Id,
    itemId: Id,
    voteId: Id,
    decide: (vote: VoteRecord, ballots: BallotBox, meeting: MeetingRecord) => NonNullable<VoteRecord['closed']>,
  ): Promise<boolean>;
}
