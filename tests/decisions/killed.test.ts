/**
 * Why this file exists: the process is killed while an item is decided. After the restart the decision, its number and the
 * lock are all there or none of them is; the number of what was lost is given to the next, so the series has no gap.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import type { ItemDecisions } from '#shared/decisions/api.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { call, type SignedIn } from '../support/people.ts';
import { freePort, temporaryFolder } from '../support/server-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

type Moment = readonly [match: string, effect: 'kill-before' | 'kill-after', done: boolean];
const MOMENTS: readonly Moment[] = [
  ['insert into "decision"', 'kill-before', false],
  ['insert into "decision_number"', 'kill-after', false],
  ['insert into "item_lock"', 'kill-after', false],
  ['commit', 'kill-before', false],
  ['commit', 'kill-after', true],
];

async function answer<T>(as: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const said = await call(as, method, path, body);
  if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${await said.text()}`);
  return (await said.json()) as T;
}

describe('killed while an item is decided', () => {
  it.each(MOMENTS)(
    'at "%s", %s: done is %s',
    async (match, effect, done) => {
      const folder = temporaryFolder();
      cleanups.push(() => folder.remove());
      const options = { dataDir: folder.path, port: await freePort(), people: 2 };
      const start = async (): Promise<FaultyProcess> => {
        const server = await startFaulty(options);
        cleanups.push(() => server.end());
        return server;
      };
      const server = await start();
      const officer = server.people[0]!;
      const { meetingId } = server.house;
      const root = `/api/meetings/${meetingId}`;
      const { phase, version } = await answer<Meeting>(officer, 'GET', root);
      if (phase !== 'ongoing') await answer(officer, 'POST', `${root}/phase`, { phase: 'ongoing', version });
      const itemId = /item:[^:]+:(\w+)/.exec(await server.freshRoom())?.[1] ?? '';
      const path = `${root}/items/${itemId}/decisions`;
      const decide = (seen: number) =>
        answer<ItemDecisions>(officer, 'POST', path, {
          outcome: 'decided',
          text: 'Ja.',
          stateVector: 'AA==',
          seen,
          close: seen === 1,
        });
      expect((await decide(0)).decisions[0]?.number?.n).toBe(1);

      await server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
      expect([await decide(1).catch(() => null), (await server.ended).signal]).toEqual([null, 'SIGKILL']);
      await start();

      const now = await answer<ItemDecisions>(officer, 'GET', path);
      expect([now.decisions.map(({ number }) => number?.n), now.decided]).toEqual(done ? [[1, 2], true] : [[1], false]);
      // Pressed again as it was: taken once.
      const again = await decide(1).catch(() => answer<ItemDecisions>(officer, 'GET', path));
      expect([again.decisions.map(({ number }) => number?.n), again.decided]).toEqual([[1, 2], true]);
    },
    60_000,
  );
});
