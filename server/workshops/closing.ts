/**
 * Why this file exists: when a group is closed, by hand or because its time is up, its room is kept as it was, and a hand
 * that is still raised goes down: nobody comes to the table any more.
 */
import * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { closedBetween } from '#shared/workshop/clock.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { WorkshopContext } from './context.ts';
import type { WorkshopLiveStore } from './ports.ts';
import { isUnwritten } from './seeding.ts';

/**
 * Follows a context's changes. The rights have changed by then, so nothing can be written after what is kept. It is a
 * help and no part of the closing: what cannot be kept is told to the log, and the room itself has every word anyway.
 */
export function keepWhatCloses(context: WorkshopContext, live: WorkshopLiveStore): void {
  const { relay, checkpoints, clock, warn } = context;

  async function keep({ meetingId, prompts }: Workshop, groupId: Id): Promise<void> {
    const room = roomName({ kind: 'group', meetingId, groupId });
    const state = await relay.read(room, (doc) =>
      prompts.every(({ id }) => isUnwritten(doc, id)) ? null : Y.encodeStateAsUpdate(doc),
    );
    // By nobody: the clock closes groups as well as people do.
    if (state) await checkpoints.keep(room, { kind: 'locked', at: clock(), personId: '', name: '', phase: '', state });
  }

  context.follow((before, after) => {
    if (!before || !after) return;
    for (const groupId of closedBetween(before, after))
      Promise.all([keep(after, groupId), live.lower(after.id, groupId)]).catch((error: unknown) =>
        warn?.('version-not-kept', { room: `group:${groupId}`, kind: 'locked', error: String(error) }),
      );
  });
}
