/**
 * Why this file exists: the process is killed while the floor goes from one person to the next. After the restart it is
 * wholly done or wholly not: whoever left the list has the floor and whoever had it has spoken, or nothing has happened.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { call, type SignedIn } from '../support/people.ts';
import { freePort, temporaryFolder } from '../support/server-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

type Moment = readonly [match: string, effect: 'kill-before' | 'kill-after', done: boolean];
const MOMENTS: readonly Moment[] = [
  ['insert into "floor"', 'kill-before', false],
  ['delete from "floor_request"', 'kill-after', false],
  ['update "floor_turn"', 'kill-after', false],
  ['insert into "floor_turn"', 'kill-after', false],
  ['commit', 'kill-before', false],
  ['commit', 'kill-after', true],
];

async function answer<T>(as: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const said = await call(as, method, path, body);
  if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${await said.text()}`);
  return (await said.json()) as T;
}

describe('killed while the floor is passed on', () => {
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
      const [officer, member] = [server.people[0]!, server.people[1]!];
      const root = `/api/meetings/${server.house.meetingId}`;
      const { phase, version } = await answer<Meeting>(officer, 'GET', root);
      if (phase !== 'ongoing') await answer(officer, 'POST', `${root}/phase`, { phase: 'ongoing', version });
      await answer(officer, 'POST', `${root}/floor/requests`, { kind: 'speech' });
      await answer(officer, 'POST', `${root}/floor/next`, { step: 0 });
      const before = await answer<FloorView>(member, 'POST', `${root}/floor/requests`, { kind: 'speech' });

      await server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
      const next = answer(officer, 'POST', `${root}/floor/next`, { step: before.step }).catch(() => null);
      expect([await next, (await server.ended).signal]).toEqual([null, 'SIGKILL']);
      await start();

      const now = await answer<FloorView>(officer, 'GET', `${root}/floor`);
      const { turns } = await answer<{ turns: Turn[] }>(officer, 'GET', `${root}/floor/turns`);
      if (!done) expect({ now, turns: turns.length }).toEqual({ now: { ...before, runs: true }, turns: 1 });
      else {
        expect(now).toMatchObject({ waiting: [], step: before.step + 1, version: before.version + 1 });
        expect(now.speaker?.id).toBe(before.waiting[0]?.id);
        expect(turns.map(({ to }) => to === null)).toEqual([false, true]);
      }
      // Pressed again as it was: the step that was lost is taken now, the one that was not is not taken twice.
      const again = await answer<FloorView>(officer, 'POST', `${root}/floor/next`, { step: before.step });
      expect(again).toMatchObject({ waiting: [], step: before.step + 1, speaker: { id: before.waiting[0]?.id } });
    },
    60_000,
  );
});
