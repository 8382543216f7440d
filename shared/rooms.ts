/**
 * Why this file exists: a room is one synchronised document and the unit of permission. Its name is the only thing
 * that travels in the address of a socket, so there is exactly one place that makes and reads names.
 */
import { type Id, isId } from './ids.ts';

export type Room =
  | { kind: 'agenda'; meetingId: Id }
  /** The notes of one agenda item: it can be locked, signed or shown alone. */
  | { kind: 'item'; meetingId: Id; itemId: Id }
  /** What one breakout group writes: a fragment per prompt, named by the prompt's id. */
  | { kind: 'group'; meetingId: Id; groupId: Id }
  /** The harvest of an item's workshop: clusters and where contributions lie; never their words. */
  | { kind: 'harvest'; meetingId: Id; itemId: Id }
  /** The shared summary of an item: a fragment per prompt, named by the prompt's id. */
  | { kind: 'summary'; meetingId: Id; itemId: Id }
  /** The proposals to an item and the wording of their clauses. */
  | { kind: 'proposal'; meetingId: Id; itemId: Id };

export type RoomKind = Room['kind'];

/** The name as it stands in `/collab/<room>`. */
export function roomName(room: Room): string {
  switch (room.kind) {
    case 'agenda':
      return `agenda:${room.meetingId}`;
    case 'group':
      return `group:${room.meetingId}:${room.groupId}`;
    case 'item':
    case 'harvest':
    case 'summary':
    case 'proposal':
      return `${room.kind}:${room.meetingId}:${room.itemId}`;
  }
}

/** Reads a room's name; `null` for anything that is not exactly one of ours (no decoding, no trimming, no case folding). */
export function parseRoom(name: string): Room | null {
  const [kind, meetingId, id, ...more] = name.split(':');
  if (!isId(meetingId) || more.length > 0) return null;
  if (kind === 'agenda') return id === undefined ? { kind, meetingId } : null;
  if (!isId(id)) return null;
  if (kind === 'group') return { kind, meetingId, groupId: id };
  if (kind === 'item' || kind === 'harvest' || kind === 'summary' || kind === 'proposal')
    return { kind, meetingId, itemId: id };
  return null;
}

/** The beginnings of the names of all of a meeting's rooms; the agenda's is the whole name. */
export function roomsOf(meetingId: Id): readonly string[] {
  return ['agenda', 'item', 'group', 'harvest', 'summary', 'proposal'].map((kind) => `${kind}:${meetingId}`);
}

/** Root fragment of an item's room: what people write under the item. */
export const NOTES_FRAGMENT = 'notes';
