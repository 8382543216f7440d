/**
 * Why this file exists: a room is one synchronised document and the unit of permission. Its name is the only thing
 * that travels in the address of a socket, so there is exactly one place that makes and reads names.
 */
import { type Id, isId } from './ids.ts';

export type Room =
  | { kind: 'agenda'; meetingId: Id }
  /** The notes of one agenda item: it can be locked, signed or shown alone. */
  | { kind: 'item'; meetingId: Id; itemId: Id };

/** The name as it stands in `/collab/<room>`. */
export function roomName(room: Room): string {
  return room.kind === 'agenda' ? `agenda:${room.meetingId}` : `item:${room.meetingId}:${room.itemId}`;
}

/** Reads a room's name; `null` for anything that is not exactly one of ours (no decoding, no trimming, no case folding). */
export function parseRoom(name: string): Room | null {
  const parts = name.split(':');
  if (parts[0] === 'agenda' && parts.length === 2 && isId(parts[1])) return { kind: 'agenda', meetingId: parts[1] };
  if (parts[0] === 'item' && parts.length === 3 && isId(parts[1]) && isId(parts[2]))
    return { kind: 'item', meetingId: parts[1], itemId: parts[2] };
  return null;
}

/** Root fragment of an item's room: what people write under the item. */
export const NOTES_FRAGMENT = 'notes';
