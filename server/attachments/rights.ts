/**
 * Why this file exists: an attachment is as open as its item. Whoever may enter the item's room may open it, whoever may write
 * there and has a place of their own may add to it; that is asked anew at every request, of the same policy as the room.
 */
import type { Id } from '#shared/ids.ts';
import { itemAccess } from '#shared/policy.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';

function accessTo(meeting: MeetingRecord, caller: Caller, itemId: Id) {
  const { roles } = participantIn(meeting, caller.personId);
  const locked = meeting.locks.some((lock) => lock.itemId === itemId);
  return { roles, ...itemAccess({ roles, isAdmin: caller.isAdmin }, stateOf(meeting), locked) };
}

/** Throws unless the caller may read the item; `not-found` also for those who may not know of it. */
export function requireReadable(meeting: MeetingRecord, caller: Caller, itemId: Id): void {
  const { roles, access } = accessTo(meeting, caller, itemId);
  if (roles.includes('screen')) throw new Refusal('forbidden', 'A screen opens no files.');
  if (access === 'none') throw notFound();
}

/** Throws unless the caller may add to the item and change what it has; for use inside a transaction. */
export function requireAttach(meeting: MeetingRecord, caller: Caller, itemId: Id): void {
  requireIn(meeting, caller.personId, 'attach');
  if (accessTo(meeting, caller, itemId).access === 'write') return;
  throw new Refusal('not-allowed-now', 'The item is locked.');
}
