/**
 * Why this file exists: F03: the process is killed, or its disk fails, in the middle of sealing. After the restart the
 * protocol is wholly sealed, with its hash and a verified meeting, or wholly open, and then people go on.
 */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import type { Sealed, SignOffView } from '#shared/signoff/api.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { openDoc } from '../support/light-client.ts';
import { call, type SignedIn } from '../support/people.ts';
import { freePort, temporaryFolder } from '../support/server-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function json<T>(person: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await call(person, method, path, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function setScene() {
  const folder = temporaryFolder();
  cleanups.push(() => folder.remove());
  const options = { dataDir: folder.path, port: await freePort(), people: 2, journalHere: false };
  const start = async (): Promise<FaultyProcess> => {
    const server = await startFaulty(options);
    cleanups.push(() => server.end());
    return server;
  };
  const server = await start();
  const { meetingId, people } = server.house;
  const [chair] = server.people;
  if (!chair) throw new Error('nobody is there');
  const meeting = `/api/meetings/${meetingId}`;
  await json(chair, 'PATCH', `${meeting}/participants/${people[0]}`, { roles: ['facilitator', 'chair'] });
  const agenda = openDoc(chair, `agenda:${meetingId}`);
  await agenda.synced();
  addItem(agenda.doc, { id: newId(), title: 'Läget', kind: 'information' });
  await agenda.settled();
  agenda.destroy();
  const phaseNow = async () => json<{ phase: string; version: number }>(chair, 'GET', meeting);
  for (const phase of ['ongoing', 'verification']) {
    const now = await phaseNow();
    if (now.phase === phase || (now.phase === 'verification' && phase === 'ongoing')) continue;
    await json(chair, 'POST', `${meeting}/phase`, { phase, version: now.version });
  }
  const minutes = `${meeting}/minutes`;
  const view = () => json<SignOffView>(chair, 'GET', `${minutes}/sign-off`);
  const { parts } = await view();
  await json(chair, 'POST', `${minutes}/sign-off`, {
    do: 'approve',
    parts: parts.map(({ id, hash }) => ({ id, hash })),
  });
  const { hash, left } = await view();
  expect(left.parts).toEqual([]);
  const seal = () => call(chair, 'POST', `${minutes}/revisions`, { hash });
  return { server, chair, minutes, view, seal, phaseNow, again: start };
}
type Scene = Awaited<ReturnType<typeof setScene>>;

async function expectSealed({ chair, minutes, view, phaseNow }: Scene): Promise<void> {
  const { revision, log } = await view();
  const { document } = await json<Sealed>(chair, 'GET', `${minutes}/revisions/1`);
  const hash = createHash('sha256').update(canonicalJson(document)).digest('hex');
  expect([revision?.sha256, log[0]?.detail]).toEqual([hash, hash]);
  expect((await phaseNow()).phase).toBe('verified');
}

async function expectOpen(scene: Scene): Promise<void> {
  const { revision, log } = await scene.view();
  expect(revision).toBeNull();
  expect(log.some(({ kind }) => kind === 'sealed')).toBe(false);
  expect((await scene.phaseNow()).phase).toBe('verification');
  expect((await scene.seal()).status).toBe(200);
  await expectSealed(scene);
}

describe('F03 while a protocol is sealed', () => {
  const MOMENTS = [
    ['insert into "minutes_revision"', 'kill-before', 'open'],
    ['insert into "minutes_revision"', 'kill-after', 'open'],
    ['update "meeting" set "phase"', 'kill-after', 'open'],
    ['insert into "minutes_event"', 'kill-after', 'open'],
    ['commit', 'kill-before', 'open'],
    ['commit', 'kill-after', 'sealed'],
  ] as const;
  it.each(MOMENTS)(
    'at "%s", %s: it is %s',
    async (match, effect, outcome) => {
      const scene = await setScene();
      await scene.server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
      const [answer, { signal }] = await Promise.all([scene.seal().catch(() => null), scene.server.ended]);
      expect([answer, signal]).toEqual([null, 'SIGKILL']);
      await scene.again();
      await (outcome === 'sealed' ? expectSealed(scene) : expectOpen(scene));
    },
    60_000,
  );

  it.each(['insert into "minutes_revision"', 'commit'])(
    'a disk that is full at "%s" leaves it open, and says so',
    async (match) => {
      const scene = await setScene();
      await scene.server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect: 'full', times: 1 } });
      expect((await scene.seal()).status).toBe(503);
      await expectOpen(scene);
    },
    60_000,
  );
});
