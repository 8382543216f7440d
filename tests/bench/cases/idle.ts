/**
 * Why this file exists: a thousand rooms with two people each in which nobody types: what a room costs by being open, and
 * whether the memory comes back when everybody has left.
 */
import type { DialectName } from '../load/dialects.ts';
import { Generators } from '../load/generators.ts';
import { PEERS, start, stop } from '../peers.ts';
import { type Case, pause } from './case.ts';

const CLIENTS = 2;
/** Rooms opened and left before the first look, so that code and caches are there already. */
const WARM_ROOMS = 50;
/**
 * Longer than our relay keeps an idle document or an empty room (ten seconds, and up to five until it looks), and than our
 * server waits before it gives memory back (half a minute without an edit). The thread that compacts what was left starts
 * meanwhile, once, and belongs to no room: it must be there before the first look.
 */
const SETTLE_MS = 40_000;
const MB = 1_048_576;

interface Idle {
  perRoom: number;
  rss: number;
  kept: number;
}

async function measure(name: DialectName, rooms: number): Promise<Idle> {
  const running = await start(name, { gc: true });
  const generators = new Generators();
  try {
    const { target, server } = running;
    const fill = async (count: number): Promise<void> => {
      const shape = { firstRoom: 0, rooms: count, clientsPerRoom: CLIENTS, writersPerRoom: 1 };
      await generators.join({ target, dialect: name, ...shape });
      // A few words each: an open room is not an empty one.
      await generators.type({ edits: 2 });
      await pause(3_000);
      await generators.stopTyping();
    };
    const rss = async (): Promise<number> => {
      await pause(SETTLE_MS);
      return (await server.ask('settled', null, 60_000)).rss;
    };
    await fill(WARM_ROOMS);
    await generators.leave();
    const before = await rss();
    await fill(rooms);
    const full = await rss();
    await generators.leave();
    const after = await rss();
    return { perRoom: (full - before) / rooms, rss: full, kept: after - before };
  } finally {
    await generators.end();
    await stop(running);
  }
}

export const idleCase: Case = {
  name: 'idle',
  async run(plan, say) {
    const rooms = plan.quick ? 300 : 1_000;
    say('all three at once: memory does not mind');
    const found = await Promise.all(PEERS.map(async (name) => [name, await measure(name, rooms)] as const));
    const pick = (of: (one: Idle) => number) => Object.fromEntries(found.map(([name, one]) => [name, [of(one)]]));
    const line = { case: `idle ${rooms}×${CLIENTS}`, better: 'less' } as const;
    return [
      {
        ...line,
        figure: 'memory per room',
        unit: 'KB',
        figures: pick((one) => one.perRoom / 1024),
        goal: { raw: 1.35, hocuspocus: 0.6 },
        note: `resident memory after collection, above that of the warm server with nobody in it`,
      },
      { ...line, figure: 'RSS', unit: 'MB', figures: pick((one) => one.rss / MB) },
      { ...line, figure: 'RSS kept when all have left', unit: 'MB', figures: pick((one) => one.kept / MB) },
    ];
  },
};
