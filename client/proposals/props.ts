/** Why this file exists: what the parts of the wording workshop are given, and the ways a wording is looked at. */
import type { ReactNode } from 'react';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { ClauseWithAlternatives } from '#shared/proposals/proposals.ts';
import type { RoomClient } from '../collab/index.ts';
import type { Proposals } from './use-proposals.ts';

export const LOOKS = ['original', 'changes', 'now'] as const;
export type Look = (typeof LOOKS)[number];

export interface ProposalsProps {
  meeting: Meeting;
  itemId: Id;
  number: string;
  ownId: Id;
  room: RoomClient | null;
  known: Proposals;
  canWrite: boolean;
  mayDecide: boolean;
  /** The item the meeting is on: then deciding is the next step. */
  current: boolean;
  onDecide(proposalId: Id): void;
  /** What else the item can come to, offered beside the first proposal. */
  outcomes: ReactNode;
}

/** A clause in its proposal. */
export interface ClauseProps extends ProposalsProps {
  clause: ClauseWithAlternatives;
  /** Its place among those of its proposal, from 0, and how many they are. */
  at: number;
  of: number;
  look: Look;
}
