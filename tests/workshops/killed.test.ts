/**
 * Why this file exists: the process is killed in the middle of an assignment, of moving somebody, of closing a round, and
 * when the time is up by itself. After the restart each is wholly done or wholly not, in what is shown and at the doors of
 * the groups' rooms alike; and what is overdue is done.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type FaultyProcess, startAgainAndAgain } from '../support/faulty-process.ts';
import { openDoc } from '../support/light-client.ts';
import { ask as askFor, call, type SignedIn } from '../support/people.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Scene {
  server: FaultyProcess;
  officer: SignedIn;
  member: SignedIn;
  memberId: string;
  meetingId: string;
  root: string;
  made: WorkshopView;
  groups: [string, string];
  again(): Promise<FaultyProcess>;
  ask(method: string, path?: string, body?: unknown): Promise<WorkshopView>;
}

async function setScene(): Promise<Scene> {
  const { server, again, end } = await startAgainAndAgain({ people: 2 });
  cleanups.push(end);
  const { meetingId, people } = server.house;
  const [officer, member] = [server.people[0]!, server.people[1]!];
  const agenda = openDoc(officer, `agenda:${meetingId}`);
  await agenda.synced();
  const itemId = newId();
  addItem(agenda.doc, { id: itemId, title: 'Hur arbetar vi nära?', kind: 'dialogue' });
  await agenda.settled();
  agenda.destroy();
  const root = `/api/meetings/${meetingId}/items/${itemId}/workshop`;
  const ask: Scene['ask'] = (method, path = '', body) => askFor(officer, method, root + path, body);
  // The one person may be an officer by the furnishing: here they are a member and nothing else.
  await call(officer, 'PATCH', `/api/meetings/${meetingId}/participants/${people[1]}`, { roles: ['member'] });
  const made = await ask('POST', '', { prompts: [{ heading: 'Vad nu?' }], groups: 2, minutes: 10 });
  const ids = made.rounds[0]?.groups.map(({ id }) => id) ?? [];
  return {
    server,
    officer,
    member,
    memberId: people[1] ?? '',
    meetingId,
    root,
    made,
    groups: [ids[0] ?? '', ids[1] ?? ''],
    again,
    ask,
  };
}

/** What the door of each group's room says to the member: their right, or that there is no such room. */
async function doors({ member, meetingId, groups }: Scene): Promise<string[]> {
  const told: string[] = [];
  for (const groupId of groups) {
    const client = openDoc(member, `group:${meetingId}:${groupId}`);
    const gone = new Promise<'none'>((resolve) =>
      client.provider.on('closed' as never, (() => resolve('none')) as never),
    );
    told.push(await Promise.race([client.synced().then(() => client.access()), gone]));
    client.destroy();
  }
  return told;
}

type Moment = readonly [match: string, effect: 'kill-before' | 'kill-after', done: boolean];
const MOMENTS: readonly Moment[] = [
  ['update "workshop"', 'kill-before', false],
  ['delete from "breakout_group"', 'kill-after', false],
  ['insert into "breakout_group"', 'kill-after', false],
  ['commit', 'kill-before', false],
  ['commit', 'kill-after', true],
];
const AT_THE_END = MOMENTS.slice(-2);

/** Asks for something and kills the server on the way; it runs again when this resolves. */
async function killed(scene: Scene, [match, effect]: Moment, deed: () => Promise<unknown>) {
  await scene.server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
  const [answer, { signal }] = await Promise.all([deed().catch(() => null), scene.server.ended]);
  expect(signal).toBe('SIGKILL');
  expect(answer).toBeNull();
  await scene.again();
}

const members = ({ rounds }: WorkshopView) => rounds[0]?.groups.map((group) => group.members.length);
const states = ({ rounds }: WorkshopView) => rounds[0]?.groups.map(({ state }) => state);
const roundPath = ({ made }: Scene) => `/rounds/${made.currentRoundId}`;
/** Puts the member in the first group. */
const assign = (scene: Scene) =>
  scene.ask('PATCH', roundPath(scene), {
    groups: scene.groups.map((id, i) => ({ id, name: `Bord ${i + 1}`, members: i === 0 ? [scene.memberId] : [] })),
  });
const clock = (scene: Scene, deed: string) => scene.ask('POST', `${roundPath(scene)}/clock`, { do: deed });

describe('killed', () => {
  it.each(MOMENTS)(
    'while people are put into groups, at "%s", %s: done is %s',
    async (...moment) => {
      const scene = await setScene();
      await killed(scene, moment, () => assign(scene));
      expect(members(await scene.ask('GET'))).toEqual(moment[2] ? [1, 0] : [0, 0]);
      expect(await doors(scene)).toEqual(moment[2] ? ['read', 'none'] : ['none', 'none']);
    },
    60_000,
  );

  it.each(AT_THE_END)(
    'while somebody is moved, at "%s", %s: done is %s',
    async (...moment) => {
      const scene = await setScene();
      await assign(scene);
      await clock(scene, 'start');
      expect(await doors(scene)).toEqual(['write', 'none']);
      await killed(scene, moment, () =>
        scene.ask('POST', `${roundPath(scene)}/place`, { personId: scene.memberId, groupId: scene.groups[1] }),
      );
      expect(members(await scene.ask('GET'))).toEqual(moment[2] ? [0, 1] : [1, 0]);
      expect(await doors(scene)).toEqual(moment[2] ? ['none', 'write'] : ['write', 'none']);
    },
    60_000,
  );

  it.each(AT_THE_END)(
    'while a round is closed, at "%s", %s: done is %s',
    async (...moment) => {
      const scene = await setScene();
      await assign(scene);
      await clock(scene, 'start');
      await killed(scene, moment, () => clock(scene, 'close'));
      expect(states(await scene.ask('GET'))).toEqual(Array(2).fill(moment[2] ? 'closed' : 'open'));
      expect(await doors(scene)).toEqual([moment[2] ? 'read' : 'write', 'none']);
    },
    60_000,
  );
});
