/**
 * Why this file exists: at the turns of a meeting its rooms are kept as they are, without anybody asking: every written
 * room when a phase ends, an item's notes when they are locked. What was decided on can then be shown later.
 */
import * as Y from 'yjs';
import { agendaRoot } from '#shared/agenda.ts';
import type { Id } from '#shared/ids.ts';
import type { Phase } from '#shared/policy.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import type { CheckpointDraft } from '../relay/ports.ts';
import type { MeetingDeps } from './context.ts';

export interface Keeper {
  /** Keeps the agenda and the written notes of all items; none of them twice while nothing is written. */
  phaseEnded(meetingId: Id, phase: Phase, personId: Id): Promise<void>;
  locked(meetingId: Id, itemId: Id, personId: Id): Promise<void>;
  /** Keeps one room as it is now; the id, or `null` when the newest version is the same text. */
  now(room: string, label: Pick<CheckpointDraft, 'kind' | 'name' | 'phase' | 'personId'>): Promise<string | null>;
}

function isBlank(doc: Y.Doc): boolean {
  return doc.getXmlFragment(NOTES_FRAGMENT).length === 0 && agendaRoot(doc).size === 0;
}

/** Keeps versions over the relay and a store of checkpoints. */
export function createKeeper({ relay, checkpoints, clock, warn }: MeetingDeps): Keeper {
  const now: Keeper['now'] = async (room, label) => {
    const state = await relay.read(room, (doc) =>
      label.kind !== 'named' && isBlank(doc) ? null : Y.encodeStateAsUpdate(doc),
    );
    return state && checkpoints.keep(room, { ...label, at: clock(), state });
  };

  /** The change it belongs to is made and stays made: a version that could not be kept is told, not thrown. */
  async function attempt(room: string, label: Pick<CheckpointDraft, 'kind' | 'phase' | 'personId'>): Promise<void> {
    try {
      await now(room, { name: '', ...label });
    } catch (error) {
      warn?.('version-not-kept', { room, kind: label.kind, error: String(error) });
    }
  }

  return {
    now,
    async phaseEnded(meetingId, phase, personId) {
      const written = await checkpoints.writtenRooms(`item:${meetingId}:`).catch((error: unknown) => {
        warn?.('version-not-kept', { room: `item:${meetingId}:`, kind: 'phase', error: String(error) });
        return [];
      });
      // One after the other: a meeting has dozens of rooms, and others are typing.
      for (const room of [roomName({ kind: 'agenda', meetingId }), ...written])
        await attempt(room, { kind: 'phase', phase, personId });
    },
    locked: (meetingId, itemId, personId) =>
      attempt(roomName({ kind: 'item', meetingId, itemId }), { kind: 'locked', phase: '', personId }),
  };
}
