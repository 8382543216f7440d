/**
 * Why this file exists: compaction may take its time but not the loop's. Watches the longest hold while a large room is
 * compacted in use, and once more when everybody has left it.
 */
import { Generators } from '../load/generators.ts';
import type { Running } from '../peers.ts';
import { pause } from './case.ts';

const WRITERS = 10;
/** Together more than the rows that call for a compaction. */
const TYPED = { edits: 25, ms: 6_000 };
/** A room nobody is in stays open for ten seconds, then it is compacted. */
const LEFT_MS = 15_000;
/** What joining itself takes is no compaction's. */
const JOINED_MS = 1_000;
const QUIET_MS = 5_000;

/** The longest time the loop was held in that time, milliseconds. */
async function held({ server }: Running, work: () => Promise<void>): Promise<number> {
  await server.ask('watchLoop', null);
  await work();
  return server.ask('loopHeld', null);
}

/** `seen` tells how many compactions there were meanwhile; `idle` is the same machine with nothing to do. */
export async function blockWhileCompacting(
  running: Running,
  room: string,
): Promise<{ held: number; idle: number; seen: number }> {
  const generators = new Generators();
  try {
    const { server } = running;
    // On one core the loop would wait for the compacting thread, which is not what is asked here.
    server.unpin();
    const target = { ...running.target, rooms: [room] };
    const before = await server.ask('counts', null);
    const shape = { firstRoom: 0, rooms: 1, clientsPerRoom: WRITERS, writersPerRoom: WRITERS };
    await generators.join({ target, dialect: running.name, ...shape });
    await generators.type({ edits: 1 });
    await pause(JOINED_MS);
    const compacting = await held(running, async () => {
      await generators.type({ edits: TYPED.edits });
      await pause(TYPED.ms);
      await generators.leave();
      await pause(LEFT_MS);
    });
    const seen = (await server.ask('counts', null)).compactions - before.compactions;
    const idle = await held(running, () => pause(QUIET_MS));
    return { held: compacting, idle, seen };
  } finally {
    await generators.end();
  }
}
