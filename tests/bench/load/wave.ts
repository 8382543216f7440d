/**
 * Why this file exists: many who come late to the same room in the same moment, and want everything.
 */
import { DEAF } from './account.ts';
import { LightClient } from './client.ts';
import type { Wave, WaveOrder } from './questions.ts';

/** Brings them in all at once; they leave again. */
export async function wave({ target, dialect, room, clients }: WaveOrder): Promise<Wave> {
  const all = Array.from({ length: clients }, (_, n) => {
    const place = { target, dialect, room, place: n, places: clients, person: n, writes: false, unit: 1 };
    return new LightClient(place, DEAF, []);
  });
  const begun = performance.now();
  const took = await Promise.all(
    all.map(async (client) => {
      await client.join();
      return performance.now() - begun;
    }),
  );
  const bytes = Math.max(...all.map((client) => client.contentBytes));
  for (const client of all) await client.leave();
  return { took, bytes };
}
