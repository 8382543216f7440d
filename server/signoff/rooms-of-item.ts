/** Why this file exists: what a protocol has under an item may be written in several rooms: those of items merged into it. */
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { Relay } from '../relay/ports.ts';

/** The item's id and those of the items merged into it. */
export function roomsOfItem(relay: Pick<Relay, 'read'>, meetingId: Id, itemId: Id): Promise<Id[]> {
  return relay.read(roomName({ kind: 'agenda', meetingId }), (doc) => {
    const row = readAgenda(doc, withoutNotice([])).rows.find(({ item }) => item.id === itemId);
    return row ? [row.item.id, ...row.merged.map(({ id }) => id)] : [];
  });
}

/** Of every item there is: ids of the rooms that a protocol is composed of. */
export function itemsOfMeeting(relay: Pick<Relay, 'read'>, meetingId: Id): Promise<Id[]> {
  return relay.read(roomName({ kind: 'agenda', meetingId }), (doc) =>
    readAgenda(doc, withoutNotice([])).rows.flatMap(({ item, merged }) => [item.id, ...merged.map(({ id }) => id)]),
  );
}
