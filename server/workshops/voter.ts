/** Why this file exists: under what name somebody's ballot lies while their vote is open: one that only the vote can make. */
import { createHmac } from 'node:crypto';
import type { Id } from '#shared/ids.ts';

/** The person under the secret of the vote `voteId`. */
export function voterOf(secret: string, voteId: Id, personId: Id): string {
  return createHmac('sha256', secret).update(`${voteId}:${personId}`).digest('hex');
}
