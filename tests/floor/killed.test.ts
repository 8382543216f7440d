/**
 * Why this file exists: the process is killed while the floor goes from one person to the next. After the restart it is
 * wholly done or wholly not: whoever left the list has the floor and whoever had it has spoken, or nothing has happened.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import { startAgainAndAgain } from '../support/faulty-process.ts';
import { ask } from '../support/people.ts';

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

describe('killed while the floor is passed on', () => {
  it.each(MOMENTS)(
    'at "%s", %s: done is %s',
    async (match, effect, done) => {
      const { server, again, end } = await startAgainAndAgain({ people: 2 });
      cleanups.push(end);
      const [officer, member] = [server.people[0]!, server.people[1]!];
      const root = `/api/meetings/${server.house.meetingId}`;
      const { phase, version } = await ask<Meeting>(officer, 'GET', root);
      if (phase !== 'ongoing') await ask(officer, 'POST', `${root}/phase`, { phase: 'ongoing', version });
      await ask(officer, 'POST', `${root}/floor/requests`, { kind: 'speech' });
      await ask(officer, 'POST', `${root}/floor/next`, { step: 0 });
      const before = await ask<FloorView>(member, 'POST', `${root}/floor/requests`, { kind: 'speech' });

      await server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
      const next = ask(officer, 'POST', `${root}/floor/next`, { step: before.step }).catch(() => null);
      expect([await next, (await server.ended).signal]).toEqual([null, 'SIGKILL']);
      await again();

      const now = await ask<FloorView>(officer, 'GET', `${root}/floor`);
      const { turns } = await ask<{ turns: Turn[] }>(officer, 'GET', `${root}/floor/turns`);
      if (!done) expect({ now, turns: turns.length }).toEqual({ now: { ...before, runs: true }, turns: 1 });
      else {
        expect(now).toMatchObject({ waiting: [], step: before.step + 1, version: before.version + 1 });
        expect(now.speaker?.id).toBe(before.waiting[0]?.id);
        expect(turns.map(({ to }) => to === null)).toEqual([false, true]);
      }
      // Pressed again as it was: the step that was lost is taken now, the one that was not is not taken twice.
      const pressed = await ask<FloorView>(officer, 'POST', `${root}/floor/next`, { step: before.step });
      expect(pressed).toMatchObject({ waiting: [], step: before.step + 1, speaker: { id: before.waiting[0]?.id } });
    },
    60_000,
  );
});
