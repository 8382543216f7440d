/** Why this file exists: one person's rights in all of a meeting's rooms change at once. */
import type { Id } from '#shared/ids.ts';
import { roomsOf } from '#shared/rooms.ts';
import type { Relay } from '../relay/ports.ts';

/** The relay decides anew for somebody in all of a meeting's rooms. */
export async function decideAnew(relay: Pick<Relay, 'reauthorize'>, meetingId: Id, personId: Id): Promise<void> {
  await Promise.all(roomsOf(meetingId).map((roomPrefix) => relay.reauthorize({ personId, roomPrefix })));
}
