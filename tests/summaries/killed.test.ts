/**
 * Why this file exists: F03: the process is killed, or its disk fails, in the middle of making a summary final. After the
 * restart it is wholly final, with its revision and hash, or wholly open, and then people go on writing.
 */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import type { RevisionContent, SummaryView } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type FaultyProcess, startAgainAndAgain } from '../support/faulty-process.ts';
import { type DocClient, openDoc } from '../support/light-client.ts';
import { ask, call, type SignedIn } from '../support/people.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Scene {
  server: FaultyProcess;
  chair: SignedIn;
  /** Address of the item. */
  item: string;
  promptId: string;
  room: string;
  /** In the summary's room, with a text that is saved. */
  writer: DocClient;
  again(): Promise<FaultyProcess>;
}

function append({ writer, promptId }: Pick<Scene, 'writer' | 'promptId'>, text: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  writer.doc.getXmlFragment(promptId).push([paragraph]);
}

async function setScene(): Promise<Scene> {
  const { server, again, end } = await startAgainAndAgain({ people: 2 });
  cleanups.push(end);
  const { meetingId, people } = server.house;
  const chair = server.people[0]!;
  await ask(chair, 'PATCH', `/api/meetings/${meetingId}/participants/${people[0]}`, {
    roles: ['facilitator', 'chair'],
  });
  const agenda = openDoc(chair, `agenda:${meetingId}`);
  await agenda.synced();
  const itemId = newId();
  addItem(agenda.doc, { id: itemId, title: 'Hur arbetar vi nära?', kind: 'dialogue' });
  await agenda.settled();
  agenda.destroy();
  const item = `/api/meetings/${meetingId}/items/${itemId}`;
  const workshop = await ask<WorkshopView>(chair, 'POST', `${item}/workshop`, { prompts: [{ heading: 'Vad nu?' }] });
  const promptId = workshop.prompts[0]?.id ?? '';
  const room = `summary:${meetingId}:${itemId}`;
  const writer = openDoc(chair, room);
  cleanups.push(() => writer.destroy());
  await writer.synced();
  const scene = { server, chair, item, promptId, room, writer, again };
  append(scene, 'Det som är sparat.');
  await writer.settled();
  return scene;
}

const finalise = ({ chair, item }: Scene): Promise<Response> =>
  call(chair, 'POST', `${item}/summary/finalise`, { revision: 0, stateVector: 'AA==' });

async function expectFinal(scene: Scene): Promise<void> {
  const kept = await ask<RevisionContent>(scene.chair, 'GET', `${scene.item}/summary/revisions/1`);
  expect(kept.text).toContain('Det som är sparat.');
  expect(createHash('sha256').update(JSON.stringify(kept.document)).digest('hex')).toBe(kept.revision.sha256);
  const reader = openDoc(scene.chair, scene.room);
  cleanups.push(() => reader.destroy());
  await reader.synced();
  expect(reader.access()).toBe('read');
}

async function expectOpen(scene: Scene): Promise<void> {
  const view = await ask<SummaryView>(scene.chair, 'GET', `${scene.item}/summary`);
  expect(view.revisions).toEqual([]);
  await scene.writer.synced();
  append(scene, 'Och det som kom sedan.');
  await scene.writer.settled();
  expect((await finalise(scene)).status).toBe(200);
  const kept = await ask<RevisionContent>(scene.chair, 'GET', `${scene.item}/summary/revisions/1`);
  expect(kept.text).toContain('Det som är sparat.\nOch det som kom sedan.');
}

describe('F03 while a summary becomes final', () => {
  const MOMENTS = [
    ['update "workshop"', 'kill-before', 'open'],
    ['update "workshop"', 'kill-after', 'open'],
    ['insert into "summary_revision"', 'kill-before', 'open'],
    ['insert into "summary_revision"', 'kill-after', 'open'],
    ['insert into "summary_event"', 'kill-after', 'open'],
    ['commit', 'kill-before', 'open'],
    ['commit', 'kill-after', 'final'],
  ] as const;
  it.each(MOMENTS)(
    'at "%s", %s: it is %s',
    async (match, effect, outcome) => {
      const scene = await setScene();
      await scene.server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
      const [answer, { signal }] = await Promise.all([finalise(scene).catch(() => null), scene.server.ended]);
      expect(signal).toBe('SIGKILL');
      expect(answer).toBeNull();
      await scene.again();
      const { summary } = await ask<WorkshopView>(scene.chair, 'GET', `${scene.item}/workshop`);
      expect(summary).toMatchObject(
        outcome === 'final' ? { status: 'final', revision: 1 } : { status: 'open', revision: 0 },
      );
      await (outcome === 'final' ? expectFinal(scene) : expectOpen(scene));
    },
    60_000,
  );

  it.each(['insert into "summary_revision"', 'commit'])(
    'a disk that is full at "%s" leaves it open, and says so',
    async (match) => {
      const scene = await setScene();
      await scene.server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect: 'full', times: 1 } });
      const answer = await finalise(scene);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: 'storage' } });
      await expectOpen(scene);
    },
    60_000,
  );
});
