/**
 * The server is killed with SIGKILL at moments drawn by lot while people are put into groups, while the time runs out, while
 * people vote and the vote is closed, and while a summary that is being written becomes final. Each is afterwards wholly
 * done or wholly not: what is kept is looked at past the program while it is down, and through it when it is back; and
 * what somebody was answered is so. The exact statements are tests/workshops/killed.test.ts and
 * tests/summaries/killed.test.ts; this is whatever lies between them.
 * `RUNS=50` plays more, `SEED=123` one run of each again.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import type { RevisionContent } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { GRACE_MS } from '#shared/workshop/clock.ts';
import type { Vote } from '#shared/workshop/harvest-api.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { openDoc } from '../support/light-client.ts';
import { call, type SignedIn } from '../support/people.ts';
import { type Random, random, seeds } from '../support/random.ts';
import { freePort, temporaryFolder } from '../support/server-process.ts';

const RUNS = Number(process.env.RUNS ?? 2);
const used = seeds(RUNS);
const PEOPLE = 6;

const folder = temporaryFolder();
let options: Parameters<typeof startFaulty>[0];
let server: FaultyProcess;
let people: SignedIn[] = [];
let ids: string[] = [];
let meetingId = '';
let item = '';
let made: WorkshopView;
let groups: string[] = [];

async function ask<T>(as: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await call(as, method, item + path, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
const officer = (): SignedIn => people[0]!;
const workshop = (): Promise<WorkshopView> => ask(officer(), 'GET', '/workshop');
const round = () => `/workshop/rounds/${made.currentRoundId}`;

/** What is kept, read past the program. */
function kept<T>(use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(folder.path, 'radslag.sqlite'));
  try {
    return use(db);
  } finally {
    db.close();
  }
}
const rows = (query: string) => kept((db) => db.prepare(query).all()) as Record<string, string | number | null>[];
const keptWorkshop = (): Workshop => JSON.parse(String(rows('select data from workshop')[0]?.data)) as Workshop;

