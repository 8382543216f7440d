/**
 * Why this file exists: before something is decided about a whole text (it is final), nobody may add to it while it is
 * read and stored. A hold stops all writing in a room at once, without anything being written down: a crash lifts it.
 */
import type { AccessReason } from '#shared/wire.ts';

/** The rooms in which nobody writes now. */
export class Holds {
  readonly #rooms = new Map<string, AccessReason[]>();
  readonly #changed: (room: string) => void;

  /** `changed` is told of each room in which a first hold begins or the last one ends, before the call returns. */
  constructor(changed: (room: string) => void) {
    this.#changed = changed;
  }

  /** Why nobody writes in the room; `null` when it is not held. */
  reason(room: string): AccessReason | null {
    return this.#rooms.get(room)?.[0] ?? null;
  }

  /** Holds a room; what it gives lets go of it, once. */
  take(room: string, reason: AccessReason): () => void {
    const held = this.#rooms.get(room) ?? [];
    this.#rooms.set(room, [...held, reason]);
    if (held.length === 0) this.#changed(room);
    let letGo = false;
    return () => {
      if (letGo) return;
      letGo = true;
      const [, ...left] = this.#rooms.get(room) ?? [];
      if (left.length > 0) this.#rooms.set(room, left);
      else {
        this.#rooms.delete(room);
        this.#changed(room);
      }
    };
  }
}

/** The room is held, so the server does not write in it either. */
export class RoomHeld extends Error {
  override readonly name = 'RoomHeld';
}
