/**
 * Why this file exists: people who come, get what is there, perhaps type a few keys, and leave at once, as fast as a server
 * lets them.
 */
import { timesOf } from '../stats.ts';
import { DEAF } from './account.ts';
import { LightClient } from './client.ts';
import type { Churned, ChurnOrder } from './questions.ts';
import { LightSocket } from './socket.ts';

/** So many at a time, until the time is over or so many have come. One that is refused ends it. */
export async function churn({ target, dialect, rooms, atOnce, ms, clients, keys }: ChurnOrder): Promise<Churned> {
  const took: number[] = [];
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let person = 0;
  const comeAndGo = async (): Promise<void> => {
    const name = target.rooms[person % rooms] ?? '';
    const writes = (keys ?? 0) > 0;
    const place = { target, dialect, room: name, place: 0, places: 1, person: person++, writes, unit: 1 };
    const room: LightClient[] = [];
    const client = new LightClient(place, DEAF, room);
    room.push(client);
    const at = performance.now();
    await client.join();
    took.push(performance.now() - at);
    for (let n = 0; n < (keys ?? 0); n++) client.strike(performance.now());
    LightSocket.flushAll();
    await client.leave();
  };
  const more = (): boolean => performance.now() - begun < ms && person < (clients ?? Number.POSITIVE_INFINITY);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (more()) await comeAndGo();
    }),
  );
  const lasted = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { clients: took.length, times: timesOf(took), ms: lasted, generatorCpu: (user + system) / 1000 / lasted };
}