/** Groups as the workshop has them, and as the doors of their rooms do. */
function arrangements(): { told: Record<string, unknown>; doors: Record<string, unknown> } {
  const told = keptWorkshop().rounds[0]?.groups.map(({ id, state, members }) => [id, [state, ...[...members].sort()]]);
  const states = rows('select id, state from breakout_group');
  const members = rows('select group_id, person_id from group_member order by person_id');
  const doors = states.map(({ id, state }) => [
    id,
    [state, ...members.filter((row) => row.group_id === id).map((row) => row.person_id)],
  ]);
  return { told: Object.fromEntries(told ?? []), doors: Object.fromEntries(doors) };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Does something and kills the server on the way; whether it was answered, with the server down. */
async function killedDuring(lots: Random, deeds: readonly (() => Promise<unknown>)[], within = 14): Promise<boolean[]> {
  const answered = deeds.map((deed) =>
    deed().then(
      () => true,
      () => false,
    ),
  );
  // What comes before a request is at work at all is of no interest.
  await pause(lots.int(1, within));
  await server.end('SIGKILL');
  return Promise.all(answered);
}

async function again(): Promise<void> {
  server = await startFaulty(options);
}

beforeAll(async () => {
  options = { dataDir: folder.path, port: await freePort(), people: PEOPLE };
  await again();
  people = server.people;
  ids = server.house.people;
  meetingId = server.house.meetingId;
  const at = `/api/meetings/${meetingId}/participants`;
  await call(officer(), 'PATCH', `${at}/${ids[0]}`, { roles: ['facilitator', 'chair'] });
  for (const id of ids.slice(1)) await call(officer(), 'PATCH', `${at}/${id}`, { roles: ['member'] });
  const agenda = openDoc(officer(), `agenda:${meetingId}`);
  await agenda.synced();
  const itemId = newId();
  addItem(agenda.doc, { id: itemId, title: 'Hur arbetar vi nära?', kind: 'dialogue' });
  await agenda.settled();
  agenda.destroy();
  item = `/api/meetings/${meetingId}/items/${itemId}`;
  made = await ask(officer(), 'POST', '/workshop', { prompts: [{ heading: 'Vad nu?' }], groups: 3, minutes: 60 });
  groups = made.rounds[0]?.groups.map(({ id }) => id) ?? [];
  await ask(officer(), 'POST', `${round()}/clock`, { do: 'start' });
}, 60_000);

afterAll(async () => {
  await server?.end();
  folder.remove();
});

/** Everybody in a group, as the lots have it. */
function drawn(lots: Random): { id: string; name: string; members: string[] }[] {
  const drafts = groups.map((id, n) => ({ id, name: `Bord ${n + 1}`, members: [] as string[] }));
  for (const id of ids) drafts[lots.int(0, drafts.length - 1)]?.members.push(id);
  return drafts;
}
const membersOf = (drafts: readonly { id: string; members: readonly string[] }[]) =>
  Object.fromEntries(drafts.map(({ id, members }) => [id, [...members].sort()]));

describe(`SIGKILL during a workshop (seeds ${used.join(' ')})`, () => {
  it.each(used)('while a whole round is put into groups: seed %i', async (seed) => {
    const lots = random(seed);
    const before = drawn(lots);
    await ask(officer(), 'PATCH', round(), { groups: before });
    const after = drawn(lots);
    const [answered] = await killedDuring(lots, [() => ask(officer(), 'PATCH', round(), { groups: after })]);
    const { told, doors } = arrangements();
    expect(doors).toEqual(told);
    const now = membersOf(keptWorkshop().rounds[0]?.groups ?? []);
    expect([membersOf(before), membersOf(after)]).toContainEqual(now);
    if (answered) expect(now).toEqual(membersOf(after));
    await again();
    expect(membersOf((await workshop()).rounds[0]?.groups ?? [])).toEqual(now);
  });

  it.each(used)('while people vote: seed %i', async (seed) => {
    const lots = random(seed);
    const choices = [newId(), newId()].map((id, n) => ({ id, label: `Förslag ${n}` }));
    const { votes } = await ask<{ votes: [Vote] }>(officer(), 'POST', '/votes', {
      title: 'Viktigast',
      dots: 3,
      choices,
    });
    const ballot = (n: number) => ({ dots: { [choices[n]?.id ?? '']: 3 } });
    const cast = (who: SignedIn, n: number) => ask(who, 'PUT', `/votes/${votes[0].id}/ballot`, ballot(n));
    for (const who of people) await cast(who, 0);
    const answered = await killedDuring(
      lots,
      people.map((who) => () => cast(who, 1)),
      40,
    );
    await again();
    for (const [n, who] of people.entries()) {
      const [seen] = (await ask<{ votes: [Vote] }>(who, 'GET', '/votes')).votes;
      expect([ballot(0).dots, ballot(1).dots]).toContainEqual(seen.mine);
      if (answered[n]) expect(seen.mine).toEqual(ballot(1).dots);
      expect(seen.voted).toBe(people.length);
    }
    await ask(officer(), 'POST', `/votes/${votes[0].id}/close`);
  });

  it.each(used)('while a vote is closed: seed %i', async (seed) => {
    const lots = random(seed);
    const choices = [{ id: newId(), label: 'Bussen' }];
    const { votes } = await ask<{ votes: [Vote] }>(officer(), 'POST', '/votes', {
      title: 'Viktigast',
      dots: 3,
      choices,
    });
    const { id } = votes[0];
    for (const who of people) await ask(who, 'PUT', `/votes/${id}/ballot`, { dots: { [choices[0]?.id ?? '']: 2 } });
    const [answered] = await killedDuring(lots, [() => ask(officer(), 'POST', `/votes/${id}/close`)]);
    const [row] = rows(`select closed_at, secret, results, voted from vote where id = '${id}'`);
    const ballots = rows(`select voter from ballot where vote_id = '${id}'`).length;
    const closed = row?.closed_at !== null;
    // Open with its ballots and its secret, or closed with the counts and neither.
    expect([ballots, row?.secret === null, row?.results === null, row?.voted]).toEqual(
      closed ? [0, true, false, people.length] : [people.length, false, true, null],
    );
    if (answered) expect(closed).toBe(true);
    await again();
    if (!closed) await ask(officer(), 'POST', `/votes/${id}/close`);
    const [seen] = (await ask<{ votes: [Vote] }>(officer(), 'GET', '/votes')).votes;
    expect(seen).toMatchObject({ id, state: 'closed', voted: people.length });
    expect(Object.values(seen.results ?? {})).toEqual([2 * people.length]);
  });

  it.each(used)('F03 while a summary that is being written becomes final: seed %i', async (seed) => {
    const lots = random(seed);
    const promptId = made.prompts[0]?.id ?? '';
    const room = item.replace('/api/meetings/', 'summary:').replace('/items/', ':');
    const writer = openDoc(officer(), room);
    try {
      await writer.synced();
      const words: string[] = [];
      const type = (): void => {
        const word = `s${seed}w${words.length}e`;
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText(word)]);
        writer.doc.getXmlFragment(promptId).push([paragraph]);
        words.push(word);
      };
      type();
      await writer.settled();
      const { revision } = (await workshop()).summary;
      // What they say is final was saved before; they type on meanwhile.
      const said = { revision, stateVector: Buffer.from(Y.encodeStateVector(writer.doc)).toString('base64') };
      const typing = setInterval(type, 2);
      const [answered] = await killedDuring(lots, [() => ask(officer(), 'POST', '/summary/finalise', said)], 25);
      clearInterval(typing);
      const saved = words.slice(0, writer.saved());
      const final = keptWorkshop().summary;
      const stored = rows('select n from summary_revision order by n').map(({ n }) => n);
      expect(stored).toEqual(Array.from({ length: final.revision }, (_, n) => n + 1));
      expect([final.status, final.revision]).toEqual(
        final.status === 'final' ? ['final', revision + 1] : ['open', revision],
      );
      if (answered) expect(final.status).toBe('final');
      await again();
      if (final.status === 'final') {
        const content = await ask<RevisionContent>(officer(), 'GET', `/summary/revisions/${final.revision}`);
        expect(createHash('sha256').update(JSON.stringify(content.document)).digest('hex')).toBe(
          content.revision.sha256,
        );
        for (const word of saved) expect(content.text).toContain(word);
        // And not one word that came later, however the writer's page comes back with it.
        await writer.synced();
        const reader = openDoc(officer(), room);
        await reader.synced();
        expect(reader.access()).toBe('read');
        const inRoom = reader.doc
          .getXmlFragment(promptId)
          .toString()
          .match(new RegExp(`s${seed}w\\d+e`, 'g'));
        expect(inRoom).toEqual(content.text.match(new RegExp(`s${seed}w\\d+e`, 'g')));
        reader.destroy();
        await ask(officer(), 'POST', '/summary/reopen', { revision: final.revision, reason: 'Nästa omgång' });
      } else {
        // Open: everything that was typed comes back from the writer.
        await writer.settled();
        const reader = openDoc(officer(), room);
        await reader.synced();
        for (const word of words) expect(reader.doc.getXmlFragment(promptId).toString()).toContain(word);
        reader.destroy();
      }
    } finally {
      writer.destroy();
    }
  });

  it.each(used)('while the time runs out, and while nobody is there to see it: seed %i', async (seed) => {
    const lots = random(seed);
    /** Sets the moment at which the groups close, straight in the data of a server that is down. */
    const closesAt = (at: number): void => {
      const now = keptWorkshop();
      const changed: Workshop = {
        ...now,
        rounds: now.rounds.map((one) => ({
          ...one,
          endsAt: at - GRACE_MS,
          groups: one.groups.map((group) => ({ ...group, state: 'open' as const, extraMs: 0 })),
        })),
      };
      kept((db) => {
        db.prepare('update workshop set data = ?').run(JSON.stringify(changed));
        db.prepare("update breakout_group set state = 'open'").run();
      });
    };
    const states = (view: Pick<Workshop, 'rounds'>) => new Set(view.rounds[0]?.groups.map(({ state }) => state));
    await server.end('SIGKILL');
    closesAt(Date.now() + 60_000);
    await again();
    await server.end('SIGKILL');
    // It is due shortly after the start, and the server dies about then.
    const due = Date.now() + Math.round(server.startedIn) + 120;
    closesAt(due);
    await again();
    await pause(Math.max(0, due - Date.now() + lots.int(-5, 25)));
    await server.end('SIGKILL');
    const { told, doors } = arrangements();
    expect(doors).toEqual(told);
    // All of the groups together, never some of them.
    expect(states(keptWorkshop()).size).toBe(1);
    // However it died: who is let in afterwards finds it done.
    if (Date.now() < due) await pause(due - Date.now());
    await again();
    expect(states(await workshop())).toEqual(new Set(['closed']));
    const late = openDoc(people[1]!, `group:${meetingId}:${groups[0]}`);
    const shut = new Promise<string>((resolve) =>
      late.provider.on('closed' as never, (() => resolve('none')) as never),
    );
    expect(await Promise.race([late.synced().then(() => late.access()), shut])).not.toBe('write');
    late.destroy();
    await ask(officer(), 'POST', `${round()}/clock`, { do: 'reopen' });
  });
});
