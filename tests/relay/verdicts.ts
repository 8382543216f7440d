/** Why this file exists: what VAL expects of an update that is refused, and of one that is taken, in one place. */
import { expect } from 'vitest';
import * as Y from 'yjs';
import { mark, names, person, ROOM, readFrames, sync, type World } from './world.ts';

/** What a client was told of its right, in order. */
export const accesses = (frames: Uint8Array[]) =>
  readFrames(frames)
    .filter((frame) => frame.name === 'access')
    .map((frame) => frame.strings.join(' '));

/** The judges of the world that stands when they are asked. */
export function verdicts(stands: () => World) {
  const rows = async (room = ROOM) => (await stands().store.inner.load(room)).rows.length;

  /** What `edit` changes in a document of this client, on top of what the room holds. */
  async function made(
    edit: (doc: Y.Doc) => void,
    options: { room?: string; client?: number } = {},
  ): Promise<Uint8Array> {
    const doc = new Y.Doc();
    const state = await stands().relay.read(options.room ?? ROOM, (current) => Y.encodeStateAsUpdate(current));
    Y.applyUpdate(doc, state);
    if (options.client !== undefined) doc.clientID = options.client;
    const before = Y.encodeStateVector(doc);
    doc.transact(() => edit(doc));
    return Y.encodeStateAsUpdate(doc, before);
  }

  /** Sends an update and expects it refused: nothing stored, nothing sent, nobody closed. */
  async function refused(update: Uint8Array, reason: string, room = ROOM): Promise<void> {
    const world = stands();
    const attacker = world.raw(person('bo'), { room });
    const other = world.raw(person('astrid'), { room });
    await world.settle();
    const [before, state] = [await rows(room), await world.relay.read(room, (doc) => Y.encodeStateAsUpdate(doc))];
    other.frames.length = 0;
    attacker.send(sync(2, update));
    attacker.send(mark(1));
    await world.settle();
    expect(world.logged.filter((line) => line.event === 'refused').map((line) => line.fields.reason)).toEqual([reason]);
    world.logged.length = 0;
    expect(await rows(room)).toBe(before);
    expect(await world.relay.read(room, (doc) => Y.encodeStateAsUpdate(doc))).toEqual(state);
    expect(other.frames).toEqual([]);
    expect(accesses(attacker.frames)).toEqual(['write ', 'write refused']);
    expect(names(attacker.frames)).not.toContain('persisted');
    attacker.leave();
    other.leave();
    await world.settle();
  }

  /** Sends an update and expects it in the room. */
  async function accepted(update: Uint8Array, room = ROOM): Promise<void> {
    const world = stands();
    const writer = world.raw(person('bo'), { room });
    await world.settle();
    writer.send(sync(2, update));
    writer.send(mark(1));
    await world.settle();
    expect(accesses(writer.frames)).toEqual(['write ']);
    expect(names(writer.frames).at(-1)).toBe('persisted');
    writer.leave();
    await world.settle();
  }

  return { rows, made, refused, accepted };
}
