/**
 * Why this file exists: people who come, get what is there and leave again at once, as fast as a server lets them.
 */
import { timesOf } from '../stats.ts';
import { Account } from './account.ts';
import { LightClient } from './client.ts';
import type { Churned, ChurnOrder } from './questions.ts';

/** So many at a time, until the time is over. One that is refused ends it. */
export async function churn({ target, dialect, rooms, atOnce, ms }: ChurnOrder): Promise<Churned> {
  const account = new Account();
  const took: number[] = [];
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let person = 0;
  const comeAndGo = async (): Promise<void> => {
    const name = target.rooms[person % rooms] ?? '';
    const place = { target, dialect, room: name, place: 0, places: 1, person: person++, writes: false, unit: 1 };
    const room: LightClient[] = [];
    const client = new LightClient(place, account, room);
    room.push(client);
    const at = performance.now();
    await client.join();
    took.push(performance.now() - at);
    await client.leave();
    account.remove(client.seat);
  };
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() - begun < ms) await comeAndGo();
    }),
  );
  const lasted = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { clients: took.length, times: timesOf(took), ms: lasted, generatorCpu: (user + system) / 1000 / lasted };
}
